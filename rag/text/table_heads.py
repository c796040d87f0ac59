"""Heads of two rows: names of groups above the names of columns, which repeat below each group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.text.columns import Place
from rag.text.separated import Cells, is_number, is_year
from rag.types import Span

_LENGTH = 60  # characters of a name, at most
_SPAN = re.compile(r"(?:FY ?)?(?:19|20)\d\d ?[-–/] ?(?:\d\d){1,2}")  # 2022-23
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "N/A"})

_Rows = Sequence[Sequence[Span | None]]


def groups(text: str, kind: str, places: Sequence[Place], rows: _Rows) -> tuple[Span | None, ...] | None:
    """What stands above each column, where the first row names groups of columns and the second the columns.

    Args:
        text: the document's.
        kind: how the cells of a line are parted.
        places: the rows as they stand.
        rows: their cells by columns.

    Returns:
        None where the second row is a row like those below it.
    """
    if len(rows) < 3 or not _are_names(text, places[0].cells) or not _are_sub_heads(text, rows):
        return None
    above = _by_places(places, len(rows[1])) if kind == "gap" else _by_blanks(text, rows[0], rows[1])
    return above if above and any(above) else None


def _said(text: str, cell: Span | None) -> str:
    return text[cell.start : cell.end].strip("*_ \t") if cell else ""


def _are_names(text: str, cells: Cells) -> bool:
    names = [name for cell in cells if (name := _said(text, cell))]
    return bool(names) and all(
        len(name) <= _LENGTH and (not is_number(name) or is_year(name) or _SPAN.fullmatch(name)) for name in names
    )


def _are_sub_heads(text: str, rows: _Rows) -> bool:
    """Whether the second row names every column but the first, most of which hold figures below it."""
    names = [_said(text, cell) for cell in rows[1]]
    own = names[1:]
    if len(own) < 2 or not all(own) or any(len(name) > _LENGTH for name in names):
        return False
    years = [name for name in own if is_year(name) or _SPAN.fullmatch(name)]
    if any(is_number(name) and name not in years for name in names):
        return False
    if years and (len(years) < len(own) or len(set(years)) == len(years)):
        return False
    below = [[_said(text, row[at]) for row in rows[2:] if at < len(row)] for at in range(1, len(names))]
    return 2 * sum(map(_are_figures, below)) > len(below)


def _are_figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell not in _NOTHING]
    return bool(filled) and 2 * sum(map(is_number, filled)) > len(filled)


def _by_blanks(
    text: str, first: Sequence[Span | None], second: Sequence[Span | None]
) -> tuple[Span | None, ...] | None:
    """A group's name stands in the first of its columns, and the others are empty or say it again."""
    found: list[Span | None] = []
    first = [*first, *[None] * (len(second) - len(first))][: len(second)]
    for at, cell in enumerate(first):
        found.append(cell if cell or not at or not second[at] else found[-1])
    said = [text[cell.start : cell.end].strip() if cell else "" for cell in found]
    is_spread = any(a and a == b for a, b in pairwise(said[1:]))
    return tuple(found) if is_spread else None


def _by_places(places: Sequence[Place], width: int) -> tuple[Span | None, ...] | None:
    """A group's name stands somewhere above its columns: that of each is the nearest; all groups are of one size."""
    first = places[0]
    size, rest = divmod(width - 1, len(first.cells))
    full = [place.ranges() for place in places[1:] if len(place.cells) == width]
    if rest or size < 2 or not full:
        return None
    columns = [(min(a for a, _ in of), max(b for _, b in of)) for of in zip(*full, strict=True)][1:]
    middles = [(start + end) / 2 for start, end in first.ranges()]
    near = [min(range(len(middles)), key=lambda n: abs(2 * middles[n] - a - b)) for a, b in columns]
    if near != [n for n in range(len(middles)) for _ in range(size)]:
        return None
    return (None, *(first.cells[n] for n in near))
