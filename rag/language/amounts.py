"""Amounts in a text: each number with what it counts, how exactly, and where; and whether two of them can both be true.

"about 4,200 homes", "£1.4 million", "two men", "23 litres of every hundred" (23 percent). An amount that the text
itself takes back ("and not the 4,200", "up from 900") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from rag.language.words import stem

Verdict: TypeAlias = Literal["same", "different"]
Bound: TypeAlias = Literal["exact", "about", "least", "most"]

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_WORDS = {w: n for n, w in enumerate(_SMALL[:20], start=1)} | {w: 10 * n for n, w in enumerate(_SMALL[19:], start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "k": 1_000, "million": 10**6, "mn": 10**6, "m": 10**6}
_SCALES |= {"billion": 10**9, "bn": 10**9, "trillion": 10**12, "dozen": 12}
_NUMBER_WORD = rf"(?:{'|'.join(sorted([*_SMALL, 'hundred', 'thousand', 'million', 'billion'], key=lambda w: -len(w)))})"
_AMOUNT = re.compile(
    r"(?P<money>[£$€])?(?<![\w.,/])(?:"
    r"(?P<digits>\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)"
    r"(?:\s?(?P<scale>k|thousand|mn|m|million|bn|billion|trillion|dozen)\b)?"
    rf"|(?P<words>(?:a[ ](?:hundred|thousand|million|dozen)|{_NUMBER_WORD})"
    rf"(?:(?:[ -]|[ ]and[ ]){_NUMBER_WORD}){{0,8}}(?:[ ]dozen)?)\b"
    r")(?P<unit>\s?%|[ ]per[ ]?cent\b|[ ]percent\b|[ -](?:dollars?|euros?|pounds?|pence)\b)?",
    re.I,
)
_NOT_COUNTS = re.compile(r"[:.]\d|(?:st|nd|rd|th|am|pm|s)\b|[-/–]\d|-year|[ ]?[ap]\.?m\b|[ ]o['’]clock", re.I)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
_DAY_AFTER = re.compile(rf"[ ](?:of[ ])?{_MONTH}", re.I)
_DAY_BEFORE = re.compile(rf"\b{_MONTH}\.?[ ]$", re.I)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close[ ]to|an?[ ]estimated|estimated[ ]at|or[ ]so"
    r"|just[ ](?:over|under|short[ ]of))[ ](?:a[ ])?$",
    re.I,
)
_LEAST = re.compile(r"\b(?:more[ ]than|over|at[ ]least|upwards[ ]of|above|no[ ](?:fewer|less)[ ]than)[ ]$", re.I)
_MOST = re.compile(r"\b(?:up[ ]to|at[ ]most|under|below|(?:fewer|less|no[ ]more|not[ ]more)[ ]than)[ ]$", re.I)
_TAKEN_BACK = re.compile(
    r"\b(?:not|rather[ ]than|instead[ ]of|(?:up|down)[ ]from|compared[ ](?:with|to)|previous(?:ly)?|earlier"
    r"|original(?:ly)?|first|former|initial(?:ly)?|old|wrong(?:ly)?|against|replac(?:es|ed|ing)"
    r"|correct(?:s|ed|ing)|from)[ ](?:(?:the|an?|its|their|our)[ ])?(?:(?:figure|estimate|number|sum|total|count"
    r"|report|reports|said|given|put|price)[ ](?:of[ ]|at[ ]|as[ ])?)?(?:(?:about|some|around|as)[ ])?$",
    re.I,
)
_TAKEN_AFTER = re.compile(
    r",?[ ](?:(?:[\w’'-]+[ ]){0,4}?)(?:first[ ](?:reported|thought|given|said)"
    r"|as[ ](?:first|we|previously|earlier)[ ]\w+|(?:previously|originally|initially|earlier)[ ]\w+"
    r"|given[ ](?:on|in|earlier|before|last)"
    r"|(?:was|were|is|are)[ ](?:wrong|mistaken|too[ ](?:low|high)|an?[ ](?:mistake|error|old)|out[ ]of[ ]date"
    r"|from[ ]an[ ]old))\b",
    re.I,
)
_OF_HUNDRED = re.compile(r"(?:[ ]\w+)?[ ](?:of|in|out[ ]of|from)[ ](?:every|each|a|the)?[ ]?(?:hundred|100)\b", re.I)
_NOUN = re.compile(r"[ -]((?:[a-z][a-z’'-]{1,30}[ ]?){1,4})", re.I)
_STOPS = frozenset(
    """of in on at by for to from with and or but nor so yet are is was were be been being have has had will would can
    could may might must should who which that as than then when where while after before since until about over under
    up down out off into not do does did per each every all more less fewer most least said according the a an its
    their his her our your this these those there it they he she we""".split()
)
_CURRENCY = {"£": "pound", "$": "dollar", "€": "euro"}
_PEOPLE = frozenset(
    stem(w) for w in "people person persons man men woman women child children resident residents".split()
)
_NEAR, _ROOM = Decimal("0.1"), Decimal("0.25")  # how far "about" may lie off, and how far above "more than" may mean


@dataclass(frozen=True)
class Amount:
    """A number with what it counts: `unit` is a currency, "percent" or "" , `nouns` the stems of the words after it."""

    value: Decimal
    unit: str
    nouns: tuple[str, ...]
    bound: Bound
    start: int
    end: int
    taken_back: bool = False  # the text says that it isn't, or is no longer, so


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts that a text gives as so, in order; days, times of day, ordinals and years are none."""
    return tuple(a for a in _all(text) if not a.taken_back)


def taken_back(text: str) -> tuple[Amount, ...]:
    """The amounts that a text gives as not so, or as so before: "not the 4,200", "up from 900"."""
    return tuple(a for a in _all(text) if a.taken_back)


def _all(text: str) -> Iterator[Amount]:
    return (a for match in _AMOUNT.finditer(text) if (a := _amount(text, match)))


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if _NOT_COUNTS.match(after) or _DAY_AFTER.match(after) or _DAY_BEFORE.search(before):
        return None
    back = bool(_TAKEN_BACK.search(before) or _TAKEN_AFTER.match(after))
    value = _in_digits(match["digits"], match["scale"]) if match["digits"] else _in_words(match["words"])
    if value is None:
        return None
    unit = (match["unit"] or "").strip(" -").lower()
    unit = _CURRENCY.get(match["money"] or "", "") or (
        "percent" if unit[:3] == "per" or unit == "%" else unit.rstrip("s")
    )
    if share := _OF_HUNDRED.match(after):
        unit, after = "percent", after[share.end() :]
    digits = match["digits"] or ""
    year = len(digits) == 4 and not match["scale"] and not unit and 1500 <= value < 2100
    nouns = _nouns(after)
    if year and not nouns:
        return None
    return Amount(value, unit, nouns, _bound(before), start, end, back)


def _in_digits(digits: str, scale: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * _SCALES.get((scale or "").lower(), 1)


def _in_words(words: str) -> Decimal | None:
    total = current = 0
    for word in re.split(r"[ -]", words.lower()):
        if word in ("and", "a"):
            continue
        if word in _WORDS:
            current += _WORDS[word]
        elif word in ("hundred", "dozen"):
            current = max(1, current) * _SCALES[word]
        else:
            total, current = total + max(1, current) * _SCALES[word], 0
    return Decimal(total + current)


def _nouns(after: str) -> tuple[str, ...]:
    match = _NOUN.match(after)
    found: list[str] = []
    for word in match[1].split() if match else ():
        if word.lower() in _STOPS:
            break
        found.append(stem(word.lower().replace("’", "'").removesuffix("'s")))
    return tuple(found)


def _bound(before: str) -> Bound:
    if _ABOUT.search(before):
        return "about"
    return "least" if _LEAST.search(before) else "most" if _MOST.search(before) else "exact"


def alike(a: Amount, b: Amount) -> bool:
    """Whether two amounts are of one thing: the same currency, shares, or a noun in common."""
    if a.unit or b.unit:
        return a.unit == b.unit
    nouns_a, nouns_b = set(a.nouns), set(b.nouns)
    return bool(nouns_a & nouns_b) or bool(nouns_a & _PEOPLE and nouns_b & _PEOPLE)


def compared(a: Amount, b: Amount) -> Verdict | None:
    """Whether two amounts of one thing say the same; None where either may be a rounding or a bound of the other."""
    if a.value == b.value:
        return "same"
    low, high = sorted((a, b), key=lambda x: x.value)
    off = (high.value - low.value) / high.value if high.value else Decimal(0)
    if "about" in (a.bound, b.bound):
        return "same" if off <= _NEAR else "different"
    if low.bound == high.bound != "exact":  # "more than 900", then "more than 1,200"
        return "same" if off <= _NEAR else "different"
    if low.bound == "least" or high.bound == "most":
        return "same" if off <= _NEAR else None if off <= _ROOM else "different"
    return None if _rounded(low.value, high.value) or _rounded(high.value, low.value) else "different"


def _rounded(coarse: Decimal, fine: Decimal) -> bool:
    """Whether a number of at most two figures, from a hundred on, may be the other one rounded: 4,200 of 4,188."""
    figures = coarse.normalize().as_tuple()
    exponent = figures.exponent
    if coarse < 100 or len(figures.digits) > 2 or not isinstance(exponent, int) or exponent < 1:
        return False
    return (
        len(fine.normalize().as_tuple().digits) > len(figures.digits)
        and abs(fine - coarse) * 2 <= Decimal(10) ** exponent
    )
