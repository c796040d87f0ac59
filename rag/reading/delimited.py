"""Separated values (`.csv`, `.tsv`, RFC 4180 and what programs make of it): a table with its header.

The cells' text is the file's own: numbers, days and decimal commas stay as they stand.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import Literal

from rag.reading.content import Content
from rag.reading.encoding import decode_or_guess
from rag.reading.grid import Rows, told
from rag.reading.plain import as_text
from rag.reading.sheet import MOST_CELLS, too_many

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 50  # rows
_SAMPLE_TEXT = 64_000  # characters
_ALIKE = 0.75  # of the rows have as many cells as most have, if the separator is right
_SAID = "sep="  # Excel's own first line
_UNCLOSED = "unexpected end of data"


def read_csv(data: bytes) -> Content:
    """A table's text. A file that no separator parts into columns is read as plain text.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding, or has more cells than an article.
    """
    text, notes = decode_or_guess(data)
    csv.field_size_limit(len(data) + 1)
    rows = _rows(text.removeprefix("\ufeff"))
    if rows is None:
        return as_text(text, notes)
    return Content(told(rows), notes=notes)


def _rows(text: str) -> Rows | None:
    first, _, rest = text.partition("\n")
    if first.lower().startswith(_SAID) and len(first.strip()) <= len(_SAID) + 1:
        return _parsed(rest, first.rstrip("\r")[len(_SAID) :] or "\t")
    separator = _separator(text)
    return _parsed(text, separator) if separator else None


def _separator(text: str) -> str | None:
    """What parts the most rows into the same number of cells, more than one; None if nothing does."""
    sample = text[:_SAMPLE_TEXT]
    best: tuple[float, int, str] | None = None
    for sign in _SEPARATORS:
        read = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
        try:
            rows = [len(row) for row in islice(read, _SAMPLE) if any(map(str.strip, row))]
        except csv.Error:
            continue
        rows = rows[:-1] if len(rows) > 2 and len(sample) < len(text) else rows  # the last may be cut off
        parted = [n for n in rows if n > 1]
        cells, number = Counter(parted).most_common(1)[0] if parted else (1, 0)
        share = number / max(1, len(parted))
        # A title above the table, and remarks beneath it, have one cell.
        if cells < 2 or share < _ALIKE or 2 * len(parted) <= len(rows) or len(rows) < 2 <= text.strip().count("\n"):
            continue
        if best is None or (share * len(parted) / len(rows), cells) > best[:2]:
            best = (share * len(parted) / len(rows), cells, sign)
    return best[2] if best else None


def _parsed(text: str, separator: str) -> Rows:
    """The cells of all rows; where a quotation mark is never closed, the marks are characters like others."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as problem:
        if _UNCLOSED in str(problem):
            quoting = csv.QUOTE_NONE
    rows: Rows = []
    cells = 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting):
        cells += len(row) + 1
        if cells > MOST_CELLS:
            raise too_many()
        rows.append(row)
    return rows
