"""What a PDF page draws, without its invisible text.

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


def _operations(page: PageObject) -> list[tuple[Any, bytes]]:
    """What a page draws: operands and operators. Its strings are left as bytes, which only a font can read."""
    from pypdf.generic import ContentStream

    content = page.get("/Contents")
    content = content.get_object() if content is not None else None
    if content is None or not isinstance(content, (list, dict)):
        return []
    if not isinstance(content, ContentStream):
        content = ContentStream(content, page.pdf, "bytes")
    return list(content.operations)


def redrawn(page: PageObject, operations: list[tuple[Any, bytes]]) -> None:
    """Let a page in memory draw something else."""
    from pypdf.generic import ContentStream, NameObject

    content = ContentStream(None, page.pdf, "bytes")
    content.operations = operations
    page[NameObject("/Contents")] = content


def visible_operations(page: PageObject) -> list[tuple[Any, bytes]]:
    """What a page draws without the operators that show invisible text."""
    operations = _operations(page)
    return operations if any(operator in _PAINTS for _, operator in operations) else _kept(operations)


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
