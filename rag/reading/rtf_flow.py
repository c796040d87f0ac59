"""What stands in one flow of a rich text file: paragraphs and tables, put together word by word."""

from __future__ import annotations

from rag.reading.grid import told


class Flow:
    """Paragraphs, and the rows and cells between them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._cell: list[str] = []  # paragraphs of the cell at hand
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    @property
    def last(self) -> str:
        """The words before those that come next, on the same line."""
        return self._line[-1] if self._line else ""

    def add(self, text: str) -> None:
        """Put words at the end of the line."""
        self._line.append(text)

    def end_paragraph(self, *, in_table: bool = False) -> None:
        """End a paragraph; one in a table is a part of its cell."""
        line = self._taken()
        if in_table:
            self._cell += [line] if line else []
            return
        self._end_table()
        if line:
            self._done.append(line)

    def table(self, end: str) -> None:
        """End a cell or a row; those of a table within a table only part words."""
        if end.startswith("nest"):
            self._line.append(" ")
        elif end == "cell":
            self._cells.append("\n".join(filter(None, [*self._cell, self._taken()])))
            self._cell = []
        else:
            self._rows.append(self._cells)
            self._cells = []

    def done(self) -> list[str]:
        """The paragraphs, tables among them."""
        self.end_paragraph()
        return self._done

    def _taken(self) -> str:
        line = "".join(self._line).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
        self._line = []
        return line

    def _end_table(self) -> None:
        rows = [*self._rows, *([self._cells] if self._cells else [])]
        loose, self._rows, self._cells, self._cell = self._cell, [], [], []
        if any(cell for row in rows for cell in row):
            self._done.append(told(rows))
        self._done += loose
