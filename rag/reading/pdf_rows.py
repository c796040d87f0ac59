"""Lines of a PDF page become text; those that are rows of a table keep their cells apart.

A gap that no blank makes parts two cells, if the line has several or the line beside has a cell at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rag.reading.lines import CELL_END

_T = TypeVar("_T")
_GAP = 0.7  # of the size: a wider gap may part cells; between words even justified lines seldom leave so much
_ALIGNED = 0.3  # of the size: how exactly cells of two rows begin or end at one place
_MARKER = re.compile(r"\W{1,2}|\(?\w{1,3}[.)]?")  # before an item of a list
_BULLET = re.compile(r"^\s*[\x01-\x08\x0e-\x1f\x7f](?=\s)")  # a sign of a font of its own
_MANY = 50  # cells of a row that are looked at
_CELLS = 3  # that make a row, if no row is beside it


@dataclass(frozen=True)
class Piece:
    """Text that was put at a place of its own; `gap` is how far from the end of the text before it, in points."""

    text: str
    x: float
    end: float
    gap: float


@dataclass(frozen=True)
class Line:
    """What stands on one line, from left to right."""

    pieces: tuple[Piece, ...]
    size: float

    @property
    def starts(self) -> list[float]:
        """Where cells begin that a gap parts from what is before them."""
        return [p.x for p in self.pieces[1:] if p.gap > _GAP * self.size][:_MANY]

    def cells(self, columns: Sequence[float]) -> list[list[Piece]]:
        """The pieces by cells; at a column of the line beside a cell may begin without a gap."""
        cells = [[self.pieces[0]]]
        for piece in self.pieces[1:]:
            is_column = piece.gap > -_ALIGNED * self.size and _near(piece.x, columns, _ALIGNED * self.size)
            if len(cells) < _MANY and (piece.gap > _GAP * self.size or is_column):
                cells.append([piece])
            else:
                cells[-1].append(piece)
        return cells


def _near(x: float, places: Sequence[float], by: float) -> bool:
    return any(abs(x - place) <= by for place in places)


def told(lines: list[Line]) -> Iterator[str]:
    """The lines' texts."""
    starts = [line.starts for line in lines]
    columns = [[x for beside in _beside(starts, at) for x in beside] for at in range(len(lines))]
    cells = [line.cells(columns[at]) for at, line in enumerate(lines)]
    for at, line in enumerate(lines):
        texts = [_text(cell) for cell in cells[at]]
        is_row = len(texts) >= _CELLS or any(_are_aligned(cells[at], other, line.size) for other in _beside(cells, at))
        is_item = bool(_MARKER.fullmatch(texts[0])) and len(texts) < _CELLS
        text = (CELL_END if is_row and not is_item else " ").join(texts)
        for part in filter(str.strip, text.split("\n")):
            yield _BULLET.sub("•", part)


def _beside(items: list[list[_T]], at: int) -> list[list[_T]]:
    return items[max(0, at - 1) : at] + items[at + 1 : at + 2]


def _text(cell: list[Piece]) -> str:
    return "".join(piece.text for piece in cell).strip()


def _are_aligned(row: list[list[Piece]], other: list[list[Piece]], size: float) -> bool:
    """Whether a cell but the first stands right below one of the other row."""
    starts, ends = [cell[0].x for cell in other[1:]], [cell[-1].end for cell in other[1:]]
    by = _ALIGNED * size
    return any(_near(cell[0].x, starts, by) or _near(cell[-1].end, ends, by) for cell in row[1:])
