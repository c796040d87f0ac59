"""Tables of pages whose cells reach over rows or columns: each place gets what it shows, and heads of two rows are one.

The extractor of main text takes rows as they stand in the markup, where a merged cell stands once: what follows it
would come into the wrong column.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPAN = 100  # rows or columns that a cell may reach over
_MOST = 20_000  # cells of a table that are put in
_CELL = 300  # characters of a cell of figures or words; what is longer is a place on the page
_LAID = frozenset("table img h1 h2 h3 h4 h5 h6 ul ol blockquote hr form pre".split())
_HEADS = 4  # rows that a header may have


def spread(tree: HtmlElement) -> None:
    """Put merged cells into every row and column that they cover, and make one row of a header of several."""
    for table in list(tree.iter("table")):
        if next(table.iterdescendants("table"), None) is not None:  # it lays out the page
            continue
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        heads = _heads(table, rows)
        is_merged = any(_reach(cell, key) > 1 for row in rows for cell in row for key in ("colspan", "rowspan"))
        if not is_merged and heads < 2:
            continue
        grid = _grid(rows)
        if grid:
            _put(list(table.iter("tr")), grid, heads if 1 < heads < len(grid) else 0)


def cells_of(table: HtmlElement) -> list[list[str]]:
    """What the cells of a table show, merged ones spread already; nothing of one that only lays out the page."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2 or table.get("role") in ("presentation", "none") or _lays_out(table):
        return []
    wide = max(map(len, rows))
    if wide < 2 or sum(len(row) == wide for row in rows) < len(rows) - 1 - len(rows) // 4:
        return []
    said = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    filled = [sum(map(bool, column)) for column in zip(*(row for row in said if len(row) == wide), strict=True)]
    return said if sum(map(bool, filled)) > 1 and max(map(len, sum(said, []))) <= _CELL else []


def heads_of(table: HtmlElement) -> int:
    """How many of a table's rows are its header."""
    return _heads(table, [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")])


def _lays_out(table: HtmlElement) -> bool:
    """Whether a table holds others, pictures, or blocks of text: its cells are places on the page."""
    return any(node.tag in _LAID for node in table.iterdescendants())


def _heads(table: HtmlElement, rows: list[list[HtmlElement]]) -> int:
    """How many rows are the header: those that the page calls so, or that hold nothing but names."""
    head = table.find("thead")
    number = len(list(head.iter("tr"))) if head is not None else 0
    if not number:
        while number < len(rows) and rows[number] and all(cell.tag == "th" for cell in rows[number]):
            number += 1
    return number if number <= _HEADS else 0


def _grid(rows: list[list[HtmlElement]]) -> list[list[HtmlElement | None]]:
    """Which cell each place shows; one over the whole width stands once. Nothing of a table that is too large."""
    grid: list[list[HtmlElement | None]] = [[] for _ in rows]
    width = max((sum(_reach(cell, "colspan") for cell in row) for row in rows), default=0)
    total = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(grid[at]) and grid[at][column] is not None:
                column += 1
            wide, high = _reach(cell, "colspan"), _reach(cell, "rowspan")
            is_title = wide > 1 and wide >= width and len(row) == 1
            for line in grid[at : at + high]:
                more = column + wide - len(line)
                total += max(0, more)
                line.extend([None] * more)
                line[column : column + wide] = [cell] + [None if is_title else cell] * (wide - 1)
            if total > _MOST:
                return []
            column += wide
    return grid


def _put(rows: list[HtmlElement], grid: list[list[HtmlElement | None]], heads: int) -> None:
    names = (
        [_name([line[at] for line in grid[:heads] if at < len(line)]) for at in range(len(grid[0]))] if heads else []
    )
    for number, (row, line) in enumerate(zip(rows, grid, strict=True)):
        if number and number < heads:
            row.drop_tree()
            continue
        tail = row.tail
        cells = [_copy(row, cell) for cell in line]
        for at, name in enumerate(names if not number else ()):
            for inner in list(cells[at]):
                cells[at].remove(inner)
            cells[at].tag, cells[at].text = "th", name
        row.clear()
        row.tail = tail
        row.extend(cells)


def _copy(row: HtmlElement, cell: HtmlElement | None) -> HtmlElement:
    made = deepcopy(cell) if cell is not None else row.makeelement("td")
    for key in ("colspan", "rowspan"):
        made.attrib.pop(key, None)
    made.tail = None
    return made


def _name(cells: list[HtmlElement | None]) -> str:
    """A column's name out of all rows of the header, what they say twice once."""
    said = (" ".join(cell.text_content().split()) for cell in cells if cell is not None)
    return " ".join(dict.fromkeys(filter(None, said)))


def _reach(cell: HtmlElement, key: str) -> int:
    value = (cell.get(key) or "").strip()
    return max(1, min(int(value), _SPAN)) if value.isdecimal() and len(value) < 6 else 1
