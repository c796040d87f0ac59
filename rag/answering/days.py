"""Which day "on Saturday" is: computed from the document’s date, and said to be, beside the quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag.answering.compose import Composition
from rag.asking.question import Asks, Question
from rag.evidence.articles import Articles
from rag.text.relative_days import day_in_words, resolved
from rag.types import Citation, Claim

_DAY = len("2025-02-08")


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
            yield Claim(
                f"({told}, counted from the document’s date.) [{citation.n}]", (citation.n,), "supported", "stated"
            )


def _told(citation: Citation, articles: Articles) -> str:
    """What one relative word means; nothing where there are several and none of them is marked as the answer."""
    document, place = articles.document(citation.source), citation.answer
    found = resolved(document.text, citation.start, citation.end, document.date)
    if place is not None:
        found = tuple(r for r in found if r.span.start < place.end and r.span.end > place.start)
    else:
        found = tuple(r for r in found if len(r.iso) == _DAY)  # "this year" is seldom what is asked after
    if len(found) != 1:
        return ""
    at = found[0].span
    return f"“{' '.join(document.text[at.start : at.end].split())}” is {day_in_words(found[0].iso)}"
