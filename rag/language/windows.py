"""Spans of days: what "since March 2024" allows, and what a date or a time in a sentence covers.

A date as exact as "2024-03" covers all of its days. Pure: knows no document and no question.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rag.language.moments import Moment, moments

_OPENS = re.compile(r"\b(?:since|from|after|beginning|starting)[ ](?:the[ ])?$", re.I)
_CLOSES = re.compile(r"\b(?:until|till|before|by|up[ ]to|prior[ ]to)[ ](?:the[ ])?(?:end[ ]of[ ])?$", re.I)
_ADVERBIAL = re.compile(
    r"\b(?:in|on|at|during|since|until|till|before|after|from|by|between|early[ ]in|late[ ]in)[ ](?:the[ ])?"
    r"(?:(?:end|beginning|middle|spring|summer|autumn|winter|early|late|mon|tues|wednes|thurs|fri|satur|sun)[\w-]*,?[ ]"
    r"(?:of[ ])?)?$",
    re.I,
)
# What it is held against tells of another time: "8% fewer than in 2023", "up from 31 in March".
_COMPARED = re.compile(
    r"\b(?:than|(?:compared|beside|against|(?:up|down)[ ](?:from|on))(?:[ ](?:with|to))?)[ ]"
    r"(?:[\w.,%£$€’'-]{1,20}[ ]){0,3}(?:in|on|at|during|for)[ ](?:the[ ])?$",
    re.I,
)
_BEFORE = 60  # characters before a time that tell how it is meant
_NEAR = timedelta(days=200)  # how far off a month without a year may lie from the day when it was written


@dataclass(frozen=True)
class Window:
    """From one day to another, both included; None where it is open. A `month` alone is that of any year."""

    first: date | None = None
    last: date | None = None
    month: int | None = None
    day: int | None = None

    @property
    def of_any_year(self) -> bool:
        """Whether only a month, or a day of it, is meant: "in March"."""
        return self.month is not None

    def meets(self, other: Window) -> bool:
        """Whether both have a day in common."""
        if self.month is not None:
            return other.first is not None and other.last is not None and self._yearly(other.first, other.last)
        early = self.last is not None and other.first is not None and other.first > self.last
        late = self.first is not None and other.last is not None and other.last < self.first
        return not early and not late

    def _yearly(self, first: date, last: date) -> bool:
        years = range(first.year, min(last.year, first.year + 1) + 1)
        return any(w.meets(Window(first, last)) for y in years if (w := covered(y, self.month, self.day)))

    def is_before(self, other: Window) -> bool:
        """Whether all of it lies before the other begins."""
        return self.last is not None and other.first is not None and self.last < other.first


def covered(year: int, month: int | None = None, day: int | None = None) -> Window | None:
    """The days of a year, a month or a day; None where there is no such day."""
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Window(first, first)
    end = month or 12
    return Window(first, date(year, end, monthrange(year, end)[1]))


def of_iso(said: str) -> Window | None:
    """What "2024", "2024-03" or "2024-03-12" covers; "-03" is March of any year. None for another thing."""
    if match := re.fullmatch(r"-(\d\d)(?:-(\d\d))?", said):
        month, day = int(match[1]), int(match[2]) if match[2] else None
        return Window(month=month, day=day) if covered(2000, month, day) else None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", said[:10])
    if not match:
        return None
    return covered(int(match[1]), *(int(part) if part else None for part in match.groups()[1:]))


@dataclass(frozen=True)
class Timed:
    """The days that a time in a sentence may cover, and whether it tells when: "in 1912" does, "of 1912" needn't."""

    windows: tuple[Window, ...]
    adverbial: bool
    relative: bool = False  # told by the day when it was written: "yesterday"


def times(text: str, written: str | None) -> tuple[Timed, ...]:
    """The times of a sentence as spans of days; times of day are left out.

    Args:
        text: the sentence.
        written: the day of its document in ISO 8601, by which a month without a year and "last week" are counted.
    """
    absolute = {(m.start, m.end) for m in moments(text)}
    return tuple(
        Timed(found, relative or _tells_when(before), relative)
        for m in moments(text, written)
        if m.clock is None
        and (relative := (m.start, m.end) not in absolute) is not None
        and (before := text[max(0, m.start - _BEFORE) : m.start]) is not None
        and (found := tuple(_opened(w, before) for w in _may_be(m, written)))
    )


def _tells_when(before: str) -> bool:
    return _ADVERBIAL.search(before) is not None and _COMPARED.search(before) is None


def _opened(window: Window, before: str) -> Window:
    if _OPENS.search(before):
        return Window(window.first, None)
    return Window(None, window.last) if _CLOSES.search(before) else window


def _may_be(moment: Moment, written: str | None) -> tuple[Window, ...]:
    """The days that it may mean; of a month without a year those near the day when it was written."""
    if moment.year is not None:
        found = covered(moment.year, moment.month, moment.day)
        return (found,) if found else ()
    near = of_iso(written) if written else None
    if near is None or near.first is None or near.last is None:
        return ()
    years = (covered(near.first.year + step, moment.month, moment.day) for step in (-1, 0, 1))
    wide = Window(near.first - _NEAR, near.last + _NEAR)
    return tuple(w for w in years if w and wide.meets(w))
