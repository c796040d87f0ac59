"""Compose an answer out of the articles' own words: which quotes, and what stands before them.

Nothing here is generated. A yes/no question begins with Yes or No by the stance of its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from rag.evidence.weigh import Weighed
from rag.question import Form, Question
from rag.types import Citation, Claim, Sentence, Stance

MAX_QUOTES = 3
MAX_WORDS = 60  # beyond the first quote, which is never cut
_CLOSE = 0.5  # a further quote must reach this share of the best one's support
MAX_ITEMS = 5  # quotes where several things are asked for
MAX_LIST_WORDS = 80
_CLOSE_ITEM = 0.4
_SAME = 85  # likeness of two reports, 0..100
_MARKER = re.compile(r"\[(?=\d+\])")
# Questions whether something is over and done with, known or made public.
_ASKS_DONE = re.compile(
    r"^(?:[^,]*,\s+)?(?:has|have|had)\b|\b(?:know|known|clear|certain|sure|decided|agreed|settled|set|made\s+up|disclosed?"
    r"|revealed?|public|confirmed|announced|fixed)\b",
    re.I,
)
_LEAD: dict[Stance, str] = {"stated": "Yes", "denied": "No", "undecided": "Undecided"}


@dataclass(frozen=True)
class Composition:
    """What an answer says and what it rests on."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


def choose(question: Question, weighed: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """The sentences worth quoting, best first: the best one, and others nearly as good that say something else."""
    chosen = list(weighed[:1])
    one, many = (MAX_QUOTES, MAX_WORDS, _CLOSE), (MAX_ITEMS, MAX_LIST_WORDS, _CLOSE_ITEM)
    most, words, close = many if question.plural else one
    budget = words - len(weighed[0].sentence.text.split()) if weighed else 0
    for other in weighed[1:]:
        cost = len(other.sentence.text.split())
        near = other.support >= close * chosen[0].support
        fits = len(chosen) < most and cost <= budget and near and not other.features.others_speak
        if fits and not any(_same(other, c) for c in chosen):
            chosen.append(other)
            budget -= cost
    return tuple(chosen)


def _same(a: Weighed, b: Weighed) -> bool:
    """Whether two sentences report one thing in nearly the same words."""
    return fuzz.token_set_ratio(a.sentence.text, b.sentence.text) >= _SAME


def cite(chosen: Sequence[Weighed]) -> tuple[Citation, ...]:
    """Numbered citations of whole sentences."""
    return tuple(
        Citation(n, w.sentence.source, w.title, w.sentence.text, w.sentence.start, w.sentence.end, round(w.support, 4))
        for n, w in enumerate(chosen, start=1)
    )


def quoted(question: Question, chosen: Sequence[Weighed]) -> Composition:
    """The answer made of quotes alone."""
    citations = cite(chosen)
    claims = []
    for weighed, citation in zip(chosen, citations, strict=True):
        stance = weighed.stance if question.form is not Form.OPEN else _plain(weighed)
        lead = f"{_lead(question, weighed.stance)}: " if question.form is Form.POLAR and citation.n == 1 else ""
        claims.append(Claim(f"{lead}{marked(citation.quote)} [{citation.n}]", (citation.n,), "quoted", stance))
    return Composition(" ".join(c.text for c in claims), tuple(claims), citations)


def _lead(question: Question, stance: Stance) -> str:
    """Yes, No, or that it is undecided. What is left open has not been done: "Has a date been set?" is answered No."""
    if stance == "undecided" and _ASKS_DONE.search(question.standalone):
        return "No, that is left open"
    return _LEAD[stance]


def summary(sentences: Sequence[Sentence], titles: Mapping[str, str | None]) -> Composition:
    """A summary made of quotes alone, in their order."""
    citations = tuple(
        Citation(n, s.source, titles[s.source], s.text, s.start, s.end, 1.0) for n, s in enumerate(sentences, start=1)
    )
    claims = tuple(Claim(f"{marked(c.quote)} [{c.n}]", (c.n,), "quoted", "stated") for c in citations)
    return Composition(" ".join(c.text for c in claims), claims, citations)


def _plain(weighed: Weighed) -> Stance:
    """For an open question a quote is an answer; only an openness that it declares is passed on."""
    return "undecided" if weighed.stance == "undecided" else "stated"


def marked(quote: str) -> str:
    """A quote in quotation marks, unless it holds marks of its own, with its brackets kept apart from citations."""
    safe = _MARKER.sub(r"\\[", quote)
    return safe if any(mark in quote for mark in '“”"') else f"“{safe}”"
