"""A figure of another year or weekday than the one that is asked for: the profit to March 2025, asked of March 2024.

The words of the question stand there but for the time, and the sentence says of which its figure is. Only where
neither the sentence nor what it is read with (its neighbours, its heading, its document's title and date) has the one
that is asked for.
"""

from __future__ import annotations

import re
from calendar import day_name
from datetime import date

from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed
from rag.text.blocks import Kind
from rag.text.units import Unit
from rag.types import Document

_YEAR = re.compile(r"(?<![\d.,£$€-])((?:19|20)\d\d)(?:[/–-](\d\d)(?!\d))?(?![\d,]|\.\d)")
_FIGURES = (Asks.QUANTITY, Asks.MONEY)
_ROWS = (Kind.ROW, Kind.HEAD)  # whose cells are of the years that their columns name
_DAY = r"((?i:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun))"
_DAYS = re.compile(rf"\b{_DAY}\b(?:[ ]?(?:-|–|to|until|till|through)[ ]?{_DAY}\b)?")
_SEVERAL = {"weekday": range(5), "working day": range(5), "weekend": (5, 6), "every day": range(7), "daily": range(7)}
_WEEK = [name[:3].lower() for name in day_name]


def of_another_time(question: Question, best: Weighed, articles: Articles) -> bool:
    """Whether the likeliest sentence gives a figure of a year or weekday, and not of the one that the question names.

    Args:
        question: what is asked.
        best: the likeliest sentence.
        articles: the open index.
    """
    if question.form is not Form.OPEN or question.asks not in _FIGURES or best.unit is None:
        return False
    return _of_another_year(question, best, best.unit, articles) or _of_another_day(question, best, best.unit, articles)


def _of_another_year(question: Question, best: Weighed, unit: Unit, articles: Articles) -> bool:
    asked = _years(question.standalone)
    if not asked or unit.kind in _ROWS or not _years(best.sentence.text):
        return False
    document, above = _above(best, unit, articles)
    return not asked & _years(" ".join([document.date or "", above, _near(best, articles)]))


def _of_another_day(question: Question, best: Weighed, unit: Unit, articles: Articles) -> bool:
    """A row is of the days that it names itself, or that its columns do."""
    asked = _weekdays(question.standalone)
    if not asked or not _weekdays(best.sentence.text):
        return False
    document, above = _above(best, unit, articles)
    columns = " ".join(document.text[c.name.start : c.name.end] for c in unit.cells if c.name)
    near = best.sentence.text if unit.kind in _ROWS else _near(best, articles)
    return not asked & (_weekdays(" ".join([columns, above, near])) | _weekday_of(document.date))


def _above(best: Weighed, unit: Unit, articles: Articles) -> tuple[Document, str]:
    """The document, and what stands above the sentence: its title, its heading, what leads in to a list."""
    document = articles.document(best.sentence.source)
    places = [document.text[place.start : place.end] for place in (unit.section, unit.lead) if place]
    return document, " ".join([document.title or "", *places])


def _near(best: Weighed, articles: Articles) -> str:
    at = best.sentence.position
    return " ".join(s.text for s in articles.article_sentences(best.sentence.source)[max(0, at - 1) : at + 2])


def _years(text: str) -> frozenset[str]:
    """The years of a text; "2024/25" is both."""
    found = [(m[1], m[1][:2] + m[2] if m[2] else m[1]) for m in _YEAR.finditer(text)]
    return frozenset(year for pair in found for year in pair)


def _weekdays(text: str) -> frozenset[int]:
    """The weekdays of a text, from 0 for Monday; "Monday to Friday" is five, "weekends" two."""
    found = {day for word, days in _SEVERAL.items() if word in text.lower() for day in days}
    for m in _DAYS.finditer(text):
        first = _WEEK.index(m[1][:3].lower())
        last = _WEEK.index(m[2][:3].lower()) if m[2] else first
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return frozenset(found)


def _weekday_of(day: str | None) -> frozenset[int]:
    """The weekday of a date, where it is told to the day."""
    try:
        return frozenset({date.fromisoformat(day or "").weekday()})
    except ValueError:
        return frozenset()
