"""What stands in one flow of a rich text file: paragraphs and tables, put together word by word."""

from __future__ import annotations

from rag.reading.grid import told

_NEAR = 30  # twips by which two edges may differ and be one
_MOST = 100  # columns


class Flow:
    """Paragraphs, and the rows and cells between them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._cell: list[str] = []  # paragraphs of the cell at hand
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._edges: list[tuple[int, ...]] = []  # of each of them
        self._ends: list[int] = []  # where the cells of the row at hand end, in twips

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
            self._edges.append(tuple(self._ends))
            self._cells = []

    def edge(self, end: int | None) -> None:
        """Where the next cell of a row ends, in twips; None where a row is described anew."""
        if end is None:
            self._ends = []
        else:
            self._ends.append(end)

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
        edges = [*self._edges, *([tuple(self._ends)] if self._cells else [])]
        loose, self._rows, self._edges, self._cells, self._cell = self._cell, [], [], [], []
        if any(cell for row in rows for cell in row):
            self._done.append(told(_spread(rows, edges)))
        self._done += loose


def _spread(rows: list[list[str]], edges: list[tuple[int, ...]]) -> list[list[str]]:
    """The rows with what stands in a cell over several columns in each of them; over the whole width it stands once."""
    if any(len(row) != len(of) or sorted(set(of)) != list(of) for row, of in zip(rows, edges, strict=True)):
        return rows
    ends: list[int] = []
    for end in sorted({end for of in edges for end in of}):
        if not ends or end - ends[-1] > _NEAR:
            ends.append(end)
    if all(len(row) == len(ends) for row in rows) or len(ends) > _MOST:
        return rows
    found = []
    for row, of in zip(rows, edges, strict=True):
        at, told_ = 0, list[str]()
        for cell, end in zip(row, of, strict=True):
            wide = sum(e <= end + _NEAR for e in ends[at:])
            told_ += [cell] * wide if len(row) > 1 else [cell, *[""] * (wide - 1)]
            at += wide
        found.append(told_)
    return found
