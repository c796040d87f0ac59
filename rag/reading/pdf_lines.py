"""The text of a PDF page line by line, with what only places on the page tell: raised figures, and rows of a table.

pypdf puts characters in order and tells where each run of them stands. Runs on one line with a gap between them
that no blank makes are cells; a small run a little above the line is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot
from typing import TYPE_CHECKING, Any

from rag.reading.pdf_cells import Line, Piece
from rag.reading.pdf_rows import told
from rag.reading.pdf_visible import redrawn
from rag.reading.raised import lowered, raised

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic._font import Font

_SAME_LINE = 0.3  # of a run's size: baselines that differ by less are one line
_SMALL = 0.85  # of the size before it
_SHIFT = (0.1, 0.9)  # of the size before it: how far a raised figure may stand above its line, or below
_MONO = ("courier", "mono", "consol")
_BOLD = ("bold", "black", "heavy", "demi")
_SERIF = ("times", "serif", "roman", "garamond", "georgia", "palatino", "minion", "cmr1", "nimbusrom")
_FIGURES = re.compile(r"\s*[\d,*†‡–−+()]{1,6}\s*")


@dataclass(frozen=True)
class Run:
    """Text that was shown in one go: where its line begins, in points, and its size."""

    text: str
    x: float
    y: float
    size: float
    width: float
    shift: float = 0.0  # how far it stood above its line, in parts of the line's size
    kind: str = "/Helvetica"  # which of the usual fonts is about as wide
    blank: float = 0.0  # points that each of its blanks is wider, where the line is justified

    def is_beside(self, other: Run) -> bool:
        """Whether both stand on one line."""
        return abs(self.y - other.y) <= _SAME_LINE * max(self.size, other.size)

    def reach(self, at: int) -> float:
        """How far from the left edge a letter of the text begins, in points, by letters' usual widths."""
        before = self.text[:at].lstrip()
        return self.size * _metrics(self.kind).get_text_width(before) / 1_000 + self.blank * before.count(" ")


def page_text(page: PageObject, operations: list[tuple[Any, bytes]]) -> str:
    """The text of what a page draws; the cells of a row are parted as `rag.reading.lines` expects it."""
    return "\n".join(told(list(_lines(runs_of(page, operations)))))


def runs_of(page: PageObject, operations: list[tuple[Any, bytes]]) -> list[Run]:
    """The runs of text that a page draws, in that order; the page in memory draws nothing else from then on."""
    redrawn(page, _parted(operations))
    found: list[Run] = []
    rise = blank = 0.0

    def operator(name: bytes, operands: Any, *_: Any) -> None:  # noqa: ANN401 — pypdf's own objects
        nonlocal rise, blank
        if name in (b"Ts", b"Tw") and operands and isinstance(operands[0], (int, float)):
            rise, blank = (float(operands[0]), blank) if name == b"Ts" else (rise, float(operands[0]))

    def show(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        if text:
            a, b = tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            height, kind = abs(size) * hypot(a, b), _kind(font)
            width = height * _metrics(kind).get_text_width(text.strip()) / 1_000
            found.append(Run(text, x, y + rise * b, height, width, kind=kind, blank=blank * hypot(a, b)))

    page.extract_text(visitor_operand_before=operator, visitor_text=show)
    return found


def _parted(before: list[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    """Let pypdf end a run where a line is shifted or a gap is left, by naming the font once more."""
    operations: list[tuple[Any, bytes]] = []
    fonts: list[Any] = [None]
    height: Any = None
    for operands, operator in before:
        if operator == b"Tf":
            fonts[-1] = operands
        elif operator == b"q":
            fonts.append(fonts[-1])
        elif operator == b"Q" and len(fonts) > 1:
            fonts.pop()
        elif fonts[-1] and (operator == b"Ts" or _is_along(operands, operator, height)):
            operations.append((fonts[-1], b"Tf"))
        if operator == b"Tm":
            height = operands[-1] if operands else None
        operations.append((operands, operator))
    return operations


@lru_cache(maxsize=5)
def _metrics(name: str) -> Font:
    """Letters' usual widths: fonts tell those of their own signs, not of the letters that these stand for."""
    from pypdf.generic._font import Font

    return Font.from_core_font_name(name)


def _kind(font: Any) -> str:  # noqa: ANN401 — pypdf's own objects
    """Which of the usual fonts is about as wide as this one, by its name."""
    name = str(font.get("/BaseFont", "")).lower() if isinstance(font, dict) else ""
    if any(sign in name for sign in _MONO):
        return "/Courier"
    is_bold = any(sign in name for sign in _BOLD)
    if any(sign in name for sign in _SERIF) and "sans" not in name:
        return "/Times-Bold" if is_bold else "/Times-Roman"
    return "/Helvetica-Bold" if is_bold else "/Helvetica"


def _is_along(operands: Any, operator: bytes, height: Any) -> bool:  # noqa: ANN401 — pypdf's own objects
    """Whether an operator moves along the line."""
    if operator == b"Tm":
        return bool(operands) and operands[-1] == height
    return operator in (b"Td", b"TD") and len(operands) == 2 and not operands[1]


def _lines(runs: list[Run]) -> Iterator[Line]:
    """Runs of one line each, raised figures in their places."""
    line: list[Run] = []
    for place, run in enumerate(runs):
        after = runs[place + 1] if place + 1 < len(runs) else None
        base = next((r for r in reversed(line) if r.size > run.size or r is line[0]), None)
        placed = _shifted(run, base, after) or run
        if base and placed.is_beside(base):
            line.append(placed)
        else:
            if any(r.text.strip() for r in line):
                yield _line(line)
            line = [placed]
    if any(r.text.strip() for r in line):
        yield _line(line)


def _line(runs: list[Run]) -> Line:
    pieces: list[Piece] = []
    for run in runs:
        before = pieces[-1] if pieces else None
        if before is None or run.x > before.x:
            gap = run.x - before.end if before else 0.0
            if before and before.text.endswith("\n"):  # pypdf took them for two lines
                pieces[-1] = replace(before, text=before.text.rstrip("\n") + " " * (run.shift == 0))
            pieces.append(Piece(run.text, run.x, run.x + run.width, gap))
        else:
            text = before.text.rstrip("\n") + " " * (before.text.endswith("\n") and run.shift == 0)
            pieces[-1] = Piece(text + run.text, before.x, before.end + run.width, before.gap)
    return Line(tuple(pieces), max(run.size for run in runs), runs[0].y)


def _shifted(run: Run, base: Run | None, after: Run | None) -> Run | None:
    """A run of figures that stands above or below its line, in superscript or subscript characters."""
    if not _FIGURES.fullmatch(run.text):
        return None
    for other in (base, after):
        if other is None or run.size > _SMALL * other.size:
            continue
        shift = (run.y - other.y) / other.size
        if _SHIFT[0] <= abs(shift) <= _SHIFT[1] and not (other is base and base.text.endswith(" ")):
            figures, end = run.text.strip(), "\n" if run.text.endswith("\n") and not _returns(other, after) else ""
            text = raised(figures) if shift > 0 else lowered(figures, other.text.rstrip("\n"))
            blank = " " if run.text.rstrip("\n").endswith(" ") or other is after else ""
            return replace(run, text=text + blank + end, y=other.y, shift=shift)
    return None


def _returns(base: Run, after: Run | None) -> bool:
    return after is not None and base.is_beside(after)
