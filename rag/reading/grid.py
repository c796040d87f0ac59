"""The tables in a grid of cells, such as a spreadsheet or a file of separated values holds them.

People put a title above a table, leave columns empty beside it and rows between its parts, and write remarks beneath.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from rag.reading.tables import LONG, one_line, records, table

Rows = list[list[str]]

_LABEL = 80  # characters; what is longer calls no column
_NAMED = 0.6  # of the columns, if the first row is to name them
_LONG_CELLS = 120  # characters that the cells of a column have on average: a column of paragraphs
_FIGURE = re.compile(r"[(+\-−]?[^\w\s]?\s?\d[\d.,:/'’\s\-−]*(?:[%‰)]|[^\W\d]{0,3}\.?|[^\w\s])?")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")
_YEARS = re.compile(r"(?:1[89]|20|21)\d\d(?: ?[-–/] ?(?:\d\d){1,2})?")


def told(cells: Sequence[Sequence[str]], heads: int = 0) -> str:
    """A grid as text: tables, each with its header, and the lines around them, in their order.

    Args:
        cells: the rows; they may differ in length.
        heads: how many of the first rows are a header, if the file says so.
    """
    width = max((len(cells_) for cells_ in cells), default=0)
    rows = [[*cells_, *[""] * (width - len(cells_))] for cells_ in cells]
    parts: list[str] = []
    open_table: tuple[list[str] | None, list[int], Rows] | None = None
    for block in _blocks(rows):
        lines, body = _taken_apart(block)
        heads, said = 0, min(max(0, heads - len(lines)), len(body) - 1)
        columns = [at for at in range(width) if any(r[at].strip() for r in body)]
        body = [[r[at] for at in columns] for r in body]
        header, above = (_joined(body[:said]), said) if said > 0 else _header(body)
        if open_table and body and not lines and not header and set(columns) <= set(open_table[1]):
            open_table[2].extend(_placed(body, columns, open_table[1]))  # a row was left empty for looks
            continue
        parts += _closed(open_table)
        parts += [one_line(line) if len(line) <= LONG else line.strip() for line in lines]
        open_table = (header, columns, body[above:]) if body else None
    return "\n\n".join([*parts, *_closed(open_table)])


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, an amount, a day or a time rather than words."""
    return len(text) <= _LABEL and bool(_FIGURE.fullmatch(text.strip()))


def _blocks(rows: Rows) -> Iterator[Rows]:
    """Runs of rows that are not empty."""
    for is_filled, run in groupby(rows, key=lambda row: any(cell.strip() for cell in row)):
        if is_filled:
            yield list(run)


def _taken_apart(block: Rows) -> tuple[list[str], Rows]:
    """The lines above a table, and the table; a block of single cells is all lines."""
    filled = [[cell for cell in row if cell.strip()] for row in block]
    start = next((at for at, cells in enumerate(filled) if len(cells) > 1), len(block))
    return [cells[0] for cells in filled[:start]], block[start:]


def _placed(body: Rows, columns: list[int], others: list[int]) -> Rows:
    at = {column: place for place, column in enumerate(columns)}
    return [[row[at[column]] if column in at else "" for column in others] for row in body]


def _header(body: Rows) -> tuple[list[str] | None, int]:
    """What the columns are called, and how many rows say it: one, or two of which the first names groups of columns."""
    if (spread := _spread(body)) is not None:
        body = [spread, *body[1:]]
    elif _names(body, 1):
        return [one_line(cell) for cell in body[0]], 1
    if len(body) > 2 and _groups(body[0]):
        above, below = ([one_line(cell) for cell in row] for row in body[:2])
        joined = [a if a == b else f"{a} {b}".strip() for a, b in zip(above, below, strict=True)]
        named = [name for name in below if name]
        if len(named) >= _NAMED * len(below) and _names([joined, *body[2:]], 1) and not all(map(is_figure, named)):
            return joined, 2
    return None, 0


def _spread(body: Rows) -> list[str] | None:
    """The first row with the name of its group for every column, where the file left it empty but for the first.

    The second row then names every column but the first, in words or in years that come again, above figures.
    """
    if len(body) < 3:
        return None
    above, below = body[0], [one_line(cell) for cell in body[1]]
    own = [(at, name) for at, name in enumerate(below) if at]
    if len(own) < 2 or not all(name for _, name in own) or not any(above[at].strip() for at, _ in own):
        return None
    years = sum(bool(_YEAR.fullmatch(name)) for _, name in own)
    repeated = len({name for _, name in own}) < len(own)
    if any(is_figure(name) and not (_YEAR.fullmatch(name) and years == len(own) and repeated) for _, name in own):
        return None
    if any(is_figure(cell) and not _YEARS.fullmatch(cell.strip()) for cell in above if cell.strip()):
        return None
    figures = sum(2 * sum(is_figure(row[at]) for row in body[2:]) > len(body) - 2 for at, _ in own)
    if 2 * figures <= len(own):
        return None
    found = above[:1]
    for cell in above[1:]:
        found.append(cell if cell.strip() or len(found) == 1 else found[-1])
    return found if found != above else None


def _joined(rows: Rows) -> list[str]:
    """The names of columns that several rows give, what they say twice once."""
    return [" ".join(dict.fromkeys(filter(None, map(one_line, column)))) for column in zip(*rows, strict=True)]


def _groups(row: Sequence[str]) -> bool:
    """Whether a row says a name twice side by side, as one does that stands above several columns."""
    return any(a and a == b for a, b in pairwise(row))


def _names(body: Rows, rows: int) -> bool:
    """Whether the first row names the columns: words, or years above what are none, each said once."""
    if len(body) <= rows:
        return False
    first, below = [one_line(cell) for cell in body[0]], body[rows:]
    named = [name for name in first if name]
    if len(named) < max(2, _NAMED * len(first)) or len({name.casefold() for name in named}) < len(named):
        return False
    for at, name in enumerate(first):
        column = [one_line(row[at]) for row in below]
        if len(name) > _LABEL or name and name in column:
            return False
        if is_figure(name) and (not _YEAR.fullmatch(name) or at == 0 or any(map(_YEAR.fullmatch, column))):
            return False
    return not (all(map(is_figure, named)) and first[0])


def _closed(found: tuple[list[str] | None, list[int], Rows] | None) -> Iterator[str]:
    """The text of a table; one with a column of paragraphs is told row by row."""
    if not found:
        return
    header, columns, rows = found
    filled = [[row[at] for row in rows if row[at].strip()] for at in range(len(columns))]
    if any(sum(map(len, column)) > _LONG_CELLS * len(column) for column in filled if column):
        yield from records(header, rows)
    else:
        yield table(header, rows)
