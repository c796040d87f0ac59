"""Days and times of spreadsheets: numbers that count days, told as a cell's format has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LATEST = 2_958_465  # 31 December 9999
_LEAP = 60  # the 29 February that 1900 never had, and that spreadsheets count (kept from Lotus 1-2-3)


def moment(value: float, *, from_1904: bool = False) -> datetime | None:
    """The moment that a number of days stands for, to the millisecond; None if there is none."""
    if not 0 <= value <= _LATEST:
        return None
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if value < _LEAP else 30)
    try:
        return start + timedelta(milliseconds=round(value * 86_400_000))
    except OverflowError:
        return None


def date_text(value: float, tokens: Sequence[tuple[str, str]], *, from_1904: bool = False) -> str | None:
    """A day or a time in a format's parts; None if the number is none.

    Args:
        value: days since the calendar's beginning.
        tokens: kind ("date", "elapsed", "digit" or others) and text of the format's parts.
        from_1904: whether that is 1904.
    """
    when = moment(value, from_1904=from_1904)
    if when is None:
        return None
    decimals = _decimals(tokens)
    step = timedelta(seconds=1) / 10**decimals
    if any(text.startswith("s") for kind, text in tokens if kind in ("date", "elapsed")):
        when = _rounded(when, step)
    has_half = any(kind == "date" and "/" in text for kind, text in tokens)
    out: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "elapsed":
            out.append(_elapsed(value, text))
        elif kind == "date":
            out.append(_part(when, text, has_half=has_half, is_minute=_is_minute(tokens, at)))
        elif kind == "digit":
            is_first = at and tokens[at - 1][1] == "."
            out.append(f"{when.microsecond:06}"[:decimals] if is_first else "")
        elif (kind, text) != ("sign", "@"):
            out.append(text)
    return " ".join("".join(out).split())


def _decimals(tokens: Sequence[tuple[str, str]]) -> int:
    return min(6, sum(kind == "digit" for kind, _ in tokens))


def _rounded(when: datetime, step: timedelta) -> datetime:
    past = (when - datetime.min) % step
    try:
        return when - past + (step if past * 2 >= step else timedelta(0))
    except OverflowError:
        return when


def _is_minute(tokens: Sequence[tuple[str, str]], at: int) -> bool:
    """Whether an "m" means minutes: after hours, or before seconds."""
    parts = [(n, text[0]) for n, (kind, text) in enumerate(tokens) if kind in ("date", "elapsed")]
    place = next((i for i, (n, _) in enumerate(parts) if n == at), -1)
    if place < 0 or len(tokens[at][1]) > 2:
        return False
    before = parts[place - 1][1] if place else ""
    after = parts[place + 1][1] if place + 1 < len(parts) else ""
    return before == "h" or after == "s"


def _part(when: datetime, text: str, *, has_half: bool, is_minute: bool) -> str:
    kind, length = text[0], len(text)
    if "/" in text:
        return ("AM" if when.hour < 12 else "PM")[: 2 if length > 3 else 1]
    if kind == "y":
        return f"{when.year:04}" if length > 2 else f"{when.year % 100:02}"
    if kind == "m" and not is_minute and length > 2:
        name = _MONTHS[when.month - 1]
        return name if length == 4 else name[:1] if length == 5 else name[:3]
    if kind == "d" and length > 2:
        name = _DAYS[date(when.year, when.month, when.day).weekday()]
        return name if length > 3 else name[:3]
    number = {
        "m": when.minute if is_minute else when.month,
        "d": when.day,
        "h": ((when.hour + 11) % 12 + 1) if has_half else when.hour,
        "s": when.second,
    }[kind]
    return f"{number:0{min(length, 2)}}"


def _elapsed(value: float, text: str) -> str:
    seconds = round(value * 86_400)
    number = {"h": seconds // 3_600, "m": seconds // 60, "s": seconds}[text[0]]
    return f"{number:0{len(text)}}"
