"""Text in drawings of slides and sheets (DrawingML, ECMA-376 part 1, section 21): boxes, tables, equations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from rag.reading.chart import chart_text
from rag.reading.equations import linear
from rag.reading.grid import told
from rag.reading.numbering import item
from rag.reading.package import Package, attribute, child, name, relation
from rag.reading.raised import lowered, raised
from rag.types import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHAPES = ("sp", "cxnSp")
_GROUPS = ("grpSp", "spTree", "wsDr", "twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_YES = ("1", "true")
_NUMBER = "slidenum"


class Marks(Protocol):
    """Whoever knows the lists of a box."""

    def mark(self, paragraph: _Element) -> tuple[str, int] | None:
        """What stands before a paragraph, and its level; None if it is no item of a list."""
        ...


class Drawing:
    """Reads the drawings of one file.

    Args:
        package: the file, in which charts and diagrams have parts of their own.
    """

    def __init__(self, package: Package) -> None:
        self.unread = 0  # charts and the like that no words are stored with
        self._package = package
        self._relations: dict[str, tuple[str, str]] = {}

    def of_part(self, place: str) -> None:
        """What is read from here on stands in this part."""
        self._relations = self._package.relations(place)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What of them is not read."""
        if not self.unread:
            return ()
        told_ = "1 chart or object in it was" if self.unread == 1 else f"{self.unread:,} charts or objects in it were"
        return (Note(f"{told_} not read.", gap=True),)

    def paragraphs(self, node: _Element) -> Iterator[str]:
        """The paragraphs and tables of all visible shapes below a node, in their order."""
        for shape in self.shapes(node):
            yield from self.of_shape(shape)

    def shapes(self, node: _Element) -> Iterator[_Element]:
        """The visible shapes and frames below a node, those of groups one by one."""
        for inner in node:
            kind = name(inner)
            if kind == "mc:AlternateContent":
                chosen = child(inner, "mc:Choice") if child(inner, "mc:Choice") is not None else inner
                fallback = child(inner, "mc:Fallback")
                found = list(self.shapes(chosen)) or (list(self.shapes(fallback)) if fallback is not None else [])
                yield from found
            elif kind in _GROUPS:
                if not is_hidden(inner):
                    yield from self.shapes(inner)
            elif kind in (*_SHAPES, "graphicFrame", "contentPart") and not is_hidden(inner):
                yield inner

    def of_shape(self, shape: _Element, marks: Marks | None = None) -> Iterator[str]:
        """The paragraphs of a shape; a table in a frame as one, and a list, where its marks are known."""
        if name(shape) == "graphicFrame":
            yield from self._frame(shape)
            return
        body = next((n for n in shape if name(n).rpartition(":")[2] == "txBody"), None)
        if body is not None:
            yield from _with_lists(body, marks) if marks else text_of(body)

    def _frame(self, frame: _Element) -> Iterator[str]:
        table = next(frame.iter("{*}tbl"), None)
        if table is not None:
            yield told(_rows(table))
            return
        data = next(frame.iter("{*}graphicData"), None)
        named = (node for node in (data if data is not None else ()))
        found = "\n\n".join(text for node in named for text in self._apart(node))
        self.unread += not found
        if found:
            yield found

    def _apart(self, node: _Element) -> Iterator[str]:
        """The words of a chart or a diagram, which has a part of its own."""
        for key in ("id", "dm"):
            kind, place = self._relations.get(relation(node, key), ("", ""))
            tree = self._package.tree(place) if kind in ("chart", "chartEx", "diagramData") else None
            if tree is not None:
                yield from filter(None, [chart_text(tree)] if kind != "diagramData" else _points(tree))


def _points(diagram: _Element) -> Iterator[str]:
    """The words of a diagram (SmartArt), point by point."""
    for point in diagram.iter("{*}pt"):
        for body in point:
            if name(body) == "t":
                yield from text_of(body)


def is_hidden(shape: _Element) -> bool:
    """Whether a shape, a frame or a group is hidden."""
    marks = (mark for part in shape if name(part).rpartition(":")[2].startswith("nv") for mark in part)
    return any(attribute(mark, "hidden") in _YES for mark in marks)


def text_of(body: _Element) -> Iterator[str]:
    """The paragraphs of a box."""
    for paragraph in body:
        if name(paragraph) == "a:p":
            line = "".join(_pieces(paragraph)).strip()
            if line:
                yield line


def _with_lists(body: _Element, marks: Marks) -> Iterator[str]:
    """The paragraphs of a box, items that follow each other on lines below each other."""
    items: list[str] = []
    for paragraph in body:
        line = "".join(_pieces(paragraph)).strip() if name(paragraph) == "a:p" else ""
        if not line:
            continue
        mark = marks.mark(paragraph)
        if mark:
            items.append(item(*mark, line))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield line
    if items:
        yield "\n".join(items)


def _rows(table: _Element) -> list[list[str]]:
    """A table's cells; what is merged over several rows stands in each of them."""
    rows: list[list[str]] = []
    for tr in (node for node in table if name(node) == "a:tr"):
        cells: list[str] = []
        for at, tc in enumerate(node for node in tr if name(node) == "a:tc"):
            body = child(tc, "a:txBody")
            text = " ".join(text_of(body)) if body is not None else ""
            if attribute(tc, "vMerge") in _YES and rows and at < len(rows[-1]):
                text = rows[-1][at]
            elif attribute(tc, "hMerge") in _YES and cells and len(rows) < 1:
                text = cells[-1]
            cells.append(text)
        rows.append(cells)
    return rows


def _pieces(paragraph: _Element) -> Iterator[str]:
    before = ""
    for node in paragraph:
        kind = name(node)
        text = ""
        if kind == "a:br":
            text = "\n"
        elif kind == "a:r" or kind == "a:fld" and attribute(node, "type") != _NUMBER:
            text = "".join(t.text or "" for t in node if name(t) == "a:t").replace("\v", "\n")
            mark = child(node, "a:rPr")
            shift = _number(attribute(mark, "baseline")) if mark is not None else 0
            text = raised(text) if shift > 0 else lowered(text, before) if shift < 0 else text
        elif kind == "m" or kind == "m:oMath" or kind == "mc:AlternateContent":
            found = next(node.iter("{*}oMath"), None)
            text = linear(found) if found is not None else ""
        before = text or before
        yield text


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
