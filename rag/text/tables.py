"""Tables in a text: where their rows, cells and heads stand, however they are laid out.

Known are Markdown's and the readers' own bars ("Plums | 418 | 266"), tabs, comma- and semicolon-separated values, and
columns that blanks or dots align. Read off the characters alone; everything is a place in the text, nothing is copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from rag.text.columns import Place, columns
from rag.text.separated import Cells, cells_of, is_number, is_rule, is_year
from rag.text.table_heads import groups
from rag.types import Span

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "N/A", "none"})
_HEAD_LENGTH = 60  # characters of a column's name, at most
_PROSE = 40  # characters of the last cell of rows without a head, from where on they are sentences
_LONGER = 1.3  # how much longer the cells of a table of words are than the names of its columns


_ABOVE, _ABOVE_LINES = 400, 4  # characters and lines above a table's first row in which its head may stand
_APART = 3  # characters by which a figure may end off the name of its column
_UNIT = re.compile(r"[£$€¥]|[£$€¥]?[ ]?(?:000|'000|m|million|thousand)s?", re.I)


@dataclass(frozen=True)
class Row:
    """One line of a table; `cells[i]` is what stands in the i-th column, None where nothing does."""

    span: Span
    cells: tuple[Span | None, ...]


@dataclass(frozen=True)
class Table:
    """The rows of a table below its head, which names the columns if it has one.

    Of a head of two rows `head` is the lower one; `above` is the other, with the name of its group for every column.
    """

    head: Row | None
    rows: tuple[Row, ...]
    above: Row | None = None

    @property
    def heads(self) -> tuple[Row, ...]:
        """The rows that name columns."""
        return tuple(row for row in (self.above, self.head) if row)

    def group(self, column: int) -> Span | None:
        """What the upper row of the head calls the group of a column."""
        return self.above.cells[column] if self.above and column < len(self.above.cells) else None

    def name(self, column: int) -> Span | None:
        """What the head calls a column."""
        return self.head.cells[column] if self.head and column < len(self.head.cells) else None


def lines_of(text: str) -> list[tuple[int, int]]:
    """Where the lines of a text stand that aren't blank."""
    return [m.span() for m in LINE.finditer(text) if not m.group().isspace()]


def tables(text: str) -> tuple[Table, ...]:
    """The tables of a text, in order. Takes time proportional to the text's length."""
    found: list[Table] = []
    for kind, run in _runs(text):
        table = _table(text, kind, run)
        if table.head is None and kind in ("gap", "tab") and (_is_prose(table) or _is_head_alone(text, table)):
            continue
        if table.head is None and kind == "gap":
            table = replace(table, head=_head_apart(text, table))
        if table.head is None and found and _goes_on(text, found[-1], table):
            table = Table(found[-1].head, table.rows, found[-1].above)  # on the next page
        found.append(table)
    return tuple(found)


def row_lines(text: str) -> frozenset[int]:
    """Where the lines begin that are rows of tables, heads included."""
    return frozenset(row.span.start for table in tables(text) for row in (*table.heads, *table.rows))


def _runs(text: str) -> Iterator[tuple[str, list[tuple[Span, Cells]]]]:
    """(how its cells are parted, (line, cells) of each) of every run of lines that may be a table."""
    run: list[tuple[Span, Cells]] = []
    kind, before, apart = "", 0, False
    for start, end in lines_of(text):
        line = Span(start, end)
        of, cells = cells_of(text, line)
        if kind == "bar" and len(run) > 1 and apart and is_rule(text, line) and _breaks(text, before, start) == 1:
            if _is_table(text, kind, run[:-1]):  # what a rule stands below names the columns of another table
                yield kind, run[:-1]
            run = run[-1:]
        apart = _breaks(text, before, start) > 1
        if run and of and (of == kind or is_rule(text, line)) and _follows(text, kind, run, line, cells, before):
            run.append((line, cells))
        elif run and is_rule(text, line) and _breaks(text, before, start) == 1:
            run.append((line, ()))
        else:
            if _is_table(text, kind, run):
                yield kind, run
            run, kind = ([(line, cells)], of) if of else ([], "")
        before = end
    if _is_table(text, kind, run):
        yield kind, run


def _breaks(text: str, before: int, start: int) -> int:
    between = text[before:start][:200].replace("\r\n", "\n")
    return sum(c in "\n\r" for c in between)


def _follows(text: str, kind: str, run: list[tuple[Span, Cells]], line: Span, cells: Cells, before: int) -> bool:
    """Whether a line goes on with a table."""
    breaks = _breaks(text, before, line.start)
    if breaks > 2 or breaks > 1 and kind in ("csv", "tab"):  # a blank line parts the rows of pages and of columns
        return False
    last = next((of for _, of in reversed(run) if of), ())
    if kind == "csv":
        return len(cells) == len(last)
    if kind == "gap" and cells:
        return breaks == 1 or _are_aligned(run, line, cells)
    return True


def _are_aligned(run: list[tuple[Span, Cells]], line: Span, cells: Cells) -> bool:
    """Whether a cell but the first begins or ends where one of the rows before does."""
    starts = {c.start - at.start for at, of in run[-8:] for c in of[1:]}
    ends = {c.end - at.start for at, of in run[-8:] for c in of[1:]}
    return any(c.start - line.start in starts or c.end - line.start in ends for c in cells[1:])


def _is_table(text: str, kind: str, run: list[tuple[Span, Cells]]) -> bool:
    rows = [(line, cells) for line, cells in run if cells]
    if len(rows) < 2:
        return False
    if kind == "csv":
        begins = [text[c.start - 1 - (text[c.start - 1] == '"')] for _, of in rows[:20] for c in of[1:]]
        return 10 * sum(map(str.isspace, begins)) <= len(begins)  # in prose a blank follows every comma
    if kind == "gap":
        return any(_are_aligned([one], line, cells) for one, (line, cells) in pairwise(rows))
    return True


def _table(text: str, kind: str, run: list[tuple[Span, Cells]]) -> Table:
    ruled = next((at for at, (_, cells) in enumerate(run) if not cells), None)
    lines = [(line, cells) for line, cells in run if cells]
    places = [Place(line.start, cells) for line, cells in lines]
    if kind == "gap":
        rows = [Row(line, of) for (line, _), of in zip(lines, columns(places), strict=True)]
    else:
        rows = [Row(line, tuple(c if c.end > c.start else None for c in cells)) for line, cells in lines]
    if (above := groups(text, kind, places, [row.cells for row in rows])) is not None:
        return Table(rows[1], tuple(rows[2:]), Row(rows[0].span, above))
    if ruled == 1 and kind == "bar" or _names(text, rows[0], rows[1:], kind):
        return Table(rows[0], tuple(rows[1:]))
    return Table(None, tuple(rows))


def _names(text: str, first: Row, body: Sequence[Row], kind: str) -> bool:
    """Whether the first row names the columns: it holds no figures but years, and isn't just one more of the rows."""
    said = [text[c.start : c.end] if c else "" for c in first.cells]
    filled = [name for name in said if name.strip()]
    if not filled or any(len(name) > _HEAD_LENGTH for name in filled) or said[0].rstrip().endswith(":"):
        return False
    if any(is_number(name) and not is_year(name) for name in filled):
        return False
    if not said[0].strip() and len(filled) == len(said) - 1 or kind == "csv":
        return True
    below = [[_cell(text, row, column) for row in body] for column in range(1, len(said))]
    if any(_are_figures(cells) for cells in below):
        return True
    if len(body) < 2:
        return False
    if len(said) > 2:
        return all(name.strip() for name in said)
    lengths = [len(cell) for cells in below for cell in cells if cell]
    return len(filled) == 2 and bool(lengths) and fmean(lengths) >= _LONGER * len(said[1])


def _cell(text: str, row: Row, column: int) -> str:
    cell = row.cells[column] if column < len(row.cells) else None
    return text[cell.start : cell.end].strip() if cell else ""


def _are_figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell not in _NOTHING]
    return bool(filled) and 2 * sum(map(is_number, filled)) > len(filled)


def _is_prose(table: Table) -> bool:
    """Whether the rows are notes behind their dates rather than a table."""
    lengths = [row.cells[-1].end - row.cells[-1].start for row in table.rows if row.cells[-1]]
    return bool(lengths) and fmean(lengths) > _PROSE


def _is_head_alone(text: str, table: Table) -> bool:
    """Whether the lines only name columns, by years and what the figures below are in."""
    said = [text[c.start : c.end] for row in table.rows for c in row.cells if c]
    return all(is_year(one) or _UNIT.fullmatch(one) for one in said)


def _head_apart(text: str, table: Table) -> Row | None:
    """The years above the columns of accounts, parted from the rows by the name of their group: "Income"."""
    first, width = table.rows[0], len(table.rows[0].cells)
    before = lines_of(text[max(0, first.span.start - _ABOVE) : first.span.start])[-_ABOVE_LINES:]
    for start, end in reversed(before):
        at = max(0, first.span.start - _ABOVE)
        line = Span(at + start, at + end)
        _, cells = cells_of(text, line)
        said = [text[c.start : c.end] for c in cells]
        if len(cells) == width - 1 and all(map(is_year, said)):
            ends = [c.end - line.start for c in cells]
            below = [c.end - first.span.start for c in first.cells[1:] if c]
            apart = [abs(a - b) for a, b in zip(ends, below, strict=False)]
            return Row(line, (None, *cells)) if len(below) == len(ends) and max(apart) <= _APART else None
        if len(cells) > 1 and not all(_UNIT.fullmatch(one) for one in said):
            return None
    return None


def _goes_on(text: str, before: Table, table: Table) -> bool:
    """Whether a table without a head is the rest of the one before, on the next page."""
    if not before.head or not before.rows or len(table.rows[0].cells) != len(before.head.cells):
        return False
    between = text[before.rows[-1].span.end : table.rows[0].span.start]
    return len(between) < 200 and len(lines_of(between)) <= 2
