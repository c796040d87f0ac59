"""Columns that blanks align: which cell of a row stands in which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Span

_MOST = 40  # columns


@dataclass(frozen=True)
class Place:
    """A row as it stands: where its line begins, and its cells."""

    start: int
    cells: tuple[Span, ...]

    def ranges(self) -> list[tuple[int, int]]:
        """Its cells as distances from the line's beginning."""
        return [(c.start - self.start, c.end - self.start) for c in self.cells]


def columns(rows: Sequence[Place]) -> list[tuple[Span | None, ...]]:
    """For each row its cells by columns, None where a column is empty. The fullest row tells where the columns are."""
    edges = max((row.ranges()[:_MOST] for row in rows), key=len)
    bounds = [[start, end] for start, end in edges]
    for row in rows:
        if len(row.cells) == len(edges):
            for bound, (start, end) in zip(bounds, row.ranges(), strict=False):
                bound[0], bound[1] = min(bound[0], start), max(bound[1], end)
    return [_filled(row, bounds) for row in rows]


def _filled(row: Place, bounds: Sequence[Sequence[int]]) -> tuple[Span | None, ...]:
    if len(row.cells) == len(bounds):
        return tuple(row.cells)
    found: list[Span | None] = [None] * len(bounds)
    at = 0  # columns only go to the right
    for number, (cell, (start, end)) in enumerate(zip(row.cells, row.ranges(), strict=True)):
        last = len(bounds) - max(0, len(row.cells) - number - 1)  # the cells that follow need columns, too
        free = range(at, max(at + 1, min(last, len(bounds))))
        if at >= len(bounds):
            break
        best = max((c for c in free if c < len(bounds)), key=lambda c: _fit(bounds[c], start, end))
        found[best] = cell
        at = best + 1
    return tuple(found)


def _fit(bound: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """How much of a cell lies in a column; else how near it lies."""
    overlap = min(bound[1], end) - max(bound[0], start)
    return overlap, -min(abs(bound[0] - start), abs(bound[1] - end))
