"""Charts of office files (DrawingML, ECMA-376 part 1, section 21.2) as tables of the values stored with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.reading.number_format import GENERAL, number_text
from rag.reading.package import attribute, name
from rag.reading.tables import one_line, table

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = 10_000  # of a series; more are a curve, not something that one reads


def chart_text(tree: _Element) -> str:
    """A chart's title, and a row for each category with every series' value; "" if no values are stored with it."""
    title = one_line(_title(tree))
    series = [node for node in tree.iter("{*}ser") if name(node).rpartition(":")[2] == "ser"]
    names: list[str] = []
    values: list[dict[int, str]] = []
    categories: dict[int, str] = {}
    for number, node in enumerate(series, start=1):
        names.append(_name(_inner(node, "tx")) or f"Series {number}")
        categories = {**_points(_inner(node, "cat", "xVal")), **categories}
        values.append(_points(_inner(node, "val", "yVal")))
    places = sorted({at for found in (categories, *values) for at in found})
    rows = [[categories.get(at, str(at + 1)), *(found.get(at, "") for found in values)] for at in places]
    return "\n\n".join(filter(None, [title, table(["", *names], rows) if rows else ""]))


def _inner(node: _Element, *kinds: str) -> _Element | None:
    return next((n for n in node if name(n).rpartition(":")[2] in kinds), None)


def _title(tree: _Element) -> str:
    for chart in tree.iter("{*}chart"):
        title = _inner(chart, "title")
        if title is not None:
            return "".join(node.text or "" for node in title.iter("{*}t"))
    return ""


def _name(node: _Element | None) -> str:
    literal = _inner(node, "v") if node is not None else None
    return one_line(literal.text or "") if literal is not None else " ".join(_points(node).values())


def _points(node: _Element | None) -> dict[int, str]:
    """The values that are stored for a part of a series, by their places, as the chart shows them."""
    found: dict[int, str] = {}
    if node is None:
        return found
    code = next((n.text or GENERAL for n in node.iter("{*}formatCode")), GENERAL)
    is_number = any(True for _ in node.iter("{*}numCache", "{*}numLit"))
    for point in node.iter("{*}pt"):
        value = _inner(point, "v")
        at = attribute(point, "idx")
        if value is not None and at.isdecimal() and len(found) < _POINTS and len(at) < 9:
            found[int(at)] = _number(value.text or "", code) if is_number else one_line(value.text or "")
    return found


def _number(text: str, code: str) -> str:
    try:
        return number_text(float(text), code)
    except (ValueError, OverflowError):
        return one_line(text)
