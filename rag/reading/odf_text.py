"""The text of OpenDocument files as their pages show it: paragraphs, lists, tables, boxes; notes and comments after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rag.reading.content import tidy
from rag.reading.grid import told
from rag.reading.inline import mathml
from rag.reading.odf import OpenDocument, attribute, name, number
from rag.reading.odf_lists import Lists
from rag.reading.odf_table import Table
from rag.reading.raised import lowered, raised
from rag.types import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    """text:tracked-changes text:sequence-decls text:variable-decls text:user-field-decls text:page-number
    text:ruby-text text:note-citation text:dde-connection-decls text:script text:alphabetical-index-source
    text:hidden-paragraph text:table-of-content-source office:forms office:annotation-end office:event-listeners
    office:settings presentation:notes svg:title svg:desc style:style draw:image""".split()
)
_BOXES = ("draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:connector", "draw:path")
_BLANKS = 100  # that one element may stand for
_DEPTH = 2  # of objects within objects


class Text:
    """Reads parts of one file. `after` holds what is told after the text: notes and comments.

    Args:
        document: the file.
        depth: how many objects this part is within.
        lists: knows the marks of its lists; None where all lists are told without, as in notes on slides.
    """

    def __init__(self, document: OpenDocument, depth: int = 0, lists: Lists | None = None) -> None:
        self._document = document
        self._depth = depth
        self._lists = lists
        self.after: list[str] = []
        self.unread = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        """What of it is not read."""
        if not self.unread:
            return ()
        told_ = "1 object in it was" if self.unread == 1 else f"{self.unread:,} objects in it were"
        return (Note(f"{told_} not read.", gap=True),)

    def paragraphs(self, node: _Element) -> Iterator[str]:
        """The visible paragraphs and tables below a node, in their order."""
        yield from self.blocks(list(node))

    def blocks(self, nodes: Sequence[_Element]) -> Iterator[str]:
        """The visible paragraphs, lists and tables of some elements, in their order."""
        for is_list, run in groupby(nodes, key=lambda node: name(node) == "text:list"):
            inner = list(run)
            yield from self._lists.told(inner, self) if is_list and self._lists else self._blocks(inner)

    def _blocks(self, nodes: Iterable[_Element]) -> Iterator[str]:
        for inner in nodes:
            kind = name(inner)
            if kind in ("text:p", "text:h"):
                yield from self._paragraph(inner)
            elif kind == "table:table":
                yield from self.table(inner)
            elif kind == "office:annotation":
                self._comment(inner)
            elif kind == "draw:frame":
                yield from self._frame(inner)
            elif kind not in _LEFT_OUT and not self._is_hidden_part(inner):
                yield from self.paragraphs(inner)

    def table(self, node: _Element) -> Iterator[str]:
        """A table as text."""
        table = Table(node, self)
        text = told(table.cells.grid(), table.heads)
        if text:
            yield text

    def cell(self, node: _Element) -> str:
        """What a cell of a table shows."""
        return "\n".join(self.paragraphs(node))

    def line(self, paragraph: _Element) -> str:
        """A paragraph's own text."""
        return "".join(self._pieces(paragraph, [])).strip()

    def _paragraph(self, node: _Element) -> Iterator[str]:
        if self._document.styles.of("paragraph", attribute(node, "text:style-name"), "text:display") == "none":
            return
        boxes: list[_Element] = []
        line = "".join(self._pieces(node, boxes)).strip()
        if line:
            yield f"{self._number(node)}{line}"
        for box in boxes:
            yield from self._frame(box) if name(box) == "draw:frame" else self.paragraphs(box)

    def _number(self, node: _Element) -> str:
        """What numbers a heading, and a blank."""
        is_listed = node.getparent() is not None and name(node.getparent()) in ("text:list-item", "text:list-header")
        mark = self._lists.heading(node) if self._lists and name(node) == "text:h" and not is_listed else ""
        return f"{mark} " if mark else ""

    def _is_hidden_part(self, node: _Element) -> bool:
        return attribute(node, "text:display") in ("none", "condition") and name(node) == "text:section"

    def _pieces(self, node: _Element, boxes: list[_Element]) -> Iterator[str]:
        before = node.text or ""
        yield before
        for inner in node:
            for piece in self._piece(inner, boxes, before):
                before = piece or before
                yield piece
            before = inner.tail or before
            yield inner.tail or ""

    def _piece(self, node: _Element, boxes: list[_Element], before: str) -> Iterator[str]:
        kind = name(node)
        if kind == "text:s":
            yield " " * number(node, "text:c", _BLANKS)
        elif kind in ("text:tab", "text:line-break"):
            yield "\t" if kind == "text:tab" else "\n"
        elif kind == "text:span":
            yield from self._span(node, boxes, before)
        elif kind == "text:note":
            yield self._note(node)
        elif kind == "office:annotation":
            self._comment(node)
        elif kind == "draw:frame" and (equation := self._equation(node)):
            yield equation
        elif kind == "draw:frame" or kind in _BOXES or kind == "draw:g":
            boxes.append(node)
        elif kind not in _LEFT_OUT and attribute(node, "text:is-hidden") != "true":
            yield from self._pieces(node, boxes)

    def _span(self, node: _Element, boxes: list[_Element], before: str) -> Iterator[str]:
        style = attribute(node, "text:style-name")
        if self._document.styles.of("text", style, "text:display") == "none":
            return
        place = self._document.styles.of("text", style, "style:text-position")
        shift = place.split()[0] if place.strip() else ""
        pieces = self._pieces(node, boxes)
        if shift.startswith("super") or shift.rstrip("%").isdecimal() and shift not in ("0%", "0"):
            yield raised("".join(pieces))
        elif shift.startswith(("sub", "-")):
            yield lowered("".join(pieces), before)
        else:
            yield from pieces

    def _note(self, node: _Element) -> str:
        """The mark of a note, whose text comes after."""
        mark = ""
        for inner in node:
            if name(inner) == "text:note-citation":
                mark = raised("".join(inner.itertext()), is_mark=True)
            elif name(inner) == "text:note-body":
                self.after.extend(self.paragraphs(inner))
        return mark

    def _comment(self, node: _Element) -> None:
        author = next((tidy(inner.text) for inner in node if name(inner) == "dc:creator"), None)
        for line in self.paragraphs(node):
            self.after.append(f"Comment by {author}: {line}" if author else f"Comment: {line}")

    def _frame(self, frame: _Element) -> Iterator[str]:
        """What a frame shows: a box's paragraphs, a table, the words of a chart; a picture says nothing."""
        equation = self._equation(frame)
        if equation:
            yield equation
            return
        embedded = self._document.embedded(frame)
        if embedded is not None and self._depth < _DEPTH:
            inner = Text(self._document, self._depth + 1)
            found = [*inner.paragraphs(embedded), *inner.after]
            self.unread += inner.unread + (not found)
            yield from found
        elif any(name(node) in ("draw:object", "draw:object-ole", "draw:plugin", "draw:applet") for node in frame):
            self.unread += 1
        else:
            yield from self.paragraphs(frame)

    def _equation(self, frame: _Element) -> str:
        if not any(name(node) == "draw:object" for node in frame):
            return ""
        tree = self._document.embedded(frame)
        return mathml(tree) if tree is not None and str(tree.tag).endswith("}math") else ""
