"""Which day "on Saturday" is: computed from the day of the document, or of the entry that it stands in, and said to be.

Of an entry without a year the day is told without one.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Iterator
from dataclasses import replace

from rag.answering.compose import Composition
from rag.asking.question import Asks, Question
from rag.evidence.articles import Articles
from rag.text.entries import counted_from, dated, entry_at
from rag.text.relative_days import day_in_words, resolved
from rag.types import Citation, Claim

_DAY = len("2025-02-08")
_WEEKDAYS = re.compile("|".join(day_name), re.I)


def with_days(question: Question, composed: Composition, articles: Articles) -> Composition:
    """The answer to a question after a time, with what relative words of its quotes mean by their documents' dates.

    Args:
        question: what is asked.
        composed: the answer; of each quote the words that answer count, or all where the reader marked none.
        articles: the open index.
    """
    if question.asks is not Asks.TIME:
        return composed
    claims = tuple(_claims(composed, articles))
    if not claims:
        return composed
    return replace(
        composed, text=" ".join((composed.text, *(c.text for c in claims))), claims=(*composed.claims, *claims)
    )


def _claims(composed: Composition, articles: Articles) -> Iterator[Claim]:
    for citation in composed.citations:
        if told := _told(citation, articles):
            yield Claim(f"({told}.) [{citation.n}]", (citation.n,), "supported", "stated")


def _told(citation: Citation, articles: Articles) -> str:
    """What one relative word means; nothing where there are several and none of them is marked as the answer."""
    document, place = articles.document(citation.source), citation.answer
    entry = entry_at(document.text, place.start if place else citation.start)
    known = dated(entry[1], document.date) if entry else document.date
    written = known or (counted_from(entry[1]) if entry else None)
    found = resolved(document.text, citation.start, citation.end, written)
    if place is not None:
        found = tuple(r for r in found if r.span.start < place.end and r.span.end > place.start)
    else:
        found = tuple(r for r in found if len(r.iso) == _DAY)  # "this year" is seldom what is asked after
    if len(found) != 1:
        return ""
    said, day = " ".join(document.text[found[0].span.start : found[0].span.end].split()), day_in_words(found[0].iso)
    if entry and not known:  # its year is none that the text gives
        if len(found[0].iso) != _DAY or entry[1].weekday is None and _WEEKDAYS.search(said):
            return ""
        day = " ".join(day.split()[1 if entry[1].weekday is None else 0 : -1])
    return f"“{said}” is {day}, counted from {f'“{entry[1].said}”' if entry else 'the document’s date'}"
