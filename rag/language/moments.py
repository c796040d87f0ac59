"""Times that a sentence names, and whether two sentences' times can be one: days, months, years, times of day."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.language.amounts import Verdict
from rag.text.dates import days
from rag.text.relative_days import resolved

_MONTHS = {name.lower(): n for n, name in enumerate(month_name) if name}
_MONTH = re.compile(rf"\b(?P<month>{'|'.join(m.capitalize() for m in _MONTHS)})\b")
_YEAR = re.compile(r"(?<![\d.,£$€-])(?:1[5-9]|20)\d\d(?!\d|[.,-]\d|%)")
_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d))?[ ]?(?P<half>[ap])\.?m\b|(?P<word>noon|midnight)\b", re.I
)


@dataclass(frozen=True)
class Moment:
    """A time as far as it is told, and where; `clock` is in minutes since midnight."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: int | None = None


def moments(text: str, written: str | None = None) -> tuple[Moment, ...]:
    """The times that a sentence names, in order; relative ones by the date when it was written."""
    found: list[Moment] = []
    for new in (_days(text), _relative(text, written), _months(text), _years(text), _clocks(text)):
        found += [m for m in new if not any(m.start < f.end and m.end > f.start for f in found)]
    return tuple(sorted(found, key=lambda m: m.start))


def _days(text: str) -> Iterator[Moment]:
    for d in days(text):
        yield Moment(d.span.start, d.span.end, d.year, d.month, d.day)


def _relative(text: str, written: str | None) -> Iterator[Moment]:
    for r in resolved(text, 0, len(text), written):
        parts = [int(p) for p in r.iso.split("-")]
        yield Moment(r.span.start, r.span.end, *parts)


def _months(text: str) -> Iterator[Moment]:
    for m in _MONTH.finditer(text):
        yield Moment(m.start(), m.end(), month=_MONTHS[m["month"].lower()])


def _years(text: str) -> Iterator[Moment]:
    for m in _YEAR.finditer(text):
        yield Moment(m.start(), m.end(), year=int(m.group()))


def _clocks(text: str) -> Iterator[Moment]:
    for m in _CLOCK.finditer(text):
        if m["word"]:
            yield Moment(m.start(), m.end(), clock=720 if m["word"].lower() == "noon" else 0)
        elif 1 <= int(m["hour"]) <= 12:
            hour = int(m["hour"]) % 12 + (12 if m["half"].lower() == "p" else 0)
            yield Moment(m.start(), m.end(), clock=hour * 60 + int(m["minute"] or 0))


def compared_moments(a: Sequence[Moment], b: Sequence[Moment]) -> Verdict | None:
    """Whether two sentences' times are one; None where they share no part that could tell it."""
    dated_a, dated_b = [m for m in a if m.clock is None], [m for m in b if m.clock is None]
    if not dated_a or not dated_b:
        if dated_a or dated_b:
            return None
        clocks = {m.clock for m in a}, {m.clock for m in b}
        return "same" if clocks[0] & clocks[1] else "different"
    told = [_same(x, y) for x in dated_a for y in dated_b]
    if any(told):
        return "same"
    return "different" if all(t is False for t in told) else None


def _same(a: Moment, b: Moment) -> bool | None:
    """Whether what both tell is equal; None where they tell nothing in common."""
    both = [
        (x, y) for x, y in ((a.year, b.year), (a.month, b.month), (a.day, b.day)) if x is not None and y is not None
    ]
    return all(x == y for x, y in both) if both else None
