"""Lines of a PDF page become text; those that are rows of a table keep their cells apart, each in its column.

A gap that no blank makes parts two cells, if the line has several or the line beside has a cell at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from rag.reading.lines import CELL_END
from rag.reading.pdf_table import Cell, rows

_T = TypeVar("_T")
_GAP = 0.7  # of the size: a wider gap may part cells; between words even justified lines seldom leave so much
_WITHIN = 0.15  # of the size: a smaller gap stands within a word
_ALIGNED = 0.3  # of the size: how exactly cells of two rows begin or end at one place
_MARKER = re.compile(r"\W{1,2}|\(?\w{1,3}[.)]?")  # before an item of a list
_BULLET = re.compile(r"^\s*[\x01-\x08\x0e-\x1f\x7f](?=\s)")  # a sign of a font of its own
_MANY = 50  # cells of a row that are looked at
_CELLS = 3  # that make a row, if no row is beside it
_LEADING = (0.9, 3.0)  # of the size: how far apart the lines of a paragraph may be
_APART = 1.25  # of the usual distance: lines farther apart belong to two paragraphs


@dataclass(frozen=True)
class Piece:
    """Text that was put at a place of its own; `gap` is how far from the end of the text before it, in points."""

    text: str
    x: float
    end: float
    gap: float


@dataclass(frozen=True)
class Line:
    """What stands on one line, from left to right; `y` is its height on the page in points."""

    pieces: tuple[Piece, ...]
    size: float
    y: float = 0.0

    @property
    def starts(self) -> list[float]:
        """Where cells begin that a gap parts from what is before them."""
        return [p.x for p in self.pieces[1:] if p.gap > _GAP * self.size][:_MANY]

    def cells(self, columns: Sequence[float]) -> list[list[Piece]]:
        """The pieces by cells; at a column of the line beside a cell may begin without a gap."""
        cells = [[self.pieces[0]]]
        for piece in self.pieces[1:]:
            is_column = _near(piece.x, columns, _ALIGNED * self.size) and self._may_part(cells[-1][-1], piece)
            if len(cells) < _MANY and (piece.gap > _GAP * self.size or is_column):
                cells.append([piece])
            else:
                cells[-1].append(piece)
        return cells

    def _may_part(self, before: Piece, piece: Piece) -> bool:
        """Whether two cells may meet here: not where a blank, or a word that goes on, shows that it is one line."""
        is_word = piece.gap < _WITHIN * self.size and before.text[-1:].isalpha() and piece.text[:1].islower()
        has_blank = before.text[-1:] == " " or piece.text[:1] == " "
        return piece.gap > -_ALIGNED * self.size and not is_word and not has_blank


def _near(x: float, places: Sequence[float], by: float) -> bool:
    return any(abs(x - place) <= by for place in places)


def told(lines: list[Line]) -> Iterator[str]:
    """The lines' texts; an empty one where a gap parts two paragraphs."""
    starts = [line.starts for line in lines]
    columns = [[x for beside in _beside(starts, at) for x in beside] for at in range(len(lines))]
    cells = [line.cells(columns[at]) for at, line in enumerate(lines)]
    is_row = [_is_row(cells, at, line.size) for at, line in enumerate(lines)]
    distance = _usual_distance([line for at, line in enumerate(lines) if not is_row[at]])
    at = 0
    while at < len(lines):
        if at and _is_apart(lines[at - 1], lines[at], distance):
            yield ""
        if not is_row[at]:
            yield from _plain(cells[at])
            at += 1
            continue
        placed = [[Cell(_text(cell), cell[0].x, cell[-1].end) for cell in line] for line in cells[at:]]
        table, taken = rows(lines[at:], placed, is_row[at:])
        for row in table:
            text = CELL_END.join(" ".join(cell.split()) for cell in row)
            if text.strip(f"{CELL_END} "):
                yield text
        at += taken


def _is_row(cells: list[list[list[Piece]]], at: int, size: float) -> bool:
    row = cells[at]
    is_item = len(row) < _CELLS and _MARKER.fullmatch(_text(row[0])) is not None
    is_beside = any(_are_aligned(row, other, size) for other in _beside(cells, at))
    return not is_item and (is_beside or len(row) >= _CELLS and not _is_justified(row, size))


def _is_justified(row: list[list[Piece]], size: float) -> bool:
    """Whether all gaps of a line are alike: words that were spread over a narrow column."""
    gaps = [cell[0].gap for cell in row[1:]]
    return max(gaps) - min(gaps) < _WITHIN * size


def _plain(cells: list[list[Piece]]) -> Iterator[str]:
    for part in filter(str.strip, " ".join(map(_text, cells)).split("\n")):
        yield _BULLET.sub("•", part)


def _usual_distance(lines: Sequence[Line]) -> float:
    """How far apart the lines of a page's paragraphs are, in parts of their size; 0 if nothing tells it.

    A line that begins with a small letter goes on with the one above it.
    """
    pairs = zip(lines, lines[1:], strict=False)
    found = [(a.y - b.y) / b.size for a, b in pairs if b.size > 0 and b.pieces[0].text.lstrip()[:1].islower()]
    return median([d for d in found if _LEADING[0] <= d <= _LEADING[1]] or [0.0])


def _is_apart(before: Line, line: Line, distance: float) -> bool:
    """Whether a gap above a line, or its other size, tells that it begins a paragraph, as no small letter does."""
    if distance == 0 or line.pieces[0].text.lstrip()[:1].islower() or before.y <= line.y:
        return False
    is_other = abs(before.size - line.size) > _WITHIN * max(before.size, line.size)
    return is_other or before.y - line.y > _APART * distance * line.size


def _beside(items: list[_T], at: int) -> list[_T]:
    return items[max(0, at - 1) : at] + items[at + 1 : at + 2]


def _text(cell: list[Piece]) -> str:
    return "".join(piece.text for piece in cell).strip()


def _are_aligned(row: list[list[Piece]], other: list[list[Piece]], size: float) -> bool:
    """Whether a cell but the first stands right below one of the other row."""
    starts, ends = [cell[0].x for cell in other[1:]], [cell[-1].end for cell in other[1:]]
    by = _ALIGNED * size
    return any(_near(cell[0].x, starts, by) or _near(cell[-1].end, ends, by) for cell in row[1:])
