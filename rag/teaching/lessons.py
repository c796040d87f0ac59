"""Lessons made of question sets: a prompt as the pipeline writes it, and what a careful person would answer.

The sentences of a lesson are what retrieval would bring up: the evidence among sentences of its own passage, or of
others that were retrieved for the question, which share its words. Every answer has passed the very checks that a
draft has to pass later (`rag.verify`), the reader's included.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.protocols import EvidenceModel, Message
from models.training.examples import Example
from rag.draft import standing
from rag.language.words import content_stems, content_words
from rag.prompts import NOT_STATED, learnt_prompt, pointed
from rag.question import Form
from rag.teaching.declare import declare, lowered
from rag.teaching.shorten import shorten
from rag.text.sentences import split
from rag.types import Span, Stance
from rag.understand import understand
from rag.verify import Source, verify

_STANCES: Mapping[str, Stance] = {"span": "stated", "yes": "stated", "no": "denied", "undecided": "undecided"}
_OPENINGS: Mapping[Stance, str] = {"stated": "Yes,", "denied": "No,", "undecided": "Undecided:"}
_COUNTS = (1, 1, 1, 2, 2, 2, 3, 3, 4)  # sentences of a lesson, as often as they stand here
_LONGEST = 45  # words of an answer
_COPIED = 25  # words of a sentence that may be repeated as it stands: longer ones would teach copying
_TOLD = 0.4  # of a yes/no question's words, that its reason holds
_ANSWERED = 0.3  # of an open question's words, that its evidence holds
_UNKNOWN = 0.1  # of the lessons don't say which words answer
_MOST = 0.6  # of the words that question and evidence share


Way = Literal["declared", "shortened", "copied"]


@dataclass(frozen=True)
class Lesson:
    """A conversation and how it should go on."""

    messages: tuple[Message, ...]
    completion: str
    group: str  # lessons of one group stay on one side of a split
    kind: str  # where it comes from


def lessons(
    examples: Sequence[Example], near: Mapping[str, Sequence[str]], reader: EvidenceModel, seed: int
) -> Iterator[Lesson]:
    """A lesson for every question that allows one.

    Args:
        examples: questions with passages; claims are passed over.
        near: by question, passages that retrieval brought up and that don't answer it.
        reader: checks the answers.
        seed: of what is drawn.
    """
    draw = random.Random(seed)
    for example in examples:
        if example.task != "question":
            continue
        passage = [standing(example.passage[s.start : s.end]) for s in split(example.passage)]
        others = [standing(t[s.start : s.end]) for t in near.get(example.text, ()) for s in split(t)]
        lesson = (
            _absent(example, passage, others, draw)
            if example.label == "absent"
            else _told(example, others, reader, draw)
        )
        if lesson:
            yield lesson


def _told(example: Example, others: Sequence[str], reader: EvidenceModel, draw: random.Random) -> Lesson | None:
    cut = split(example.passage)
    texts = [standing(example.passage[s.start : s.end]) for s in cut]
    start, end = example.spans[0]
    touched = [n for n, s in enumerate(cut) if s.start < end and start < s.end]
    if not touched or len(touched) > 1 and not example.answer:
        return None
    said = content_stems(f"{example.text} {example.answer}")
    place = max(touched, key=lambda n: len(said & content_stems(texts[n])))
    evidence = texts[place]
    around = frozenset(s for t in texts[max(0, place - 1) : place + 2] for s in content_stems(t))
    around |= content_stems(example.group.split(":", 1)[1].replace("_", " "))
    at = evidence.find(example.passage[start:end])
    told = _answer(example, evidence, Span(max(0, at), at + end - start if at >= 0 else len(evidence)), around, reader)
    if told is None:
        return None
    text, way = told
    beside = texts[max(0, place - 1) : place] + texts[place + 1 : place + 2]
    own = [t for n, t in enumerate(texts) if n != place] if draw.random() < 0.6 else beside
    shown = _placed([*_company(example.text, own, others, draw), evidence], texts, draw)
    known = example.label == "span" and not example.answer and at >= 0 and draw.random() >= _UNKNOWN
    answer = example.passage[start:end] if known else ""
    messages = learnt_prompt(example.text, shown, answer, restated=way == "declared")
    kind = f"{example.origin} {way if example.label == 'span' else example.label}"
    return Lesson(tuple(messages), pointed(text, [shown.index(evidence)]), example.group, kind)


def _answer(
    example: Example, evidence: str, span: Span, around: frozenset[str], reader: EvidenceModel
) -> tuple[str, Way] | None:
    """The first way to say it that passes every check: the question made a statement, or the sentence shortened."""
    asked, stance, open_ = understand(example.text), _STANCES[example.label], example.label == "span"
    if (asked.form is Form.POLAR) == open_:
        return None
    shared = asked.stems & content_stems(evidence)
    if len(shared) < max(1 if open_ else 2, (_ANSWERED if open_ else _TOLD) * len(asked.stems)):
        return None  # an answer that has to be inferred, over more than one step
    ways: list[tuple[str, Way]] = []
    if open_:
        statement = _declared(example, evidence, span)
        if statement and not _lost_capitals(statement, example.passage):
            ways.append((statement, "declared"))
        ways += [(text, _way(text, evidence)) for text in _shortened(example, evidence, span)]
    else:
        text = shorten(evidence, _shared(example.text, evidence))
        ways.append((f"{_OPENINGS[stance]} {lowered(text)}", _way(text, evidence)))
    source = Source((evidence,), around, stance, _OPENINGS[stance] if asked.form is Form.POLAR else "")
    for text, way in ways:
        longest = _COPIED if way == "copied" else _LONGEST
        if len(text.split()) <= longest and not verify(text, asked, source, reader):
            return text, way
    return None


def _declared(example: Example, evidence: str, span: Span) -> str | None:
    """The question made a statement with the words of the evidence, or of a person who was asked."""
    if not example.text.rstrip().endswith("?"):
        return None  # what is typed into a search box has no order of words to go by
    if example.answer:
        return declare(example.text, example.answer, 0, len(example.answer))
    return declare(example.text, evidence, span.start, span.end)


def _way(text: str, evidence: str) -> Way:
    return "copied" if len(text.split()) >= len(evidence.split()) else "shortened"


def _shortened(example: Example, evidence: str, span: Span) -> list[str]:
    """The sentence cut down to its answer if that still says most of what the question speaks of, and cut less."""
    if example.answer:
        return [shorten(evidence, _shared(f"{example.text} {example.answer}", evidence))]
    more = shorten(evidence, span)
    said, wanted = content_stems(more), content_stems(example.text) & content_stems(evidence)
    less = shorten(evidence, _shared(example.text, evidence, span))
    return [more, less] if len(said & wanted) >= _MOST * len(wanted) else [less]


def _shared(question: str, sentence: str, answer: Span | None = None) -> Span:
    """From the first to the last word that a sentence shares with a question, the answer included; else all of it."""
    asked = content_stems(question)
    places = [Span(w.start, w.end) for w in content_words(sentence) if w.stem in asked]
    places += [answer] if answer else []
    return Span(min(p.start for p in places), max(p.end for p in places)) if places else Span(0, len(sentence))


def _lost_capitals(text: str, passage: str) -> bool:
    """Whether a word in lower case is only ever written with a capital in the passage, or the other way round."""
    said = set(re.findall(r"\w+", passage))
    return any(w.islower() and w not in said and w.capitalize() in said for w in re.findall(r"\w+", text))


def _absent(example: Example, passage: Sequence[str], others: Sequence[str], draw: random.Random) -> Lesson | None:
    shown = _company(example.text, passage, others, draw, least=1)
    if not shown:
        return None
    draw.shuffle(shown)
    messages = learnt_prompt(example.text, shown, restated=draw.random() < 0.5)
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
