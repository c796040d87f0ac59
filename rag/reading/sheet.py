"""What workbooks of all programs have in common: the names of sheets, and what of them is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rag.types import Note

_NAMED = 3  # sheets that a note names
_UNNAMED = re.compile(r"[^\W\d]{4,10}[ _]?1")  # "Sheet1", "Tabelle1", "Feuille 1": what programs call the first


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
