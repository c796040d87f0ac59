"""The text of a PDF page line by line, with what only places on the page tell: raised figures, and rows of a table.

pypdf puts characters in order and tells where each run of them stands. Runs on one line with a gap between them
that no blank makes are cells; a small run a little above the line is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from math import hypot
from typing import TYPE_CHECKING, Any

from rag.reading.lines import CELL_END
from rag.reading.pdf_visible import operations_of, redrawn
from rag.reading.raised import lowered, raised

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic._font import Font

_SAME_LINE = 0.3  # of a run's size: baselines that differ by less are one line
_SMALL = 0.85  # of the size before it
_SHIFT = (0.1, 0.9)  # of the size before it: how far a raised figure may stand above its line, or below
_GAP = 0.7  # of the size: a wider gap may part cells; between words even justified lines seldom leave so much
_ALIGNED = 0.3  # of the size: how exactly cells of two rows begin or end at one place
_FIGURES = re.compile(r"\s*[\d,*†‡–−+()]{1,6}\s*")
_MARKER = re.compile(r"\W{1,2}|\(?\w{1,3}[.)]?")  # before an item of a list
_BULLET = re.compile(r"^\s*[\x01-\x08\x0e-\x1f\x7f](?=\s)")  # a sign of a font of its own
_MANY = 50  # cells of a row that are looked at
_CELLS = 3  # that make a row, if no row is beside it


@dataclass(frozen=True)
class _Run:
    """Text that was shown in one go: where its line begins, in points, and its size."""

    text: str
    x: float
    y: float
    size: float
    width: float
    before: str = ""  # what parts it from the run before

    def is_beside(self, other: _Run) -> bool:
        return abs(self.y - other.y) <= _SAME_LINE * max(self.size, other.size)


def page_text(page: PageObject) -> str:
    """A page's text; the cells of a row are parted as `rag.reading.lines` expects it."""
    return "\n".join(_rows([_row(line) for line in _lines(_runs(page))]))


def _runs(page: PageObject) -> list[_Run]:
    found: list[_Run] = []
    rise = 0.0

    def operator(name: bytes, operands: Any, *_: Any) -> None:  # noqa: ANN401 — pypdf's own objects
        nonlocal rise
        if name == b"Ts" and operands and isinstance(operands[0], (int, float)):
            rise = float(operands[0])

    def show(text: str, cm: list[float], tm: list[float], _: Any, size: float) -> None:  # noqa: ANN401
        if text:
            a, b = tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            height = abs(size) * hypot(a, b)
            found.append(_Run(text, x, y + rise * b, height, height * _metrics().get_text_width(text.strip()) / 1_000))

    _part(page)
    page.extract_text(visitor_operand_before=operator, visitor_text=show)
    return found


def _part(page: PageObject) -> None:
    """Let pypdf end a run where a line is shifted or a gap is left, by naming the font once more."""
    before = operations_of(page)
    operations: list[tuple[Any, bytes]] = []
    fonts: list[Any] = [None]
    height: Any = None
    for operands, operator in before:
        if operator == b"Tf":
            fonts[-1] = operands
        elif operator == b"q":
            fonts.append(fonts[-1])
        elif operator == b"Q" and len(fonts) > 1:
            fonts.pop()
        elif fonts[-1] and (operator == b"Ts" or _is_along(operands, operator, height)):
            operations.append((fonts[-1], b"Tf"))
        if operator == b"Tm":
            height = operands[-1] if operands else None
        operations.append((operands, operator))
    if len(operations) > len(before):
        redrawn(page, operations)


@lru_cache(maxsize=1)
def _metrics() -> Font:
    """Letters' usual widths: fonts tell those of their own signs, not of the letters that these stand for."""
    from pypdf.generic._font import Font

    return Font.from_core_font_name("/Helvetica")


def _is_along(operands: Any, operator: bytes, height: Any) -> bool:  # noqa: ANN401 — pypdf's own objects
    """Whether an operator moves along the line."""
    if operator == b"Tm":
        return bool(operands) and operands[-1] == height
    return operator in (b"Td", b"TD") and len(operands) == 2 and not operands[1]


def _lines(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Runs of one line each, raised figures in their places."""
    line: list[_Run] = []
    reach = 0.0  # where the line's text ends
    for place, run in enumerate(runs):
        after = runs[place + 1] if place + 1 < len(runs) else None
        base = next((r for r in reversed(line) if r.size > run.size or r is line[0]), None)
        shifted = _shifted(run, base, after)
        if line and base and (shifted or run.is_beside(base)):
            is_moved = run.x > line[-1].x
            gap = "" if shifted else _gap(line[-1], run, reach if is_moved else run.x)
            text = line[-1].text.rstrip("\n")
            line[-1] = replace(line[-1], text=text.rstrip() if gap == CELL_END else text)
            found = shifted or run
            line.append(replace(found, text=found.text.lstrip() if gap == CELL_END else found.text, before=gap))
            reach = run.x + run.width if is_moved else reach + run.width
        else:
            if line:
                yield line
            line, reach = [shifted or run], run.x + run.width
    if line:
        yield line


def _shifted(run: _Run, base: _Run | None, after: _Run | None) -> _Run | None:
    """A run of figures that stands above or below its line, in superscript or subscript characters."""
    if not _FIGURES.fullmatch(run.text):
        return None
    for other in (base, after):
        if other is None or run.size > _SMALL * other.size:
            continue
        shift = (run.y - other.y) / other.size
        if _SHIFT[0] <= abs(shift) <= _SHIFT[1] and not (other is base and base.text.endswith(" ")):
            figures, end = run.text.strip(), "\n" if run.text.endswith("\n") and not _returns(other, after) else ""
            text = raised(figures) if shift > 0 else lowered(figures, other.text.rstrip("\n"))
            blank = " " if run.text.rstrip("\n").endswith(" ") else ""
            return replace(run, text=text + blank + end, y=other.y)
    return None


def _returns(base: _Run, after: _Run | None) -> bool:
    return after is not None and base.is_beside(after)


def _gap(before: _Run, run: _Run, reach: float) -> str:
    """What parts two runs of a line: nothing, if pypdf has parted them already."""
    if run.x - reach > _GAP * run.size:
        return CELL_END
    return " " if before.text.endswith("\n") else ""


@dataclass(frozen=True)
class _Row:
    """A line's text, and where its cells but the first begin and end."""

    text: str
    edges: tuple[tuple[float, float], ...]
    size: float

    def is_aligned(self, other: _Row) -> bool:
        """Whether a cell stands right below one of the other row."""
        near = _ALIGNED * max(self.size, other.size)
        return any(
            abs(a - b) <= near for mine in self.edges for its in other.edges for a, b in zip(mine, its, strict=True)
        )


def _row(line: list[_Run]) -> _Row:
    edges: list[tuple[float, float]] = []
    for run in line:
        if run.before == CELL_END:
            edges.append((run.x, run.x + run.width))
        elif edges:
            edges[-1] = (edges[-1][0], max(edges[-1][1], run.x + run.width))
    return _Row("".join(run.before + run.text for run in line), tuple(edges[:_MANY]), max(run.size for run in line))


def _rows(rows: list[_Row]) -> Iterator[str]:
    """The lines' texts. A gap parts cells where a row beside has one at the same place; a list's follows a marker."""
    for _, group in groupby(rows, key=lambda row: bool(row.edges)):
        block = list(group)
        is_list = all(_MARKER.fullmatch(row.text.split(CELL_END)[0].strip()) for row in block)
        for place, row in enumerate(block):
            beside = block[max(0, place - 1) : place] + block[place + 1 : place + 2]
            is_row = len(row.edges) + 1 >= _CELLS or any(row.is_aligned(other) for other in beside)
            for line in filter(str.strip, row.text.split("\n")):
                yield _BULLET.sub("•", line if is_row and not is_list else line.replace(CELL_END, " "))
