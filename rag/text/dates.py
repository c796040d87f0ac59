"""Days as people write them: "14 March 2023", "March 14, 2023", "3rd June", "2023-03-14", "14.3.2023", "April 2024".

A day that can be read in two ways ("06/07/2022") isn't read. Months are known in seven languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.types import Span

_MONTHS = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber maerz apr mai jun jul aug sept okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
MONTH_NAMES = frozenset(name for line in _MONTHS for name in line.split())
_NUMBER_OF = {name: number for line in _MONTHS for number, name in enumerate(line.split(), start=1)}
_MONTH = "(?:" + "|".join(sorted(_NUMBER_OF, key=lambda name: (-len(name), name))) + ")"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
_OF = r"(?:[ ](?:day[ ])?(?:of|de|di)[ ]|[ ]|[ ]?-[ ]?)"
_WRITTEN = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH})\b\.?(?:(?:,?[ ]|[ ]?-[ ]?|[ ](?:of|de|del)[ ])(?P<y1>[12]\d{{3}})\b)?"
    rf"|(?P<m2>{_MONTH})\b\.?[ ](?P<d2>\d{{1,2}}(?:st|nd|rd|th)?)\b(?:,?[ ](?P<y2>[12]\d{{3}})\b)?"
    rf"|(?P<y3>[12]\d{{3}})(?P<c3>[-/.])(?P<m3>\d{{1,2}})(?P=c3)(?P<d3>\d{{1,2}})"
    rf"|(?P<d4>\d{{1,2}})\.[ ]?(?P<m4>\d{{1,2}})\.[ ]?(?P<y4>[12]\d{{3}})"
    rf"|(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}})/(?P<y5>[12]\d{{3}})"
    rf"|(?P<m6>{_MONTH})\b\.?,?[ ](?P<y6>[12]\d{{3}})"
    rf")(?![\w/]|-\d|[.]\d)",
    re.I,
)
_EARLIEST = 1500


@dataclass(frozen=True)
class Day:
    """A day or a month as written, and where."""

    span: Span
    year: int | None
    month: int
    day: int | None

    @property
    def iso(self) -> str | None:
        """ISO 8601, as exact as it is written; None without a year."""
        if self.year is None:
            return None
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """The days that a part of a text names, in order."""
    for match in _WRITTEN.finditer(text, start, len(text) if end is None else end):
        if found := _day(match):
            yield found


def _day(match: re.Match[str]) -> Day | None:
    form = next(n for n in "123456" if match[f"m{n}"])
    named, year, number = match[f"m{form}"], match[f"y{form}"], match[f"d{form}"] if form != "6" else None
    month = int(named) if named.isdigit() else _NUMBER_OF[named.lower()]
    day = int(re.sub(r"\D", "", number)) if number else None
    if form == "5" and day is not None and month != day:  # one of both must show which is the month
        if month > 12:
            day, month = month, day
        elif day <= 12:
            return None
    try:
        date(int(year) if year else 2000, month, day or 1)
    except ValueError:
        return None
    if year and int(year) < _EARLIEST:
        return None
    end = match.end() - match.group().endswith(".")
    return Day(Span(match.start(), end), int(year) if year else None, month, day)
