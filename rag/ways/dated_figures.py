"""The figures that documents of different days give for one thing, each with its day and its sentence.

A sentence counts only where it holds every word of what is asked and one figure alone, of one unit and noun with the
others, and where all documents are of one matter. Two figures of one day contradict each other, and then there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.operands import Operand
from rag.answering.quote import quote_of
from rag.asking.question import Question
from rag.evidence.weighed import Weighed
from rag.language.figures import Figure, figures
from rag.language.windows import Timed, of_iso, times
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Sentence
from rag.ways.ask import Ask
from rag.ways.said import of_one_matter, said_by
from rag.ways.telling import day_told
from rag.ways.told_on import day_of

_COUNTING = content_stems("number numbers count total figure amount many there")


@dataclass(frozen=True)
class Dated:
    """A figure and its day in ISO 8601; `in_words` as it is told."""

    weighed: Weighed
    figure: Figure
    day: str
    in_words: str

    def operand(self, ask: Ask) -> Operand:
        """The figure as a part of a sum."""
        quote = quote_of(self.weighed, (self.weighed.sentence,), ask.index)
        return Operand(self.figure.value, self.figure.written, self.figure.unit, self.in_words, quote)


def dated_figures(ask: Ask, what: str, question: Question, weighed: Sequence[Weighed]) -> tuple[Dated, ...]:
    """The figures of a thing in the order of their days; empty where two of them can't be of one thing.

    Args:
        ask: the question.
        what: the thing as it is asked for: "number of members", "annual rent".
        question: the question after it.
        weighed: the candidates, best first.
    """
    wanted = content_stems(what) - _COUNTING
    found: dict[str, Dated] = {}
    for w in weighed:
        one = _dated(ask, wanted, w)
        if one is None or found and not _of_one_kind(ask, question, next(iter(found.values())), one):
            continue
        before = found.setdefault(one.day, one)
        if before.figure.value != one.figure.value:
            return ()
    return tuple(found[day] for day in sorted(found))


def _dated(ask: Ask, wanted: frozenset[str], w: Weighed) -> Dated | None:
    text, unit = w.sentence.text, w.unit
    if not wanted or not wanted <= content_stems(text) or unit and unit.kind in (Kind.ROW, Kind.HEAD, Kind.HEADING):
        return None
    told = [f for f in figures(text) if not f.is_year]
    day = _day(ask, w.sentence)
    return Dated(w, told[0], *day) if len(told) == 1 and day else None


def _day(ask: Ask, sentence: Sentence) -> tuple[str, str] | None:
    """When the figure is so: at the one time that the sentence names, else on the day of its entry or document."""
    day = day_of(sentence, ask.index)
    named = [t for t in times(sentence.text, day.date or None) if not t.relative]
    if not named:
        return (day.date, day.in_words) if of_iso(day.date) else None
    return _begins(named[0], day.in_words) if len(named) == 1 else None


def _begins(time: Timed, written: str) -> tuple[str, str] | None:
    """The day of a time; "from January" is told by the day when it was written."""
    if len(time.windows) != 1 or time.windows[0].first is None:
        return None
    first, last = time.windows[0].first, time.windows[0].last
    iso = first.isoformat()
    if last is None:
        return (iso, written) if written else None
    if last != first:
        iso = iso[:4] if (last - first).days > 31 else iso[:7]
    return iso, day_told(iso)


def _of_one_kind(ask: Ask, question: Question, a: Dated, b: Dated) -> bool:
    if a.figure.unit != b.figure.unit:
        return False
    if not a.figure.unit and a.figure.nouns[:1] != b.figure.nouns[:1]:
        return False
    if a.weighed.sentence.source == b.weighed.sentence.source:
        return True
    one, other = (said_by(question, x.weighed, ask.index) for x in (a, b))
    return of_one_matter(question, one, other, ask.index)
