"""Days told by when a document was written: "yesterday", "last Tuesday", "on Saturday", "on the 24th", "next month".

They are counted from the document's own date, and only where one day can be meant: a bare weekday is the last one for
what happened and the next one for what will, and none where the document tells of a day that lies further off than a
week ("on Saturday" in a report of last spring). "Next Tuesday" is this week's for some and next week's for others, so
it isn't counted; nor are weeks, which are seldom meant to the day.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rag.text.dates import days
from rag.types import Span

_WEEKDAYS = {name.lower(): number for number, name in enumerate(day_name)}
_NUMBERS = {w: n for n, w in enumerate("a two three four five six seven eight nine ten".split(), start=1)} | {"an": 1}
_NUMBERS |= {"one": 1}
_W = "(?:" + "|".join(day_name) + ")"
_RELATIVE = re.compile(
    r"\b(?:(?P<word>(?:the[ ]day[ ]before[ ])?yesterday|(?:the[ ]day[ ]after[ ])?tomorrow|today|tonight|last[ ]night"
    r"|this[ ](?:morning|afternoon|evening))"
    rf"|the[ ](?P<beside>{_W})[ ](?P<side>before|after)(?=[ ]*(?:[.,;:!?)”]|$))"
    r"|(?:on|by|until|till|from)[ ]the[ ](?P<nth>\d{1,2})(?:st|nd|rd|th)"
    rf"(?![ -](?:of|floor|century|anniversary|hole|place|{'|'.join(month_name[1:])}))"
    rf"|(?P<which>last|next|this)[ ](?P<unit>month|year|{_W})"
    r"|(?P<count>an?|\d|one|two|three|four|five|six|seven|eight|nine|ten)[ ](?P<many>days?|months?|years?)[ ]ago"
    rf"|(?P<weekday>{_W}))\b(?!s\b|[ ]\d|[ ]the[ ]\d|,[ ]\d|['’]s\b)",
    re.I,
)
_DATED = re.compile(  # a weekday that is given its day after all: "Saturday 8 February", "3 May, a Saturday"
    r"\d(?:st|nd|rd|th)?,?[ ](?:a[ ])?$"
)
_SHIFTS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_SHIFTS |= {"the day before yesterday": -2, "the day after tomorrow": 2}
_NEAR = 300  # characters before "the Friday before" in which a day must be named
_ABOUT = re.compile(r"\b(?:about|around|some|roughly|nearly|almost|over|than|least)[ ]$", re.I)
_HABIT = re.compile(r"\b(?:every|each|most|all|any|a|one|some|the|following|previous|first|second|third|by)[ ]$", re.I)
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|going[ ]to|is[ ]to|are[ ]to|due|must|may|until|till|expects?|plans?|hopes?|intends?"
    r"|should|reopens|meets|opens|starts|begins|tomorrow|next)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|has|have|been|ago|yesterday|took|came|went|gave|made|found|began|left|met|won"
    r"|lost|fell|rose|broke|ran|died|\w{2,}ed)\b",
    re.I,
)
_FAR = timedelta(days=7)


@dataclass(frozen=True)
class Resolved:
    """Words that tell a day, month or year by the document's date, and which it is, in ISO 8601 ("2025-02-08")."""

    span: Span
    iso: str


def resolved(text: str, start: int, end: int, written: str | None) -> tuple[Resolved, ...]:
    """What the relative words in a part of a document mean, in order.

    Args:
        text: the document's.
        start: of the part.
        end: of the part.
        written: the document's date in ISO 8601; without a day, months and years alone are counted.
    """
    if not written or len(written) < 7:
        return ()
    exact = len(written) >= 10
    try:
        day = date.fromisoformat(written[:10] if exact else f"{written[:7]}-01")
    except ValueError:
        return ()
    part = text[start:end]
    found = [
        (m, _beside(m, text, start + m.start(), day) if m["beside"] else _meant(m, part, day))
        for m in _RELATIVE.finditer(part)
    ]
    return tuple(
        Resolved(Span(start + m.start(), start + m.end()), iso)
        for m, iso in found
        if iso
        and (exact or len(iso) < 10)
        and not ((m["weekday"] or m["nth"]) and _elsewhere(text, start + m.start(), day))
    )


def _meant(match: re.Match[str], part: str, day: date) -> str | None:
    if match["word"]:
        shift = _SHIFTS.get(match["word"].lower(), 0)
        return (day + timedelta(days=shift)).isoformat()
    if match["count"]:
        return (
            None
            if _ABOUT.search(part[: match.start()])
            else _ago(match["count"].lower(), match["many"].lower().rstrip("s"), day)
        )
    if match["which"]:
        return _which(match["which"].lower(), match["unit"].lower(), day)
    if match["nth"]:
        return _nth(int(match["nth"]), _tense(part, match.start()), day)
    before = part[: match.start()]
    if _DATED.search(before) or _HABIT.search(before):
        return None
    return _weekday(_WEEKDAYS[match["weekday"].lower()], part, match.start(), day)


def _ago(count: str, unit: str, day: date) -> str | None:
    number = _NUMBERS.get(count) or int(count)
    if unit == "year":
        return f"{day.year - number:04}" if number < day.year else None
    if unit == "month":
        months = day.year * 12 + day.month - 1 - number
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (day - timedelta(days=number)).isoformat()


def _which(which: str, unit: str, day: date) -> str | None:
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return f"{day.year + step:04}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if which != "last":
        return None
    return (day - timedelta(days=(day.weekday() - _WEEKDAYS[unit] - 1) % 7 + 1)).isoformat()


def _weekday(number: int, part: str, at: int, day: date) -> str | None:
    """The last or the next one, by the tense of the clause; None where it tells neither or both."""
    tense = _tense(part, at)
    if tense > 0:
        return (day + timedelta(days=(number - day.weekday()) % 7)).isoformat()
    return (day - timedelta(days=(day.weekday() - number) % 7)).isoformat() if tense else None


def _nth(number: int, tense: int, day: date) -> str | None:
    """The last or the next day of a month with a number, by the tense of its clause."""
    for months in range(3) if tense else ():
        at = day.year * 12 + day.month - 1 + months * tense
        try:
            found = date(at // 12, at % 12 + 1, number)
        except ValueError:  # there is no 31 June
            continue
        if (found - day).days * tense >= 0:
            return found.isoformat()
    return None


def _beside(match: re.Match[str], text: str, at: int, day: date) -> str | None:
    """The weekday before or after the day that is named last before it."""
    named = [d for d in days(text, max(0, at - _NEAR), at) if d.day]
    if not named or named[-1].day is None:
        return None
    try:
        told = date(named[-1].year or day.year, named[-1].month, named[-1].day)
    except ValueError:
        return None
    step = -1 if match["side"].lower() == "before" else 1
    number = _WEEKDAYS[match["beside"].lower()]
    return (told + step * timedelta(days=((number - told.weekday()) * step - 1) % 7 + 1)).isoformat()


def _tense(part: str, at: int) -> int:
    """1 where the clause around a place tells of what will be, -1 of what was; 0 where it tells neither or both."""
    begins = (",", ";", ":", "—", "“", '"', ". ", ".\n", "? ", "! ")
    clause_start = max(part.rfind(mark, 0, at) for mark in begins) + 1
    ends = [e for mark in (",", ";", "—", "”", '"', ". ", ".\n") if (e := part.find(mark, at)) >= 0]
    clause = part[clause_start : min(ends, default=len(part))]
    if not (_FUTURE.search(clause) or _PAST.search(clause)):
        clause = part
    if re.search(r"\b(?:would|could|should have|might)\b", clause, re.I):  # the future of another time
        return 0
    future, past = bool(_FUTURE.search(clause)), bool(_PAST.search(clause))
    if future and not re.search(r"\b(?:was|were|had|did)\b", clause, re.I):
        return 1
    return -1 if past and not future else 0


def _elsewhere(text: str, at: int, day: date) -> bool:
    """Whether the last day that was named before is another week's, so that weekdays may be counted from there."""
    named = None
    for found in days(text, max(0, at - 1_500), at):
        named = found if found.day else named
    if named is None or named.day is None:
        return False
    try:
        told = date(named.year or day.year, named.month, named.day)
    except ValueError:
        return True
    return abs(told - day) > _FAR


def day_in_words(iso: str) -> str:
    """A day with its weekday, a month or a year: "Saturday 8 February 2025", "March 2025", "2024"."""
    if len(iso) == 4:
        return iso
    if len(iso) == 7:
        return f"{month_name[int(iso[5:7])]} {iso[:4]}"
    day = date.fromisoformat(iso)
    return f"{day_name[day.weekday()]} {day.day} {month_name[day.month]} {day.year}"


def in_words(text: str, start: int, end: int, written: str | None) -> Iterator[tuple[str, str]]:
    """The relative words of a part of a document as written, each with the day that it means, in words."""
    for one in resolved(text, start, end, written):
        yield text[one.span.start : one.span.end], day_in_words(one.iso)
