"""Whether a sentence belongs to a time that a question is limited to, and the passages that do.

By the times that it names itself, or its row or heading does, or else by the day of its entry or document. Where a
document of that time only names an older thing ("the bridge of 1912"), it is of that time all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from models.protocols import FloatArray
from rag.asking.question import Question
from rag.corpus.mentions import find, topic_term
from rag.evidence.reranking import PASSAGES, reranked
from rag.index.reader import Index
from rag.language.windows import Timed, Window, of_iso, times
from rag.text.blocks import Kind
from rag.types import Passage, Sentence
from rag.ways.ask import Ask, Fits, Within
from rag.ways.told_on import day_of

_WIDE = 32  # passages of everything, of which those are kept that belong to the time
_HOLDING = 24  # sentences with a topic of the question that are looked at besides


class Standing(StrEnum):
    """Where a sentence stands to a time."""

    IN = "in"
    BEFORE = "before"
    AFTER = "after"
    ELSEWHERE = "elsewhere"  # by what it says itself
    UNDATED = "undated"


@dataclass(frozen=True)
class Placed:
    """Where a sentence stands to a time; `own`: by a time that it names itself, or its row or heading."""

    standing: Standing
    own: bool


def placed(sentence: Sentence, window: Window, index: Index, *, strict: bool = False) -> Placed:
    """Where a sentence stands to a time.

    Args:
        sentence: one of the index.
        window: the time.
        index: the open generation.
        strict: of a document of another day only what tells when it was: not "put off to next year", "until June".
    """
    written = day_of(sentence, index).date
    own = _own(sentence, index, written)
    day = of_iso(written) if written else _titled(index.document(sentence.source).title)
    early = strict and day is not None and day.is_before(window)  # "until June" of May was said in May
    meant = (w for t in own if t.adverbial or not strict for w in t.windows if not (early and w.first is None))
    if any(window.meets(w) for w in meant):
        return Placed(Standing.IN, own=True)
    telling = [t for t in own if t.adverbial and not t.relative]
    if day is not None and window.meets(day):
        past = [t for t in telling if any(w.is_before(day) for w in t.windows)]  # what is to come is told of already
        told = past and len(past) == len(own)
        return Placed(Standing.ELSEWHERE if told else Standing.IN, own=bool(told))
    if telling:
        return Placed(Standing.ELSEWHERE, own=True)
    if day is None:
        return Placed(Standing.UNDATED, own=False)
    return Placed(Standing.BEFORE if day.is_before(window) else Standing.AFTER, own=False)


def told_of(sentence: Sentence, window: Window, index: Index) -> bool:
    """Whether the title or the sentence before it tells of a time, so that it may well be meant here, too."""
    document, whole = index.document(sentence.source), index.article_sentences(sentence.source)
    around = [document.title or "", *(s.text for s in whole[max(0, sentence.position - 1) : sentence.position])]
    found = (t for text in around for t in times(text, document.date))
    return any(window.meets(w) for t in found for w in t.windows)


def _own(sentence: Sentence, index: Index, written: str) -> tuple[Timed, ...]:
    """The times of a sentence; of a row those of its name and its columns, else those of its heading."""
    text, unit = index.document(sentence.source).text, index.article_units(sentence.source)[sentence.position]
    if unit.kind is Kind.ROW:
        spans = [*(c.name for c in unit.cells), unit.name, *(c.value for c in unit.cells[:1])]
        cells = [text[s.start : s.end] for s in spans if s]
        return tuple(replace(t, adverbial=True) for cell in cells for t in times(cell, written or None))
    found = times(sentence.text, written or None)
    if found or unit.section is None:
        return found
    return times(text[unit.section.start : unit.section.end], written or None)


def dated_in(window: Window, index: Index) -> frozenset[str]:
    """The documents whose own day belongs to a time, or the year that their title names."""
    days = ((a.source, of_iso(a.date) if a.date else _titled(a.title)) for a in index.articles())
    return frozenset(source for source, day in days if day and window.meets(day))


def undated(index: Index, scope: frozenset[str] | None) -> frozenset[str]:
    """The documents in scope that give no date, nor a year in their title."""
    silent = (a.source for a in index.articles() if not a.date and _titled(a.title) is None)
    return frozenset(source for source in silent if scope is None or source in scope)


def _titled(title: str | None) -> Window | None:
    """The one time that a title names: an "Annual review 2024" without a date is of that year."""
    named = {window for t in times(title or "", None) for window in t.windows if window.first and window.last}
    return named.pop() if len(named) == 1 else None


def passages_for(ask: Ask, query: FloatArray) -> tuple[Passage, ...]:
    """The passages that fit a question best, best first, without the sentences that may not answer it.

    Args:
        ask: the question, and what may answer it.
        query: its vector, shape (dimension,).
    """
    if ask.within is None:
        return reranked(ask.question.words, query, ask.index, ask.scope, ask.models.embedder)
    return _fitting(ask, query, ask.within)


def _fitting(ask: Ask, query: FloatArray, within: Within) -> tuple[Passage, ...]:
    question, index, scope, embedder = ask.question, ask.index, ask.scope, ask.models.embedder
    preferred, fits = within.sources, within.fits
    own = reranked(question.words, query, index, preferred, embedder, _WIDE) if preferred else ()
    passages = {p.chunk_id: p for p in (*own, *reranked(question.words, query, index, scope, embedder, _WIDE))}
    ranked = sorted(passages.values(), key=lambda p: -p.similarity)
    order = {p.chunk_id: n for n, p in enumerate(own)}
    ranked.sort(key=lambda p: order.get(p.chunk_id, len(order)))
    kept = [run for p in ranked for run in _runs(p, fits)]
    seen = {s.id for p in kept[:PASSAGES] for s in p.sentences}
    return (*kept[:PASSAGES], *_holding(question, index, scope, seen, fits))


def _runs(passage: Passage, fits: Fits) -> Iterator[Passage]:
    """The parts of a passage in which each sentence may answer."""
    for fit, run in groupby(passage.sentences, key=fits):
        if fit:
            yield replace(passage, sentences=tuple(run))


def _holding(
    question: Question, index: Index, scope: frozenset[str] | None, seen: Iterable[int], fits: Fits
) -> Sequence[Passage]:
    """Sentences that hold the question's first topic, wherever they stand, so that none of that time is missed."""
    held = set(seen)
    for topic in question.topics[:1]:
        hits = [h.sentence for h in find(topic_term(topic), index, scope) if h.sentence.id not in held]
        return [
            Passage(-1, s.source, index.document(s.source).title, (s,), 0.0, 0.0) for s in hits[:_HOLDING] if fits(s)
        ]
    return ()
