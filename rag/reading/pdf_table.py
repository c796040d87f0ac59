"""The rows of a table on a PDF page: which cell stands in which column, and cells that go on below themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.reading.grid import is_figure
from rag.text.columns import Place, columns
from rag.types import Span

_ALIGNED = 0.5  # of the size: how exactly a cell that goes on begins, or ends, where its column does
_CENTRED = 0.12  # of a group's width, by which its name may stand beside its middle
_TIGHT = 1.4  # of the size: how far below a line its cell may go on
FLUSH = 2.0  # points by which a name and its first column may begin apart
_POINT = 100  # places are counted in hundredths of a point


@dataclass(frozen=True)
class Cell:
    """What stands in a cell's line, and from where to where, in points."""

    text: str
    x: float
    end: float


class Placed(Protocol):
    """A line of a page."""

    @property
    def size(self) -> float:
        """Its letters' size in points."""
        ...

    @property
    def y(self) -> float:
        """Its height on the page in points."""
        ...


def rows(
    lines: Sequence[Placed], cells: Sequence[list[Cell]], is_row: Sequence[bool], first: int
) -> tuple[list[list[str]], int]:
    """The table that begins at a line of a page: its cells row by row, and where the lines after it begin.

    Args:
        lines: the page's.
        cells: what stands in each.
        is_row: whether a line was seen to be a row; one that only goes on with a row's cells need not be.
        first: the table's first line, a row.
    """
    kept = [cells[first]]
    fullest = cells[first]
    at = first + 1
    while at < len(lines):
        goes_on = _goes_on(kept[-1], fullest, lines, cells, is_row, at)
        if not is_row[at] and not goes_on:
            break
        if goes_on:
            kept[-1] = _merged(kept[-1], cells[at])
        else:
            kept.append(cells[at])
        fullest = max(fullest, kept[-1], key=len)
        at += 1
    return _in_columns(kept), at


def _goes_on(
    row: Sequence[Cell],
    fullest: Sequence[Cell],
    lines: Sequence[Placed],
    cells: Sequence[list[Cell]],
    is_row: Sequence[bool],
    at: int,
) -> bool:
    """Whether a line holds nothing but what cells of the row above had no room for."""
    size, above = lines[at].size, lines[at - 1].y - lines[at].y
    if not 0 < above <= _TIGHT * size:
        return False
    places = [_column(cell, fullest, _ALIGNED * size) for cell in cells[at]]
    if None in places or len(set(places)) < len(places):
        return False
    if 0 in places:  # a paragraph may follow, too: only where the next row is farther away
        is_inside = at + 1 < len(lines) and is_row[at + 1] and lines[at].y - lines[at + 1].y > 1.2 * above
        if not is_inside or len(cells[at]) == len(fullest):
            return False
    return not any(
        is_figure(cell.text) and any(is_figure(other.text) and _overlap(cell, other) > 0 for other in row)
        for cell in cells[at]
    )


def _column(cell: Cell, row: Sequence[Cell], by: float) -> int | None:
    """In which column of a row a cell stands, if it begins or ends there and reaches into no other."""
    for number, other in enumerate(row):
        if abs(cell.x - other.x) <= by or abs(cell.end - other.end) <= by:
            after = row[number + 1].x if number + 1 < len(row) else cell.end + 1
            before = row[number - 1].end if number else cell.x - 1
            return number if before < cell.x and cell.end < after else None
    return None


def _overlap(one: Cell, other: Cell) -> float:
    return min(one.end, other.end) - max(one.x, other.x)


def _merged(row: list[Cell], more: Sequence[Cell]) -> list[Cell]:
    """A row whose cells go on."""
    result = list(row)
    for cell in more:
        best = max(range(len(result)), key=lambda at: _overlap(result[at], cell))
        if _overlap(result[best], cell) <= 0:
            result.append(cell)  # it had nothing in that column
        else:
            old = result[best]
            result[best] = Cell(f"{old.text} {cell.text}", min(old.x, cell.x), max(old.end, cell.end))
    return sorted(result, key=lambda cell: cell.x)


def _in_columns(kept: Sequence[list[Cell]]) -> list[list[str]]:
    """Rows with as many cells as the fullest has, empty ones where a row has none."""
    left = min((cell.x for row in kept for cell in row), default=0.0)
    spans = [
        tuple(Span(int((cell.x - left) * _POINT), int(max(cell.x, cell.end) * _POINT - left * _POINT)) for cell in row)
        for row in kept
    ]
    placed = columns([Place(0, row) for row in spans])
    found = []
    for row, line, columns_ in zip(kept, spans, placed, strict=True):
        left_over = list(zip(line, row, strict=True))
        texts = []
        for span in columns_:
            at = next((n for n, (one, _) in enumerate(left_over) if one is span), None)
            texts.append(left_over.pop(at)[1].text if at is not None else "")
        if left_over:  # more cells than columns: nothing may be lost
            texts[-1] = " ".join(filter(None, [texts[-1], *(cell.text for _, cell in left_over)]))
        found.append(texts)
    return _with_groups(found, kept)


def _with_groups(found: list[list[str]], kept: Sequence[list[Cell]]) -> list[list[str]]:
    """The rows, names of groups of columns in each of their columns, if the first two rows are such a header."""
    if (
        len(kept) < 3
        or len(kept[0]) < 1
        or len(kept[0]) >= len(found[0])
        or any(is_figure(c.text) for c in kept[1][:1])
    ):
        return found
    full = next((row for row in kept[1:] if len(row) == len(found[0])), None)
    below = [bool(text) for text in found[1]]
    if full is None or sum(below) < len(below) - 1:
        return found
    if (flush := _flush(kept[0], full)) is not None:
        return [flush, *found[1:]]
    middles = [(cell.x + cell.end) / 2 for cell in full]
    names = [""] * len(middles)
    for cell in kept[0]:
        at = _group(cell, kept[0], full, middles)
        if not at or any(names[n] for n in at):
            return found
        for n in at:
            names[n] = cell.text
    return [names, *found[1:]] if len(set(filter(None, names))) < sum(map(bool, names)) else found


def _flush(above: Sequence[Cell], full: Sequence[Cell]) -> list[str] | None:
    """The names of groups that begin where the first of their columns does, all of one size; None if they don't."""
    size, rest = divmod(len(full) - 1, len(above))
    if rest or size < 2:
        return None
    begins = full[1::size]
    if any(abs(cell.x - column.x) > FLUSH for cell, column in zip(above, begins, strict=True)):
        return None
    return ["", *(cell.text for cell in above for _ in range(size))]


def _group(cell: Cell, row: Sequence[Cell], full: Sequence[Cell], middles: Sequence[float]) -> range:
    """The columns that stand below a cell: those nearer to it than to its neighbours, with it over their middle."""
    middle = (cell.x + cell.end) / 2
    others = [(other.x + other.end) / 2 for other in row if other is not cell]
    near = [n for n, m in enumerate(middles) if all(abs(m - middle) < abs(m - other) for other in others)]
    while len(near) > 1:
        left, right = full[near[0]].x, full[near[-1]].end
        if abs((left + right) / 2 - middle) <= _CENTRED * (right - left):
            break
        near = near[1:] if (left + right) / 2 < middle else near[:-1]
    return range(near[0], near[-1] + 1) if near else range(0)
