"""What sheets of all programs have in common: sparse cells, merged ones, hidden ones, and what of them is not read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from rag.errors import ArticleUnreadable
from rag.reading.grid import Rows
from rag.types import Note

MOST_CELLS = 2_000_000  # of a sheet; what has more is a database, not an article

_NAMED = 3  # sheets that a note names
_UNNAMED = re.compile(r"Sheet|[^\W\d]{4,10}[ _]?1")  # "Sheet1", "Tabelle1", "Feuille 1": what programs call the first


@dataclass
class Left:
    """What a workbook holds that its reader doesn't see, or that can't be told."""

    sheets: list[str] = field(default_factory=list)  # hidden ones' names
    rows: int = 0  # hidden
    columns: int = 0  # hidden
    formulas: int = 0  # without a stored result
    missing: int = 0  # sheets that the file lacks

    def add(self, other: Left) -> None:
        """Count another's, too."""
        self.sheets += other.sheets
        self.rows += other.rows
        self.columns += other.columns
        self.formulas += other.formulas
        self.missing += other.missing


class Cells:
    """The visible cells of a sheet, put in one by one."""

    def __init__(self) -> None:
        self.left = Left()
        self.hidden: set[int] = set()  # columns
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._number = 0
        self.next_row = 1  # below the one that was put in last

    def put(self, row: int, cells: dict[int, str], *, is_hidden: bool = False) -> None:
        """Put in a row: its texts by columns, empty ones left out.

        Raises:
            ArticleUnreadable: there are more cells than an article has.
        """
        self.next_row = row + 1
        self._number += len(cells) + 1
        if self._number > MOST_CELLS:
            raise too_many()
        if is_hidden:
            self.left.rows += bool(cells)
        elif cells:
            self._rows[row] = cells

    def merge(self, left: int, top: int, right: int, bottom: int) -> None:
        """Say that cells, the last ones included, are shown as one."""
        self._merged.append((left, top, right, bottom))

    def grid(self) -> Rows:
        """The rows; of those that are empty one stays, to part what stands above and below it.

        Raises:
            ArticleUnreadable: there are more cells than an article has.
        """
        used = {column for cells in self._rows.values() for column in cells}
        self.left.columns = len(used & self.hidden)
        columns = sorted(used - self.hidden)
        if len(columns) * len(self._rows) > MOST_CELLS:
            raise too_many()
        places = sorted(self._rows)
        self._fill(columns, places)
        rows: Rows = []
        for before, at in zip([0, *places], places, strict=False):
            if rows and at > before + 1:
                rows.append([])
            rows.append([self._rows[at].get(column, "") for column in columns])
        return rows

    def _fill(self, columns: list[int], places: list[int]) -> None:
        """Put what is merged over several rows or columns into each; a title over all columns stays one."""
        for left, top, right, bottom in self._merged:
            text = self._rows.get(top, {}).get(left)
            within = [column for column in columns if left <= column <= right]
            if not text or len(within) > 1 and len(within) >= len(columns):
                continue
            covered = places[bisect_left(places, top) : bisect_right(places, bottom)]
            self._number += len(covered) * len(within)
            if self._number > MOST_CELLS:
                raise too_many()
            for at in covered:
                for column in within:
                    self._rows[at].setdefault(column, text)


def too_many() -> ArticleUnreadable:
    """What is said of a table that is too large."""
    return ArticleUnreadable(f"It has more than {MOST_CELLS:,} cells.", "Save what matters of it as a file of its own.")


def letters(column: int) -> str:
    """What spreadsheets call a column, counted from 0: A to Z, AA and so on."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_name(label: str, text: str, *, is_only: bool) -> str:
    """A sheet's text under its name, unless that is only what the program called it."""
    return text if is_only and _UNNAMED.fullmatch(label.strip()) or not label.strip() else f"{label.strip()}\n\n{text}"


def sheet_notes(left: Left) -> tuple[Note, ...]:
    """What a person should know of it."""
    found = []
    if left.sheets:
        names = ", ".join(left.sheets[:_NAMED]) + (" …" if len(left.sheets) > _NAMED else "")
        found.append(f"{_told(len(left.sheets), 'hidden sheet')} not read: {names}.")
    if left.rows:
        found.append(f"{_told(left.rows, 'hidden row')} not read.")
    if left.columns:
        found.append(f"{_told(left.columns, 'hidden column')} not read.")
    if left.formulas:
        found.append(f"{_told(left.formulas, 'formula')} not read: no result is stored with them.")
    if left.missing:
        found.append(f"{_told(left.missing, 'sheet')} not read: the file lacks them.")
    return tuple(Note(text, gap=True) for text in found)


def _told(number: int, what: str) -> str:
    return f"1 {what} was" if number == 1 else f"{number:,} {what}s were"
