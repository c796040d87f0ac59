"""Numbers in a text by value, whether written in digits or in words.

"$200,000", "200k" and "two hundred thousand" all hold 200000; "a dozen" holds 12 and "half" holds
0.5. Units are not compared: a claim's number must stand in its source with the same value.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SCALE = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9, "tn": 12, "trillion": 12,
}  # fmt: skip
_DIGITS = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(k|thousand|mn?|million|bn?|billion|tn|trillion)?(?![a-z])",
    re.IGNORECASE,
)
_PLAIN_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SPECIAL = {
    "half": Decimal("0.5"), "quarter": Decimal("0.25"), "dozen": Decimal(12), "once": Decimal(1), "twice": Decimal(2),
}  # fmt: skip
_WORDY = re.compile(
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|million|billion|trillion|half|quarter|dozen|twice)s?\b",
    re.IGNORECASE,
)


_UNITS = {
    "$": "dollar", "€": "euro", "£": "pound", "%": "percent", "percent": "percent", "km": "kilometre",
    "kilometer": "kilometre", "m": "metre", "meter": "metre", "kg": "kilogram", "kilo": "kilogram", "feet": "foot",
    "hr": "hour", "min": "minute", "sec": "second", "penny": "penny", "pence": "penny",
}  # fmt: skip
_MEASURE = re.compile(
    r"(?P<money>[$€£])?(?<![\w.])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<scale>k|thousand|mn?|million|bn?|billion|tn|trillion)?(?![a-z])"
    r"(?:[\s-]?(?P<unit>%|per\s?cent|dollars?|euros?|pounds?|pence|years?|months?|weeks?|days?|hours?|minutes?|seconds?"
    r"|km|kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|kg|kilograms?|kilos?|tonnes?|tons?|degrees?|°C))?",
    re.IGNORECASE,
)


def has_number(text: str) -> bool:
    """Whether a text holds any number, in digits or in words; "one" and "once" are mostly not meant as numbers."""
    return bool(_PLAIN_DIGITS.search(text) or _WORDY.search(text))


@lru_cache(maxsize=8_192)
def numbers(text: str, *, words: bool = True) -> frozenset[Decimal]:
    """The values of all numbers in a text; without `words` only of those in digits."""
    if not words:
        return frozenset(_value(run, "") for run in _PLAIN_DIGITS.findall(text))
    found = {_SPECIAL[w] for w in re.findall(r"[a-z]+", text.lower()) if w in _SPECIAL}
    found.update(_value(digits, scale) for digits, scale in _DIGITS.findall(text))
    # What is left has its numbers in words; "52 million" must not be read as 52 and a million.
    found.update(_value(digits, "") for digits in _PLAIN_DIGITS.findall(_spelled_out(_DIGITS.sub(" … ", text))))
    # A number glued to letters or signs ("A380", "2001/2") still counts, digit by digit run.
    found.update(_value(run, "") for run in _PLAIN_DIGITS.findall(text))
    return frozenset(found)


def measures(text: str) -> frozenset[tuple[Decimal, str]]:
    """The numbers of a text that have a unit, with it: money, shares, time, length, weight."""
    found = set()
    for match in _MEASURE.finditer(text):
        digits, scale, unit = match["digits"], match["scale"] or "", match["unit"]
        if not unit and not match["money"]:
            continue
        unit = _UNITS.get(match["money"] or "") or _unit(unit)
        found.add((_value(digits, scale), unit))
    return frozenset(found)


def _unit(written: str) -> str:
    lower = re.sub(r"[\s.]+", "", written.lower())
    return _UNITS.get(lower) or _UNITS.get(lower.rstrip("s"), lower.rstrip("s"))


def _spelled_out(text: str) -> str:
    """The text with number words turned into digits by text2num."""
    from text_to_num import alpha2digit

    return str(alpha2digit(text, "en", threshold=0))


def _value(digits: str, scale: str) -> Decimal:
    try:
        value = Decimal(re.sub(r",(?=\d{3})", "", digits).replace(",", "."))
    except InvalidOperation:  # a run such as "1.2.3", which has no single value
        value = Decimal(re.sub(r"\D", "", digits))
    return (value * Decimal(10) ** _SCALE.get(scale.lower(), 0)).normalize()
