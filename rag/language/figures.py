"""Figures in a text with their places and units: "£480,000", "6,140 homes", "62 per cent", "1.31 million TEU".

What is a year, a date, a time of day or part of a name or a mark ("A380", "3.2.") is no figure that could be reckoned
with. Numbers in words are left out: "one" and "a second" are mostly not meant as numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rag.language.words import stem, words

_SCALE = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "k": 3, "m": 6, "mn": 6, "bn": 9}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_FIGURE = re.compile(
    r"(?<![\w.,/:–-])(?P<sign>[£$€¥])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?)(?![\d/:])(?!\.\d)(?!,\d)"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion|(?:k|mn?|bn)(?![a-z])))?"
    r"(?:\s?(?P<after>%|per\s?cent\b|percent\b|euros?\b|dollars?\b|pounds?\b))?",
    re.I,
)
_DATE = re.compile(rf"\s?(?:st|nd|rd|th)?\s?{_MONTH}\b|(?:st|nd|rd|th)\b|\s?(?:am|pm|o['’]clock)\b|[a-z]", re.I)
_BEFORE_DAY = re.compile(rf"\b{_MONTH}\s$|[A-Za-z]$|\b(?:no\.?|page|section|chapter|article|clause|item)\s$", re.I)
_SIGNS, _CENT = frozenset("£$€"), Decimal("0.01")
_ASIDE = re.compile(r"\s?\([^()]{0,200}\)|\s?\[\d+\]")
_SUM = re.compile(r"(?P<left>[^=≈;\n]{1,600})[=≈]\s?(?P<right>[^=≈;\n]{1,40})")
_UNITS = {"£": "£", "$": "$", "€": "€", "¥": "¥", "%": "%", "p": "%", "e": "€", "d": "$"}


@dataclass(frozen=True)
class Figure:
    """A number of a text: `text[start:end] == written`.

    `unit` is a sign ("£", "%") or ""; `nouns` are the stems of the words right after it, nearest first.
    """

    value: Decimal
    written: str
    start: int
    end: int
    unit: str
    nouns: tuple[str, ...]

    @property
    def is_year(self) -> bool:
        """Whether it may be a year."""
        return not self.unit and re.fullmatch(r"(?:1[5-9]|20)\d\d", self.written) is not None


def figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in order. Takes time proportional to its length."""
    found = []
    for match in _FIGURE.finditer(text):
        if _DATE.match(text, match.end()) or _BEFORE_DAY.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        try:
            value = Decimal(match["digits"].replace(",", ""))
        except InvalidOperation:
            continue
        scaled = value * Decimal(10) ** _SCALE.get((match["scale"] or "").lower(), 0)
        start = match.start("sign") if match["sign"] else match.start("digits")
        after = re.match(r"[\w\s'’-]{0,40}", text[match.end() :])
        nouns = tuple(stem(w.lower) for w in words(after[0] if after else "")[:3])
        found.append(Figure(scaled, text[start : match.end()], start, match.end(), _unit(match), nouns))
    return tuple(found)


def _unit(match: re.Match[str]) -> str:
    if match["sign"]:
        return match["sign"]
    after = (match["after"] or "").lower()
    return "" if not after else "£" if after.startswith("pound") else _UNITS[after[0]]


def computed(text: str) -> frozenset[Decimal]:
    """What the sums of a text come to, where they are right: 1,940 of "6,140 [1] − 4,200 (in the question) = 1,940"."""
    found: set[Decimal] = set()
    for match in _SUM.finditer(_ASIDE.sub("", text)):
        parts = [figures(part)[-1:] for part in re.split(r"[−+÷]", match["left"])]
        result = figures(match["right"])[:1]
        if len(parts) < 2 or not all(parts) or not result:
            continue
        values, sign = [part[0].value for part in parts], next(c for c in match["left"] if c in "−+÷")
        if sign == "÷":
            right = abs(values[0] * 100 / values[1] - result[0].value) <= Decimal("0.05") if values[1] else False
        else:
            right = result[0].value == (sum(values) if sign == "+" else values[0] - sum(values[1:]))
        found |= {result[0].value, result[0].value.normalize()} if right else set()
    return frozenset(found)


def written(value: Decimal, unit: str = "") -> str:
    """A number as a person writes it: thousands parted by commas, its sign before it, a share's behind."""
    whole = value == value.to_integral_value()
    shown = value.to_integral_value() if whole else value.normalize()
    if unit in _SIGNS and not whole and shown == shown.quantize(_CENT):
        shown = shown.quantize(_CENT)
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(shown):,f}%" if unit == "%" else f"{sign}{unit}{abs(shown):,f}"
