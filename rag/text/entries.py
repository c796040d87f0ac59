"""Dated entries of one document: wire copy and cuttings kept in one file, a diary, a log, a chat.

An entry begins with a line that opens with a day, as "SKERRAVOE, 17 October, 13.20 –" or "[12/06/2022, 18:36]" does. A
document is made of entries where three lines or more do so and their days don't go back. What an entry says is true of
its day, and "tomorrow" in it is counted from there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import day_name
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rag.text.dates import Day, days
from rag.types import Span

_LEAST = 3  # entries
_SOME_YEAR = 2023
_WITHIN = 90  # characters of a line in which its day stands
_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Weds|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?"
_BEFORE = re.compile(
    r"[\s>*#\[(-]{0,6}(?:\d{1,3}[\])][ ]{0,2})?(?:[A-ZÄÖÜ][A-ZÄÖÜ'’.&/ -]{1,40},[ ]?)?"
    rf"(?P<weekday>{_WEEKDAY}\.?,?[ ])?",
)
_AFTER = re.compile(
    r"(?P<time>,?[ ](?:at[ ])?\d{1,2}[.:]\d\d(?::\d\d)?(?:[ ]?[ap]\.?m\.?)?|,?[ ]\d{1,2}[ ]?[ap]\.?m\.?)?"
    r"[ ]{0,2}(?:\((?P<from>[^()\n]{1,60})\)|\][ ]?|\*{2})?[ ]{0,2}(?:[–—:-]|[A-Z@\d]|\n|$)"
)
_SLASHED = re.compile(
    r"^\[?(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4}|\d\d),?[ ](?P<time>\d{1,2}:\d\d)(?::\d\d)?[^\n]", re.M
)
_LINE = re.compile(r"^(?=.)", re.M)


@dataclass(frozen=True)
class Entry:
    """A part of a document that tells of its own day.

    `said` is its day and time as written; `day` in ISO 8601, "-10-17" where it is written without a year; `weekday` is
    0 for Monday, None where it tells none.
    """

    span: Span
    said: str
    day: str
    weekday: int | None


@lru_cache(maxsize=256)
def entries(text: str) -> tuple[Entry, ...]:
    """The dated entries of a document, in order; none where it isn't made of them."""
    found = _slashed(text) or _written(text)
    ordered = all(_key(b) >= _key(a) or _turns(a, b) for a, b in pairwise(found))
    if len(found) < _LEAST or len({e.day for e in found}) < 2 or not ordered:
        return ()
    ends = [e.span.start for e in found[1:]] + [len(text)]
    return tuple(Entry(Span(e.span.start, end), e.said, e.day, e.weekday) for e, end in zip(found, ends, strict=True))


def entry_at(text: str, place: int) -> tuple[int, Entry] | None:
    """The entry that a place stands in, with its number; None where it stands in none."""
    found = entries(text)
    at = bisect_right([e.span.start for e in found], place) - 1
    return (at, found[at]) if at >= 0 else None


def dated(entry: Entry, written: str | None) -> str | None:
    """The day of an entry in ISO 8601; a year that it lacks is told by its weekday or by its document's date.

    Args:
        entry: the entry.
        written: the date of its document, of whose last twelve months its days then are.
    """
    if not entry.day.startswith("-"):
        return entry.day
    if not written:
        return None
    year = int(written[:4])
    return f"{year - (entry.day[1:] > written[5:10]):04}{entry.day}"


def _written(text: str) -> list[Entry]:
    found = []
    for line in _LINE.finditer(text):
        start = line.start()
        stop = text.find("\n", start)
        stop = min(start + _WITHIN, len(text) if stop < 0 else stop)
        day = next(days(text, start, stop), None)
        before = _BEFORE.fullmatch(text, start, day.span.start) if day and day.day else None
        after = _AFTER.match(text, day.span.end) if day and before else None
        if day and before and after and (day.year or after["time"] or after["from"] or before["weekday"]):
            said = text[before.start("weekday") if before["weekday"] else day.span.start : _end(day, after)]
            found.append(Entry(Span(start, start), " ".join(said.split()), _iso(day), _number(before["weekday"])))
    return found


def _end(day: Day, after: re.Match[str]) -> int:
    return after.end("time") if after["time"] else day.span.end


def _iso(day: Day) -> str:
    return f"{day.year or ''}-{day.month:02}-{day.day:02}"


def _number(weekday: str | None) -> int | None:
    return next((n for n, name in enumerate(day_name) if weekday and name.startswith(weekday[:3])), None)


def _slashed(text: str) -> list[Entry]:
    """The lines of a chat: a number above twelve somewhere shows which of the two is the month."""
    lines = list(_SLASHED.finditer(text))
    day_first, month_first = any(int(m["a"]) > 12 for m in lines), any(int(m["b"]) > 12 for m in lines)
    if day_first == month_first:
        return []
    found = []
    for m in lines:
        day, month = (int(m["a"]), int(m["b"])) if day_first else (int(m["b"]), int(m["a"]))
        try:
            iso = date(int(m["year"]) + (2000 if len(m["year"]) == 2 else 0), month, day).isoformat()
        except ValueError:
            return []
        found.append(Entry(Span(m.start(), m.start()), m[0][: m.end("time") - m.start()].lstrip("["), iso, None))
    return found


def _key(entry: Entry) -> str:
    return entry.day[-5:] if entry.day.startswith("-") else entry.day


def _turns(a: Entry, b: Entry) -> bool:
    """Whether a year ends between two days without one: 31 December, 2 January."""
    return a.day.startswith("-12") and b.day.startswith("-01")


def counted_from(entry: Entry) -> str | None:
    """A day in ISO 8601 by which an entry's "yesterday" and "on Sunday" can be counted; None where that isn't sure.

    One without a year stands in some year in which its day is the weekday that it names, if any: only what is counted
    within a few days, and told without the year, is right then; where it names no weekday, no weekday either.
    """
    if not entry.day.startswith("-"):
        return entry.day
    month, day = int(entry.day[1:3]), int(entry.day[4:6])
    years = range(_SOME_YEAR, _SOME_YEAR - 28, -1)
    year = next((y for y in years if entry.weekday is None or _on(y, month, day) == entry.weekday), None)
    leaps = month == 2 and day > 21 or month == 3 and day < 8  # a 29 February may lie between
    return None if year is None or leaps else f"{year:04}{entry.day}"


def _on(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None
