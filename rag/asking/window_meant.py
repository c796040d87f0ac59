"""Which days the time of a question means: "since March" the last one, "last week" one before the newest document.

Pure: knows no document; what is counted from a day is given that day.
"""

from __future__ import annotations

from datetime import date, timedelta

from rag.asking.window_asked import WindowAsked, in_year_of
from rag.language.windows import Window, covered, of_iso


def window_of(asked: WindowAsked, newest: date | None) -> Window | None:
    """The days that are meant; None where that can't be told.

    Args:
        asked: the time as it was asked for.
        newest: the day that "last week" is counted from and that "since March" lies before: the newest document's.
    """
    if asked.counted:
        return _counted(*asked.counted, newest) if newest else None
    found = [of_iso(p) for p in in_years(asked, newest)]
    if any(w is None or w.of_any_year and asked.side != "in" for w in found):
        return None
    first, last = found[0], found[-1]
    assert first is not None and last is not None
    if asked.side == "between":
        ordered = first.first and last.last and first.first <= last.last
        return Window(first.first, last.last) if ordered else None
    edges = {
        "in": first,
        "since": Window(first.first, None),
        "after": Window(_step(first.last, 1), None),
        "before": Window(None, _step(first.first, -1)),
        "until": Window(None, first.last),
    }
    return edges[asked.side]


def in_years(asked: WindowAsked, newest: date | None) -> tuple[str, ...]:
    """The periods that are meant, with the year that "since March" lacks; "in March" is of any year."""
    if asked.side == "in":
        return asked.periods
    last = _in_year(asked.periods[-1], newest)
    return (in_year_of(asked.periods[0], last), last) if len(asked.periods) > 1 else (last,)


def _step(day: date | None, by: int) -> date | None:
    return day + timedelta(days=by) if day else None


def _in_year(said: str, newest: date | None) -> str:
    """The last such month or day that is not after the newest document."""
    if not said.startswith("-") or newest is None:
        return said
    for year in (newest.year, newest.year - 1):
        found = of_iso(f"{year:04}{said}")
        if found and found.first and found.first <= newest:
            return f"{year:04}{said}"
    return said


def _counted(which: str, count: int, unit: str, newest: date) -> Window | None:
    """The days: "last week" is the calendar's, "the last week" and "the past three weeks" end on the day itself."""
    if which in ("yesterday", "today"):
        day = newest - timedelta(days=which == "yesterday")
        return Window(day, day)
    months = newest.year * 12 + newest.month - 1
    if which == "past":
        if unit in ("day", "week"):
            return Window(newest - timedelta(days=count * (7 if unit == "week" else 1) - 1), newest)
        at = months - count * (12 if unit == "year" else 1)
        begins = covered(at // 12, at % 12 + 1)
        assert begins is not None and begins.first is not None and begins.last is not None
        return Window(begins.first.replace(day=min(newest.day, begins.last.day)) + timedelta(days=1), newest)
    step = 0 if which == "this" else count
    if unit == "day":
        return Window(newest - timedelta(days=step), newest - timedelta(days=step))
    if unit == "week":
        monday = newest - timedelta(days=newest.weekday() + 7 * step)
        return Window(monday, monday + timedelta(days=6))
    if unit == "year":
        return covered(newest.year - step)
    return covered((months - step) // 12, (months - step) % 12 + 1)
