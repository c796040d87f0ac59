"""Tables of OpenDocument files, in texts and in spreadsheets: what each cell shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from rag.reading.odf import attribute, name, number
from rag.reading.sheet import Cells

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLUMNS = 16_384
_ROWS = 1_048_576
_HIDDEN = ("collapse", "filter")
_GROUPS = frozenset(
    "table:table-rows table:table-header-rows table:table-row-group table:table-columns table:table-column-group "
    "table:table-header-columns".split()
)
_CELLS = ("table:table-cell", "table:covered-table-cell")


class Shows(Protocol):
    """Whoever can say what a cell shows."""

    def cell(self, node: _Element) -> str:
        """A cell's paragraphs."""
        ...


class Table:
    """The visible cells of a table.

    Raises:
        ArticleUnreadable: it has more cells than an article.
    """

    def __init__(self, node: _Element, text: Shows) -> None:
        self.cells = Cells()
        self.heads = 0  # rows that the file calls the header, if they come first
        self._text = text
        self._row = 1
        self._column = 0
        for part in _parts(node):
            if name(part) == "table:table-row":
                self._put(part)
            else:
                self._look(part)

    def _look(self, column: _Element) -> None:
        """Note a hidden column."""
        repeated = number(column, "table:number-columns-repeated", _COLUMNS)
        if attribute(column, "table:visibility") in _HIDDEN:
            self.cells.hidden.update(range(self._column, min(self._column + repeated, _COLUMNS)))
        self._column += repeated

    def _put(self, row: _Element) -> None:
        repeated = number(row, "table:number-rows-repeated", _ROWS)
        found: dict[int, str] = {}
        at = 0
        for cell in (node for node in row if name(node) in _CELLS):
            times = number(cell, "table:number-columns-repeated", _COLUMNS)
            text = self._shown(cell)
            if text.strip():
                found.update((at + n, text) for n in range(min(times, _COLUMNS)))
                wide = number(cell, "table:number-columns-spanned", _COLUMNS)
                high = number(cell, "table:number-rows-spanned", _ROWS)
                if wide > 1 or high > 1:
                    self.cells.merge(at, self._row, at + wide - 1, self._row + high - 1)
            at += times
        is_hidden = attribute(row, "table:visibility") in _HIDDEN
        for n in range(repeated if found else 0):
            self.cells.put(self._row + n, dict(found), is_hidden=is_hidden)
        if found and not is_hidden and _is_head(row):
            self.heads += repeated
        self._row += repeated

    def _shown(self, cell: _Element) -> str:
        """What a cell shows; of one that a program wrote without its looks, its value."""
        if name(cell) == "table:covered-table-cell":
            return ""
        text = self._text.cell(cell)
        if text.strip():
            return text
        for key in ("office:string-value", "office:date-value", "office:time-value", "office:boolean-value"):
            if attribute(cell, key):
                return attribute(cell, key)
        value, kind = attribute(cell, "office:value"), attribute(cell, "office:value-type")
        if value and kind == "percentage":
            return _percent(value)
        unit = attribute(cell, "office:currency") if kind == "currency" else ""
        if not value and attribute(cell, "table:formula"):
            self.cells.left.formulas += 1
        return f"{value} {unit}".strip()


def _is_head(row: _Element) -> bool:
    parent = row.getparent()
    return parent is not None and name(parent) == "table:table-header-rows"


def _percent(value: str) -> str:
    try:
        return f"{float(value) * 100:.10g}%"
    except ValueError:
        return value


def _parts(node: _Element) -> Iterator[_Element]:
    """The columns and rows of a table."""
    for inner in node:
        kind = name(inner)
        if kind in ("table:table-row", "table:table-column"):
            yield inner
        elif kind in _GROUPS:
            yield from _parts(inner)
