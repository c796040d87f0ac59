"""When a sentence says what it says: on its document's day, or on that of the dated entry that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed
from rag.text.blocks import Kind
from rag.text.entries import dated, entry_at
from rag.types import Sentence
from rag.ways.telling import day_told

_NONE = -1


@dataclass(frozen=True)
class Told:
    """A day: of a document, and of its entry with a number from 0 where it is made of entries.

    `date` is in ISO 8601, "" where it isn't known: entries that lack a year still follow one another. `said` is an
    entry's day as written.
    """

    source: str
    date: str
    entry: int = _NONE
    said: str = ""

    @property
    def in_words(self) -> str:
        """The day as it is told: "4 March 2024", or as an entry has it, "17 October, 06.10"."""
        return self.said or day_told(self.date)

    def is_after(self, other: Told) -> bool:
        """Whether it is surely later: "2025-03" and "2025-03-12" may be one day."""
        if self.source == other.source:
            return self.entry > other.entry >= 0
        shorter = min(len(self.date), len(other.date))
        return bool(shorter) and self.date[:shorter] > other.date[:shorter]


def told_on(w: Weighed, articles: Articles) -> Told:
    """When a candidate says what it says. A chat's lines follow one another too fast to be taken for new reports."""
    if w.unit and w.unit.kind is Kind.TURN:
        return Told(w.sentence.source, articles.document(w.sentence.source).date or "")
    return day_of(w.sentence, articles)


def day_of(sentence: Sentence, articles: Articles) -> Told:
    """When a sentence says what it says, by its entry or its document."""
    document = articles.document(sentence.source)
    found = entry_at(document.text, sentence.start)
    if found is None:
        return Told(document.source, document.date or "")
    return Told(document.source, dated(found[1], document.date) or "", found[0], found[1].said)


def told_with(day: Told, articles: Articles) -> tuple[Sentence, ...]:
    """The sentences of the entry or, without one, of the document that a day is of."""
    whole = articles.article_sentences(day.source)
    if day.entry == _NONE:
        return whole
    text = articles.document(day.source).text
    return tuple(s for s in whole if (at := entry_at(text, s.start)) and at[0] == day.entry)
