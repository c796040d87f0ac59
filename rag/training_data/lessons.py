"""Lessons made of question sets: a prompt as the pipeline writes it, and what a careful person would answer.

The sentences of a lesson are what retrieval would bring up: the evidence among sentences of its own passage, or of
others that were retrieved for the question, which share its words. Every answer is the shortest piece of the evidence
that may be shown as a draft (`rag.answering.verify`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.protocols import Message
from models.training.examples import Example
from rag.answering.prompts import NOT_STATED, learnt_prompt, pointed
from rag.answering.verify import Source, unfit
from rag.asking.question import Form
from rag.asking.understand import understand
from rag.language.clauses import pieces, text_of
from rag.language.words import content_stems
from rag.text.sentences import split
from rag.types import Stance

_STANCES: Mapping[str, Stance] = {"span": "stated", "yes": "stated", "no": "denied", "undecided": "undecided"}
_OPENINGS: Mapping[Stance, str] = {"stated": "Yes", "denied": "No", "undecided": "Undecided"}
_COUNTS = (1, 1, 1, 2, 2, 2, 3, 3, 4)  # sentences of a lesson, as often as they stand here
_LONGEST = 45  # words of an answer
_COPIED = 25  # of a sentence that may be repeated as it stands: longer ones would teach copying
_TOLD = 0.4  # of a yes/no question's words, that its reason holds
_ANSWERED = 0.3  # of an open question's words, that its evidence holds
_UNKNOWN = 0.1  # of the lessons don't say which words answer
_MOST = 0.6  # of the words that question and evidence share


Way = Literal["shortened", "copied"]


@dataclass(frozen=True)
class Lesson:
    """A conversation and how it should go on."""

    messages: tuple[Message, ...]
    completion: str
    group: str  # lessons of one group stay on one side of a split
    kind: str  # where it comes from


def lessons(examples: Sequence[Example], near: Mapping[str, Sequence[str]], seed: int) -> Iterator[Lesson]:
    """A lesson for every question that allows one.

    Args:
        examples: questions with passages; claims are passed over.
        near: by question, passages that retrieval brought up and that don't answer it.
        seed: of what is drawn.
    """
    draw = random.Random(seed)
    for example in examples:
        if example.task != "question":
            continue
        passage = [_line(example.passage[s.start : s.end]) for s in split(example.passage)]
        others = [_line(t[s.start : s.end]) for t in near.get(example.text, ()) for s in split(t)]
        lesson = _absent(example, passage, others, draw) if example.label == "absent" else _told(example, others, draw)
        if lesson:
            yield lesson


def _line(sentence: str) -> str:
    """A sentence as the LLM reads it."""
    return text_of(sentence, found[0]) if (found := pieces(sentence)) else " ".join(sentence.split())


def _told(example: Example, others: Sequence[str], draw: random.Random) -> Lesson | None:
    cut = split(example.passage)
    texts = [_line(example.passage[s.start : s.end]) for s in cut]
    start, end = example.spans[0]
    touched = [n for n, s in enumerate(cut) if s.start < end and start < s.end]
    if not touched or len(touched) > 1 and not example.answer:
        return None
    said = content_stems(f"{example.text} {example.answer}")
    place = max(touched, key=lambda n: len(said & content_stems(texts[n])))
    evidence = texts[place]
    at = evidence.find(example.passage[start:end])
    told = _answer(example, evidence, example.passage[start:end] if at >= 0 else "")
    if told is None:
        return None
    text, way = told
    beside = texts[max(0, place - 1) : place] + texts[place + 1 : place + 2]
    own = [t for n, t in enumerate(texts) if n != place] if draw.random() < 0.6 else beside
    shown = _placed([*_company(example.text, own, others, draw), evidence], texts, draw)
    known = example.label == "span" and not example.answer and at >= 0 and draw.random() >= _UNKNOWN
    answer = example.passage[start:end] if known else ""
    messages = learnt_prompt(example.text, shown, answer)
    kind = f"{example.origin} {way if example.label == 'span' else example.label}"
    return Lesson(tuple(messages), pointed(text, [shown.index(evidence)]), example.group, kind)


def _answer(example: Example, evidence: str, answer: str) -> tuple[str, Way] | None:
    """The shortest piece of the evidence that may be shown."""
    asked, stance, open_ = understand(example.text), _STANCES[example.label], example.label == "span"
    if (asked.form is Form.POLAR) == open_:
        return None
    shared = asked.stems & content_stems(evidence)
    if len(shared) < max(1 if open_ else 2, (_ANSWERED if open_ else _TOLD) * len(asked.stems)):
        return None  # an answer that has to be inferred, over more than one step
    source = Source(evidence, "" if open_ else _OPENINGS[stance], answer if open_ and not example.answer else "")
    ways = [text_of(evidence, kept) for kept in pieces(evidence) if not unfit(kept, asked, source)]
    text = min(ways, key=len, default="")
    way: Way = "copied" if len(text.split()) >= len(evidence.split()) else "shortened"
    if not text or len(text.split()) > (_COPIED if way == "copied" else _LONGEST):
        return None
    return (text if open_ else f"{_OPENINGS[stance]}: {text}"), way


def _absent(example: Example, passage: Sequence[str], others: Sequence[str], draw: random.Random) -> Lesson | None:
    shown = _company(example.text, passage, others, draw, least=1)
    if not shown:
        return None
    draw.shuffle(shown)
    messages = learnt_prompt(example.text, shown)
    return Lesson(tuple(messages), NOT_STATED, example.group, f"{example.origin} absent")


def _company(
    question: str, own: Sequence[str], others: Sequence[str], draw: random.Random, least: int = 0
) -> list[str]:
    """Sentences that retrieval would bring up beside the evidence: of its passage or of others, likest first."""
    asked = content_stems(question)
    count = max(least, draw.choice(_COUNTS) - (1 - least))
    pool = list(own) if not others or draw.random() < 0.6 else list(others)
    pool = [t for t in pool if 4 <= len(t.split()) <= 60]
    pool.sort(key=lambda t: -len(asked & content_stems(t)))
    return pool[:count]


def _placed(shown: list[str], texts: Sequence[str], draw: random.Random) -> list[str]:
    """In reading order, as a quote of several sentences is shown; else by chance."""
    if draw.random() < 0.5 and all(s in texts for s in shown):
        return sorted(shown, key=texts.index)
    draw.shuffle(shown)
    return shown
