"""Lines of a PDF page become text; those that are rows of a table keep their cells apart, each in its column.

A gap that no blank makes parts two cells, if the line has several or the line beside has a cell at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TypeVar

from rag.reading.lines import CELL_END
from rag.reading.pdf_cells import ALIGNED, MANY, WITHIN, Line, Piece, gathered, near
from rag.reading.pdf_table import FLUSH, Cell, rows

_T = TypeVar("_T")
_MARKER = re.compile(r"\W{1,2}|\(?\w{1,3}[.)]?")  # before an item of a list
_BULLET = re.compile(r"^\s*[\x01-\x08\x0e-\x1f\x7f\ue000-\uf8ff](?=\s)")  # a sign of a font of its own
_GLUED = re.compile(r"^(\d{1,2}[.)])(?=[A-ZÀ-Þ][^\W\d_])")  # a figure that its text stands right behind
_CELLS = 3  # that make a row, if no row is beside it
_LEADING = (0.9, 3.0)  # of the size: how far apart the lines of a paragraph may be
_APART = 1.25  # of the usual distance: lines farther apart belong to two paragraphs


def told(lines: list[Line]) -> Iterator[str]:
    """The lines' texts; an empty one where a gap parts two paragraphs."""
    lines = gathered(lines)
    starts = [line.starts for line in lines]
    columns = [[x for beside in _beside(starts, at) for x in beside] for at in range(len(lines))]
    cells = [line.cells(columns[at]) for at, line in enumerate(lines)]
    is_row = _going_on([_is_row(cells, at, line.size) for at, line in enumerate(lines)], cells, lines)
    is_row = [of or _names_groups(cells, is_row, at) for at, of in enumerate(is_row)]
    distance = _usual_distance([line for at, line in enumerate(lines) if not is_row[at]])
    placed = [[Cell(_text(cell), cell[0].x, cell[-1].end) for cell in line] for line in cells]
    at = 0
    while at < len(lines):
        if at and _is_apart(lines[at - 1], lines[at], distance):
            yield ""
        if not is_row[at]:
            yield from _plain(cells[at])
            at += 1
            continue
        table, at = rows(lines, placed, is_row, at)
        for row in table:
            text = CELL_END.join(" ".join(cell.split()) for cell in row)
            if text.strip(f"{CELL_END} "):
                yield text


def _is_row(cells: list[list[list[Piece]]], at: int, size: float) -> bool:
    row = cells[at]
    is_item = len(row) < _CELLS and _MARKER.fullmatch(_text(row[0])) is not None
    is_beside = any(_are_aligned(row, other, size) for other in _beside(cells, at))
    return not is_item and (is_beside or len(row) >= _CELLS and not _is_justified(row, size))


def _names_groups(cells: list[list[list[Piece]]], is_row: list[bool], at: int) -> bool:
    """Whether a line stands above a row as names of groups do: each over as many of its columns."""
    if at + 1 == len(cells) or not is_row[at + 1] or len(cells[at]) < 2 or len(cells[at + 1]) > MANY:
        return False
    above, below = cells[at], cells[at + 1][1:]
    size, rest = divmod(len(below), len(above))
    if size < 2 or rest:
        return False
    if all(abs(a[0].x - b[0].x) <= FLUSH for a, b in zip(above, below[::size], strict=True)):
        return True
    middles = [(cell[0].x + cell[-1].end) / 2 for cell in above]
    nearest = [min(range(len(above)), key=lambda n: abs(2 * middles[n] - b[0].x - b[-1].end)) for b in below]
    return nearest == [n for n in range(len(above)) for _ in range(size)]


def _going_on(is_row: list[bool], cells: list[list[list[Piece]]], lines: list[Line]) -> list[bool]:
    """The same with lines below a row whose cells all stand in its columns, though the first looks like a mark."""
    found: list[bool] = []
    fullest: list[list[Piece]] = []
    for said, row, line in zip(is_row, cells, lines, strict=True):
        starts = [cell[0].x for cell in fullest[1:]]
        said = said or len(row) > 1 and all(near(cell[0].x, starts, ALIGNED * line.size) for cell in row)
        fullest = max(fullest, row, key=len) if said else []
        found.append(said)
    return found


def _is_justified(row: list[list[Piece]], size: float) -> bool:
    """Whether all gaps of a line are alike: words that were spread over a narrow column."""
    gaps = [cell[0].gap for cell in row[1:]]
    return max(gaps) - min(gaps) < WITHIN * size


def _plain(cells: list[list[Piece]]) -> Iterator[str]:
    for part in filter(str.strip, " ".join(map(_text, cells)).split("\n")):
        yield _GLUED.sub(r"\1 ", _BULLET.sub("•", part))


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
    is_other = abs(before.size - line.size) > WITHIN * max(before.size, line.size)
    return is_other or before.y - line.y > _APART * distance * line.size


def _beside(items: list[_T], at: int) -> list[_T]:
    return items[max(0, at - 1) : at] + items[at + 1 : at + 2]


def _text(cell: list[Piece]) -> str:
    return "".join(piece.text for piece in cell).strip()


def _are_aligned(row: list[list[Piece]], other: list[list[Piece]], size: float) -> bool:
    """Whether a cell but the first stands right below one of the other row."""
    starts, ends = [cell[0].x for cell in other[1:]], [cell[-1].end for cell in other[1:]]
    by = ALIGNED * size
    return any(near(cell[0].x, starts, by) or near(cell[-1].end, ends, by) for cell in row[1:])
