"""Rows that stand for a range, "2 to 4 hours", "up to 30 minutes", and the one that an amount falls in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.grid import Grid, Line
from rag.language.numbers import measures

_UNIT = (
    r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|kilomet(?:re|er)s?|km|miles?|met(?:re|er)s?|kilo(?:gram)?s?|kg"
    r"|tonnes?|litres?|pages?|people|persons?|guests?|children|adults?)"
)
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{'|'.join(_WORDS)}|half an?|an?)"
_ASKED = re.compile(rf"\b(?P<n>{_NUMBER})[ -](?P<unit>{_UNIT})\b", re.I)
_TO = re.compile(
    rf"(?:from )?(?P<low>{_NUMBER})(?: ?(?P<first>{_UNIT}))? ?(?:to|-|–|and|up to) ?"
    rf"(?P<high>{_NUMBER}) ?(?P<unit>{_UNIT})",
    re.I,
)
_MOST = re.compile(
    rf"(?:up to|at most|less than|fewer than|under|below|max(?:imum|\.)?) (?P<high>{_NUMBER}) ?(?P<unit>{_UNIT})", re.I
)
_LEAST = re.compile(
    rf"(?:more than|over|above|longer than|at least) (?P<low>{_NUMBER}) ?(?P<unit>{_UNIT})"
    rf"|(?P<from>{_NUMBER}) ?(?P<of>{_UNIT}) (?:or more|and more|and over|or longer)",
    re.I,
)
_MINUTES = {"minute": 1, "hour": 60, "day": 1_440, "week": 10_080}
_ENDLESS = Decimal(10**12)
_FEWEST = 2  # ranges that make a table one of ranges


@dataclass(frozen=True)
class Amount:
    """A number with what it counts; times up to a week are in minutes."""

    value: Decimal
    of: str


def amount_asked(question: str) -> Amount | None:
    """The only amount that a question names: 180 minutes of "parking for three hours"; None for none or several."""
    found = [_amount(m["n"], m["unit"]) for m in _ASKED.finditer(question)]
    return found[0] if len(found) == 1 else None


def row_for(grid: Grid, amount: Amount) -> Line | None:
    """The only row of a table of ranges that an amount falls in; at an edge the lower one."""
    ranges = [(line, found) for line in grid.lines if (found := range_of(line.name)) and found[2] == amount.of]
    if len(ranges) < _FEWEST:
        return None
    holding = [line for line, (low, high, _) in ranges if low < amount.value <= high]
    return holding[0] if len(holding) == 1 else None


def range_of(cell: str) -> tuple[Decimal, Decimal, str] | None:
    """What a cell's range lies above, where it ends, and what it counts; None for another cell."""
    plain = " ".join(cell.split())
    if match := _TO.fullmatch(plain):
        high = _amount(match["high"], match["unit"])
        low = _amount(match["low"], match["first"] or match["unit"])
        return (low.value, high.value, high.of) if low.of == high.of and low.value < high.value else None
    if match := _MOST.fullmatch(plain):
        high = _amount(match["high"], match["unit"])
        return Decimal(0), high.value, high.of
    if match := _LEAST.fullmatch(plain):
        low = _amount(match["low"] or match["from"], match["unit"] or match["of"])
        return low.value, _ENDLESS, low.of
    return None


def units_of(amount: Amount) -> Sequence[str]:
    """The words by which rows may name what an amount counts."""
    return tuple(_MINUTES) if amount.of == "minute" else (amount.of,)


def _amount(number: str, unit: str) -> Amount:
    lower = number.lower()
    if lower.startswith("half"):
        value = Decimal("0.5")
    elif lower in ("a", "an"):
        value = Decimal(1)
    else:
        value = Decimal(_WORDS.index(lower) + 1) if lower in _WORDS else Decimal(lower)
    one = next((u for _, u in measures(f"1 {unit}")), unit.lower().rstrip("s"))
    if one in _MINUTES:
        return Amount(value * _MINUTES[one], "minute")
    return Amount(value, "person" if one in ("people", "guest") else one)
