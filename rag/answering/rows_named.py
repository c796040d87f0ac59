"""The figures of all rows that name one thing: "How many minutes did Ada fly in all?" over a log of flights.

All rows hold the name in one and the same column and written alike, and all have a figure in the column that is meant.
A row that holds it elsewhere too, two people who share it, or a cell without a figure leave it unsure, and nothing is
summed.
"""

from __future__ import annotations

import re

from rag.answering.grid import NOTHING, Grid, Line, value
from rag.answering.operands import LIGHT, Operands, Under, column_of, of_figures, unit_of
from rag.asking.sums_asked import SumAsked
from rag.evidence.articles import Articles
from rag.language.words import content_stems

_MOST = 12  # rows that are summed; a longer sum nobody reads
_MONEY = content_stems("amount cost price sum paid spent spend pay expense fee charge value total")
_YEAR = re.compile(r"(?:19|20)\d\d")


def of_rows(asked: SumAsked, table: Under, articles: Articles) -> Operands | None:
    """The figures of all rows that name what a total is asked of; one where one row does; None where it isn't sure.

    Args:
        asked: a total of one part.
        table: where to look.
        articles: the open index.
    """
    [part] = asked.parts
    named = _named(table.grid, content_stems(part.name))
    if named is None:
        return None
    by, lines = named
    column = _column(asked, table, lines)
    if column is None or column == by:
        return None
    return of_figures([(line, column, _label(line, {by, column})) for line in lines], column, table, articles)


def _named(grid: Grid, name: frozenset[str]) -> tuple[int, list[Line]] | None:
    """The rows that hold a name, and in which column; None for none, several columns, or cells that say more."""
    lines = [line for line in grid.lines if not line.is_total]
    held = [(line, [c for c, said in line.said.items() if name <= content_stems(said)]) for line in lines]
    found = [(line, columns) for line, columns in held if columns]
    columns = {c for _, of in found for c in of}
    if not name or len(columns) != 1 or len(found) > _MOST:
        return None
    by = columns.pop()
    if len({line.said[by].lower() for line, _ in found}) != 1:
        return None
    return by, [line for line, _ in found]


def _column(asked: SumAsked, table: Under, lines: list[Line]) -> int | None:
    """The column that the question names, by all of its words or by just the thing counted; of money the only one."""
    grid, measure = table.grid, content_stems(asked.measure)
    if measure:
        counted = [c for c, name in grid.names.items() if content_stems(name) == measure]
        return counted[0] if len(counted) == 1 else column_of(grid, content_stems(asked.rest), table.stems, alone=False)
    if not content_stems(asked.rest) <= LIGHT | table.stems:
        return None
    priced = [c for c in {c for line in lines for c in line.said} if _is_money(grid, c, lines)]
    return priced[0] if len(priced) == 1 else None


def _is_money(grid: Grid, column: int, lines: list[Line]) -> bool:
    """Whether a column holds amounts of money in these rows, by their signs or its name."""
    said = [line.said.get(column, "") for line in lines]
    if any(s in NOTHING or value(s) is None or _YEAR.fullmatch(s) for s in said):
        return False
    name = grid.names.get(column, "")
    return all(unit_of(s) not in ("", "%") for s in said) or bool(
        _MONEY & content_stems(name) or unit_of(name) not in ("", "%")
    )


def _label(line: Line, used: set[int]) -> str:
    """What tells a row from the others: its first cell that is neither the name nor the figure."""
    return next((said for at, said in sorted(line.said.items()) if at not in used and said not in NOTHING), "")
