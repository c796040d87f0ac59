"""The cells of one line: parted by bars, tabs, commas, semicolons, wide gaps or rows of dots."""

from __future__ import annotations

import re
from typing import TypeAlias

from rag.types import Span

Cells: TypeAlias = tuple[Span, ...]  # some may be empty

_LONGEST = 4_000  # characters of a line that may be a row
_DRAWN = frozenset(" \t|+:=_-")
_STROKES = ("---", "===", "___", ":-", "|-", "| -")
_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]*\.{4,}[ \u00a0]*|[ \u00a0]{2,60})(?=\S)")
_STOPS = ".!?:;,"  # two blanks after a sentence are a typist's habit
_MARKER = re.compile(
    r"[-*+•–]|\(?[\w/.]{1,6}[.)]|(?!(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?$)\d[\d/.]{0,7}"
)  # before an item of a list, or a numbered heading
_SEPARATED = 3  # cells that commas make, at least
_NUMBER = re.compile(r"[(\-+−–~<>]?\s?(?:[£$€¥]\s?)?\d[\d,.' \u00a0]{0,20}\s?(?:%|[kmb]n?\b|[£$€¥])?\)?")
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:[/–-](?:(?:19|20)?\d\d))?(?:\s?\(.{1,20}\))?")
_CSV = re.compile(r'"(?:[^"]|"")*"(?=[,;]|$)|[^,;"]+|[,;]|"')


def is_number(text: str) -> bool:
    """Whether a cell holds a number and hardly anything else: "£1,725", "-", "(3.5 %)"."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_year(text: str) -> bool:
    """Whether a cell holds a year, which may name a column."""
    return _YEAR.fullmatch(text.strip()) is not None


def is_rule(text: str, line: Span) -> bool:
    """Whether a line is drawn, under a head or between rows: "|---|---|", "=====  ====="."""
    said = text[line.start : line.end] if line.end - line.start <= _LONGEST else ""
    return any(stroke in said for stroke in _STROKES) and _DRAWN.issuperset(said)


def cells_of(text: str, line: Span) -> tuple[str, Cells]:
    """How a line's cells are parted ("bar", "tab", "csv", "gap"; "" if it has none) and where they stand."""
    if line.end - line.start > _LONGEST or is_rule(text, line):
        return ("bar", ()) if line.end - line.start <= _LONGEST and "|" in text[line.start : line.end] else ("", ())
    said = text[line.start : line.end]
    shown = said.strip()
    if " | " in shown or shown.startswith("|") and shown.count("|") > 1:
        inner = _trimmed(text, line.start, line.end)
        start, end = inner.start + shown.startswith("|"), inner.end - (shown.endswith("|") and len(shown) > 1)
        cells = _parted(text, start, end, "|")
        return ("bar", cells) if len(cells) > 1 else ("", ())
    if "\t" in shown:
        inner = _trimmed(text, line.start, line.end)
        cells = tuple(c for c in _parted(text, line.start, inner.end, "\t"))
        marked = len([c for c in cells if c.end > c.start]) < 2 or _MARKER.fullmatch(
            text[cells[0].start : cells[0].end]
        )
        return ("", ()) if marked and len(cells) < _SEPARATED else ("tab", cells)
    plain = said.replace("\u00a0", " ")
    may_gap = "  " in plain or "...." in plain  # looked for first: most lines are prose, and the pattern costs more
    if may_gap and (gaps := _gapped(text, line)):
        return "gap", gaps
    for mark in (",", ";"):
        if said.count(mark) >= _SEPARATED - 1 and len(cells := _separated(text, line, mark)) >= _SEPARATED:
            return "csv", cells
    return "", ()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _parted(text: str, start: int, end: int, mark: str) -> Cells:
    cells, at = [], start
    while at <= end:
        stop = text.find(mark, at, end)
        while mark == "|" and 0 < stop and text[stop - 1] == "\\":
            stop = text.find(mark, stop + 1, end)
        stop = end if stop < 0 else stop
        cells.append(_trimmed(text, at, stop))
        at = stop + 1
    return tuple(cells)


def _gapped(text: str, line: Span) -> Cells:
    inner = _trimmed(text, line.start, line.end)
    cells: list[Span] = []
    at = inner.start
    for gap in _GAP.finditer(text, inner.start, inner.end):
        wide = gap.end() - gap.start() > 2
        if not wide and text[gap.start() - 1] in _STOPS or not cells and _MARKER.fullmatch(text[at : gap.start()]):
            continue
        cells.append(Span(at, gap.start()))
        at = gap.end()
    return (*cells, Span(at, inner.end)) if cells else ()


def _separated(text: str, line: Span, mark: str) -> Cells:
    """Values parted by a mark; those in quotation marks may hold it."""
    cells: list[Span] = []
    at = line.start
    for part in _CSV.finditer(text, line.start, line.end):
        if part.group() == mark:
            cells.append(_unquoted(text, at, part.start()))
            at = part.end()
    return (*cells, _unquoted(text, at, line.end))


def _unquoted(text: str, start: int, end: int) -> Span:
    inner = _trimmed(text, start, end)
    quoted = inner.end - inner.start > 1 and text[inner.start] == '"' == text[inner.end - 1]
    return Span(inner.start + 1, inner.end - 1) if quoted else inner
