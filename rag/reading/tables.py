"""Tables and records as text, in one form whatever file they come from: that of Markdown, which people can read.

A row is a line, its cells between "|"; a line of dashes ends the header. A record, or a row whose cells hold
paragraphs, is a list: "- name: value".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

LONG = 300  # characters; a value that is longer, or has several lines, stands in paragraphs of its own
_BLANKS = re.compile(r"[\t-\r\x1c-\x1f \x85\u2028\u2029]+")  # not the one that holds figures together: 1 234,50
_INDENT = "  "
_DEEPEST = 8  # steps; what is nested deeper is not moved further to the right


def one_line(text: str) -> str:
    """A value on one line, its blanks single."""
    return _BLANKS.sub(" ", text).strip(" ")


def row(cells: Iterable[str]) -> str:
    """A row of a table; a "|" within a cell is escaped."""
    return f"| {' | '.join(one_line(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def table(header: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> str:
    """A table with its header, if it has one.

    Args:
        header: what the columns are called; None if nothing says it.
        rows: all of as many cells as the header has.
    """
    lines = [row(header), f"|{'---|' * len(header)}"] if header else []
    return "\n".join([*lines, *(row(cells) for cells in rows)])


def item(name: str, value: str, depth: int = 0) -> str:
    """A field of a record on a line; a long value in paragraphs beneath its name."""
    start = f"{_INDENT * min(depth, _DEEPEST)}- "
    name, value = one_line(name), value.strip()
    if len(value) <= LONG and len(value.splitlines()) < 2:
        return start + (f"{name}: {one_line(value)}" if name and value else name + one_line(value))
    return f"{start}{name}:\n\n{value}\n" if name else f"{start}{value}\n"


def records(header: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows one by one, each as a list of its fields; empty ones are left out."""
    for cells in rows:
        names = header or [""] * len(cells)
        found = "\n".join(item(name, cell) for name, cell in zip(names, cells, strict=True) if cell.strip())
        if found:
            yield found.rstrip("\n")
