"""Text on a PDF page with its places: pieces, the lines that they stand on, and lines that are cells of one row.

A cell whose text was broken into several lines is drawn as a whole before the next one: what comes after it stands
higher again, and to the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

GAP = 0.7  # of the size: a wider gap may part cells; between words even justified lines seldom leave so much
WITHIN = 0.15  # of the size: a smaller gap stands within a word
_BLANK = 0.4  # of the size: more room than a blank takes
ALIGNED = 0.3  # of the size: how exactly cells of two rows begin or end at one place
MANY = 50  # cells of a row that are looked at
_UP = 4.0  # of the size: how much higher the next cell of a row may begin; columns of a page begin far higher
_GUESSED = 0.15  # of a text's width, by which it may be less wide than it is taken for
_STACK = 8  # lines that a cell may have


@dataclass(frozen=True)
class Piece:
    """Text that was put at a place of its own; `gap` is how far from the end of the text before it, in points."""

    text: str
    x: float
    end: float
    gap: float


@dataclass(frozen=True)
class Line:
    """What stands on one line, from left to right; `y` is its height on the page in points."""

    pieces: tuple[Piece, ...]
    size: float
    y: float = 0.0

    @property
    def starts(self) -> list[float]:
        """Where cells begin that a gap parts from what is before them."""
        return [p.x for p in self.pieces[1:] if p.gap > GAP * self.size][:MANY]

    def cells(self, columns: Sequence[float]) -> list[list[Piece]]:
        """The pieces by cells; at a column of the line beside a cell may begin without a gap."""
        cells = [[self.pieces[0]]]
        for piece in self.pieces[1:]:
            is_column = near(piece.x, columns, ALIGNED * self.size) and self._may_part(cells[-1][-1], piece)
            if len(cells) < MANY and (piece.gap > GAP * self.size or is_column):
                cells.append([piece])
            else:
                cells[-1].append(piece)
        return cells

    def _may_part(self, before: Piece, piece: Piece) -> bool:
        """Whether two cells may meet here: not where a blank, or a word that goes on, shows that it is one line."""
        is_word = piece.gap < WITHIN * self.size and before.text[-1:].isalpha() and piece.text[:1].islower()
        has_blank = before.text[-1:] == " " or piece.text[:1] == " "
        return not is_word and piece.gap > (_BLANK if has_blank else -ALIGNED) * self.size


def near(x: float, places: Sequence[float], by: float) -> bool:
    """Whether one of some places is no farther away than `by`."""
    return any(abs(x - place) <= by for place in places)


def gathered(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that are cells of one row as one; in the order in which the page draws them."""
    found: list[Line] = []
    for line in lines:
        first = len(found)
        if found and ALIGNED * line.size < line.y - found[-1].y <= _UP * line.size:
            while first and len(found) - first < _STACK and _is_left(found[first - 1], line):
                first -= 1
        if first < len(found):
            found[first:] = [_row([*found[first:], line])]
        else:
            found.append(line)
    return found


def _is_left(before: Line, line: Line) -> bool:
    """Whether a line ends before another begins, about as high on the page."""
    last, first = before.pieces[-1], line.pieces[0]
    is_near = abs(before.y - line.y) <= _UP * line.size
    return is_near and last.x < first.x and last.end - _GUESSED * (last.end - last.x) <= first.x + ALIGNED * line.size


def _is_below(piece: Piece, other: Piece, by: float) -> bool:
    """Whether two pieces begin, end, or have their middle at one place."""
    starts, ends = piece.x - other.x, piece.end - other.end
    return min(abs(starts), abs(ends), abs(starts + ends) / 2) <= by


def _row(lines: Sequence[Line]) -> Line:
    """Lines as one: what stands below each other is one piece."""
    pieces: list[Piece] = []
    by = 2 * ALIGNED * max(line.size for line in lines)
    for piece in (piece for line in lines for piece in line.pieces):
        at = next((n for n, other in enumerate(pieces) if _is_below(piece, other, by)), None)
        if at is None:
            pieces.append(piece)
        else:
            old = pieces[at]
            text = f"{old.text.rstrip()} {piece.text.lstrip()}"
            pieces[at] = replace(old, text=text, x=min(old.x, piece.x), end=max(old.end, piece.end))
    pieces.sort(key=lambda piece: piece.x)
    gaps = [0.0, *(after.x - before.end for before, after in zip(pieces, pieces[1:], strict=False))]
    placed = tuple(replace(piece, gap=gap) for piece, gap in zip(pieces, gaps, strict=True))
    return Line(placed, max(line.size for line in lines), min(line.y for line in lines))
