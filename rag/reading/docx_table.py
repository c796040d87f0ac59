"""Tables of a Word file (WordprocessingML, ECMA-376 part 1, section 17.4): a grid of what the cells show.

Many tables only lay out a page: columns of a letter, a form, a box. Those are no tables to a reader, whose eye goes
through one cell after the other; so are their paragraphs told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rag.reading.grid import told
from rag.reading.package import attribute, child, name
from rag.reading.sheet import Cells

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = ("0", "false", "off")
_COLUMNS = 200  # that a cell may reach over; Word has 63
_PARAGRAPHS = 6  # of a cell; with more it is a part of a page
_PAGE = 1_500  # characters of a cell; with more it is one, too
_WRAPPERS = ("w:sdt", "w:sdtContent", "w:ins", "w:customXml")


class Shows(Protocol):
    """Whoever can say what a cell shows."""

    def paragraphs(self, node: _Element) -> Iterator[str]:
        """A cell's paragraphs."""
        ...


@dataclass(frozen=True)
class _Cell:
    column: int
    wide: int
    goes_on: bool  # the cell above reaches into it
    begins: bool  # it may reach into those below
    parts: tuple[str, ...]
    holds_table: bool


@dataclass(frozen=True)
class _Row:
    cells: tuple[_Cell, ...]
    is_head: bool

    @property
    def is_empty(self) -> bool:
        return not any(cell.parts for cell in self.cells)


def table(node: _Element, text: Shows) -> Iterator[str]:
    """A table as text in the form of all readers, or its cells' paragraphs where it lays out a page.

    Args:
        node: the table.
        text: reads its cells.

    Raises:
        ArticleUnreadable: it has more cells than an article.
    """
    rows = [_row(row, text) for row in _inner(node, "w:tr") if child(row, "w:trPr", "w:del") is None]
    if _is_layout(rows):
        for row in rows:
            for cell in row.cells:
                yield from cell.parts
        return
    heads = 0
    while heads < len(rows) and rows[heads].is_head:
        heads += 1
    shown = told(_grid(rows), heads=sum(not row.is_empty for row in rows[:heads]))
    if shown:
        yield shown


def _is_layout(rows: Sequence[_Row]) -> bool:
    """Whether a table is there for its looks alone."""
    filled = [[cell for cell in row.cells if cell.parts] for row in rows]
    cells = [cell for row in filled for cell in row]
    if all(len(row) < 2 for row in filled) or any(cell.holds_table for cell in cells):
        return True
    if sum(bool(row) for row in filled) == 1 and any(len(cell.parts) > 1 for cell in cells):
        return True
    return any(len(cell.parts) > _PARAGRAPHS or sum(map(len, cell.parts)) > _PAGE for cell in cells)


def _grid(rows: Sequence[_Row]) -> list[list[str]]:
    """What the cells show, merged ones in every place that they cover."""
    grid = Cells()
    reaching: dict[int, tuple[int, _Cell]] = {}  # by column: where a cell began that reaches down
    for number, row in enumerate(rows, start=1):
        grid.put(number, {cell.column: "\n".join(cell.parts) for cell in row.cells if cell.parts and not cell.goes_on})
        for cell in row.cells:
            top, above = reaching.get(cell.column, (number, cell)) if cell.goes_on else (number, cell)
            if cell.begins:
                reaching[cell.column] = (number, cell)
            elif not cell.goes_on:
                reaching.pop(cell.column, None)
            if number > top or cell.wide > 1:
                grid.merge(cell.column, top, cell.column + above.wide - 1, number)
    return grid.grid()


def _row(row: _Element, text: Shows) -> _Row:
    cells: list[_Cell] = []
    at = _number(child(row, "w:trPr", "w:gridBefore"), 0)
    for node in _inner(row, "w:tc"):
        wide = max(1, _number(child(node, "w:tcPr", "w:gridSpan"), 1))
        merged = child(node, "w:tcPr", "w:vMerge")
        begins = merged is not None and attribute(merged, "val") == "restart"
        goes_on = merged is not None and not begins
        parts = tuple(text.paragraphs(node))
        cells.append(_Cell(at, wide, goes_on, begins, parts, next(_inner(node, "w:tbl"), None) is not None))
        at += wide
    head = child(row, "w:trPr", "w:tblHeader")
    return _Row(tuple(cells), head is not None and attribute(head, "val", "1") not in _OFF)


def _inner(node: _Element, kind: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also those in controls and among changes."""
    for inner in node:
        if name(inner) == kind:
            yield inner
        elif name(inner) in _WRAPPERS:
            yield from _inner(inner, kind)


def _number(node: _Element | None, usual: int) -> int:
    value = attribute(node, "val") if node is not None else ""
    return min(int(value), _COLUMNS) if value.isdecimal() and len(value) < 10 else usual
