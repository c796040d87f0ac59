"""How much of a PDF page is pictures: a scan stays a scan when somebody stamps a line of text on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_DEPTH = 3  # of forms within forms that are drawn
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PAINTS = (b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*")
_DRAWING = 100  # shapes; so many on a page without text are letters or a drawing

_Matrix = tuple[float, float, float, float, float, float]


def covered(page: PageObject, operations: list[tuple[Any, bytes]]) -> float:
    """The share of a page that the pictures which it draws cover; 1 for a page that is all shapes."""
    box = page.mediabox
    area = abs(float(box.width) * float(box.height)) or 1.0
    painted = sum(operator in _PAINTS for _, operator in operations)
    pictures = _pictures(operations, page.get("/Resources"), _IDENTITY, 0, page)
    return 1.0 if painted >= _DRAWING else min(1.0, pictures / area)


def _pictures(operations: list[tuple[Any, bytes]], resources: Any, matrix: _Matrix, depth: int, page: Any) -> float:  # noqa: ANN401
    """The area that the pictures of a stream cover, each for itself."""
    from pypdf.generic import ContentStream

    resources = _got(resources)
    drawn = _got(resources.get("/XObject")) if isinstance(resources, dict) else None
    saved: list[_Matrix] = []
    total = 0.0
    for operands, operator in operations:
        if operator == b"q":
            saved.append(matrix)
        elif operator == b"Q" and saved:
            matrix = saved.pop()
        elif operator == b"cm":
            matrix = _product(operands, matrix)
        elif operator == b"INLINE IMAGE":
            total += _area(matrix)
        elif operator == b"Do" and operands and isinstance(drawn, dict):
            item = _got(drawn.get(operands[0]))
            kind = item.get("/Subtype") if isinstance(item, dict) else None
            if kind == "/Image":
                total += _area(matrix)
            elif kind == "/Form" and depth < _DEPTH:
                inner = _product(_got(item.get("/Matrix")) or _IDENTITY, matrix)
                stream = ContentStream(item, getattr(page, "pdf", None))
                total += _pictures(stream.operations, item.get("/Resources") or resources, inner, depth + 1, page)
    return total


def _product(operands: Any, matrix: _Matrix) -> _Matrix:  # noqa: ANN401 — pypdf's own objects
    try:
        a, b, c, d, e, f = (float(o) for o in operands)
    except (TypeError, ValueError):
        return matrix
    k, m, n, p, q, r = matrix
    return (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)


def _area(matrix: _Matrix) -> float:
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _got(item: Any) -> Any:  # noqa: ANN401 — pypdf's own objects
    return item.get_object() if hasattr(item, "get_object") else item
