"""Take invisible text out of a PDF page before its text is read.

Text in rendering mode 3 or 7 is invisible, and white text is. Neither is touched on a page that paints anything: above
a picture the first is what text recognition found there, and the second may stand on a dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_PAINTS = {b"f", b"F", b"f*", b"b", b"B", b"b*", b"B*", b"sh", b"Do", b"BI", b"INLINE IMAGE"}
_WHITE = {(b"g", (1.0,)), (b"rg", (1.0, 1.0, 1.0)), (b"k", (0.0, 0.0, 0.0, 0.0))}
_COLOURS = {operator for operator, _ in _WHITE} | {b"sc", b"scn", b"cs"}
_INVISIBLE_MODES = (3, 7)


def without_invisible(page: PageObject) -> None:
    """Remove the operators that show invisible text from the page in memory."""
    from pypdf.generic import NameObject

    content = page.get_contents()
    if content is None:
        return
    operations: list[tuple[Any, bytes]] = content.operations
    if any(operator in _PAINTS for _, operator in operations):
        return
    kept = _kept(operations)
    if len(kept) < len(operations):
        content.operations = kept
        page[NameObject("/Contents")] = content


def _kept(operations: list[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    state = _State()
    saved: list[_State] = []
    kept = []
    for operands, operator in operations:
        if operator == b"q":
            saved.append(state)
        elif operator == b"Q" and saved:
            state = saved.pop()
        else:
            state = state.after(operands, operator)
        if operator not in _SHOWS or not state.hides:
            kept.append((operands, operator))
    return kept


@dataclass(frozen=True)
class _State:
    """What decides whether text is seen: rendering mode and fill colour."""

    mode: int = 0
    white: bool = False

    def after(self, operands: Any, operator: bytes) -> _State:  # noqa: ANN401 — pypdf's own objects
        numbers = tuple(float(o) for o in operands if isinstance(o, (int, float)))
        if operator == b"Tr" and numbers:
            return replace(self, mode=int(numbers[0]))
        if operator in _COLOURS:
            return replace(self, white=(operator, numbers) in _WHITE)
        return self

    @property
    def hides(self) -> bool:
        return self.mode in _INVISIBLE_MODES or self.white
