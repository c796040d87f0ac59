"""The order in which the lines of a scanned page are read: columns one after the other, rows from left to right.

Columns are parted at a gutter that hardly a line crosses, where the lines on both sides fill their column, as prose
does and cells of a table don't (a cut of the kind of Nagy and Seth 1984, "Hierarchical representation of optically
scanned documents", ICPR, p. 347).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin
from statistics import median

from models.protocols import Seen
from rag.reading.pdf_cells import Line, Piece
from rag.reading.pdf_rows import told

_CROSS = 0.2  # of the lines: so many may cross a gutter, such as titles over all columns
_FEW = 4  # lines that a column has at least
_FULL = 0.7  # of its width that a column's lines fill, half of them at least
_PROSE = 3  # words that such a line has
_SAME = 0.5  # of a line's height: lines whose middles differ by less stand side by side
_LETTERS = 0.75  # of a box's height: about the size of its letters
_STOPS = (".", "!", "?", ":", "”", '"')
_DEPTH = 3  # columns within columns


@dataclass(frozen=True)
class _Box:
    """A line of text, upright: its edges in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def page_text(seen: Sequence[Seen]) -> str:
    """The lines of a page as `rag.reading.lines` expects them, rows of tables parted.

    Args:
        seen: the lines in any order; the page may be askew by a few degrees.
    """
    boxes = [box for box in _upright(seen) if box.text.strip() and box.height > 0]
    found: list[str] = []
    for block in _in_order(boxes, _DEPTH):
        if found and (len(block) == 1 or found[-1].endswith(_STOPS)):  # else a paragraph goes on in the next column
            found.append("")
        found += told(_lines(block))
        if len(block) == 1:
            found.append("")
    return "\n".join(found)


def _upright(seen: Sequence[Seen]) -> list[_Box]:
    """The lines turned back by as much as the page is askew."""
    angles = []
    for line in seen:
        (x0, y0), (x1, y1) = line.corners[0], line.corners[1]
        angles.append((atan2(y1 - y0, x1 - x0), hypot(x1 - x0, y1 - y0)))
    longest = sorted(angles, key=lambda pair: -pair[1])[: max(1, len(angles) // 2)]
    angle = median([a for a, _ in longest] or [0.0])
    turn_x, turn_y = cos(-angle), sin(-angle)
    boxes = []
    for line in seen:
        xs = [x * turn_x - y * turn_y for x, y in line.corners]
        ys = [x * turn_y + y * turn_x for x, y in line.corners]
        top, bottom = (ys[0] + ys[1]) / 2, (ys[-1] + ys[-2]) / 2
        boxes.append(_Box(line.text, min(xs), top, max(xs), bottom))
    return boxes


def _in_order(boxes: list[_Box], depth: int) -> list[list[_Box]]:
    """The boxes by blocks, in the order in which they are read."""
    gutter = _gutter(boxes) if depth else None
    if gutter is None:
        return [boxes] if boxes else []
    over = sorted((b for b in boxes if b.left < gutter < b.right), key=lambda b: b.middle)
    rest = [b for b in boxes if not b.left < gutter < b.right]
    blocks: list[list[_Box]] = []
    above = float("-inf")
    for box in [*over, None]:
        below = box.middle if box else float("inf")
        band = [b for b in rest if above <= b.middle < below]
        for side in ([b for b in band if b.right <= gutter], [b for b in band if b.left >= gutter]):
            blocks += _in_order(side, depth - 1)
        if box:
            blocks.append([box])
        above = below
    return blocks


def _gutter(boxes: list[_Box]) -> float | None:
    """Where a white gap parts two columns of prose; None if none does."""
    if len(boxes) < 2 * _FEW:
        return None
    best: tuple[int, float] | None = None
    for gutter in sorted({b.left - 1 for b in boxes}):
        left, right = [b for b in boxes if b.right <= gutter], [b for b in boxes if b.left >= gutter]
        crossing = len(boxes) - len(left) - len(right)
        if min(len(left), len(right)) < _FEW or crossing > _CROSS * len(boxes):
            continue
        if (best is None or crossing < best[0]) and _is_column(left) and _is_column(right):
            best = (crossing, gutter)
    return best[1] if best else None


def _is_column(boxes: list[_Box]) -> bool:
    """Whether lines are prose of one column."""
    width = max(b.right for b in boxes) - min(b.left for b in boxes)
    return (
        median(b.right - b.left for b in boxes) >= _FULL * width
        and median(len(b.text.split()) for b in boxes) >= _PROSE
    )


def _lines(boxes: list[_Box]) -> list[Line]:
    """Boxes side by side as one line each, from the top."""
    rows: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda b: b.middle):
        if rows and abs(rows[-1][0].middle - box.middle) < _SAME * min(rows[-1][0].height, box.height):
            rows[-1].append(box)
        else:
            rows.append([box])
    lines = []
    for row in rows:
        row.sort(key=lambda b: b.left)
        gaps = [0.0, *(b.left - a.right for a, b in zip(row, row[1:], strict=False))]
        pieces = tuple(Piece(b.text, b.left, b.right, gap) for b, gap in zip(row, gaps, strict=True))
        lines.append(Line(pieces, _LETTERS * max(b.height for b in row), -row[0].bottom))
    return lines
