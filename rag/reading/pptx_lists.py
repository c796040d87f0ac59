"""Which paragraphs of a slide are items of a list, and what stands before them (DrawingML, ECMA-376 part 1, 21.1.2.4).

A paragraph says it itself, or its box, or what its layout and its master say of boxes of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.reading.numbering import BULLET, figured
from rag.reading.package import Package, attribute, child, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = ("a:buNone", "a:buChar", "a:buAutoNum", "a:buBlip")
_DEEPEST = 8
_STYLES = {"title": "titleStyle", "ctrTitle": "titleStyle", "dt": "otherStyle", "ftr": "otherStyle"}
_MASTERS = {"subTitle": "body", "obj": "body", "ctrTitle": "title"}  # a master has fewer kinds of boxes
_FORMS = {"alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I"}
_ENDS = {"ParenBoth": ("(", ")"), "ParenR": ("", ")"), "Plain": ("", ""), "Period": ("", ".")}


class Bullets:
    """The lists of one presentation's slides.

    Args:
        package: the file, in which layouts and masters are parts of their own.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._trees: dict[str, _Element | None] = {}
        self._layout: _Element | None = None
        self._master: _Element | None = None

    def of_slide(self, place: str) -> None:
        """The boxes that are asked for from here on stand on this slide."""
        layout = self._part(place, "slideLayout")
        self._layout, self._master = self._tree(layout), self._tree(self._part(layout, "slideMaster"))

    def of_box(self, shape: _Element) -> BoxMarks:
        """What stands before a box's paragraphs, which have to be asked for in their order."""
        mark = placeholder(shape)
        bodies = [shape]
        styles: list[_Element] = []
        if mark is not None:
            kind, place = attribute(mark, "type", "obj"), attribute(mark, "idx", "0")
            bodies += [
                box
                for box in (_box(self._layout, kind, place), _box(self._master, _master_of(kind), ""))
                if box is not None
            ]
            every = child(self._master, "txStyles", _STYLES.get(kind, "bodyStyle"))
            styles = [every] if every is not None else []
        own = (child(_text(body), "a:lstStyle") for body in bodies)
        return BoxMarks([*(style for style in own if style is not None), *styles])

    def _part(self, source: str, kind: str) -> str:
        return next((place for found, place in self._package.related(source) if found == kind), "") if source else ""

    def _tree(self, place: str) -> _Element | None:
        if place not in self._trees:
            self._trees[place] = self._package.tree(place) if place else None
        return self._trees[place]


class BoxMarks:
    """The marks of one box's paragraphs.

    Args:
        styles: what is said of its levels, the box's own first.
    """

    def __init__(self, styles: list[_Element]) -> None:
        self._styles = styles
        self._counted: dict[int, tuple[str, int]] = {}  # how the last paragraph of a level counts, and its figure

    def mark(self, paragraph: _Element) -> tuple[str, int] | None:
        """What stands before a paragraph ("-", "2.", "(a)"), and its level from 0; None if it is no item."""
        own = child(paragraph, "a:pPr")
        said = attribute(own, "lvl") if own is not None else ""
        depth = min(int(said[:2]), _DEEPEST) if said.isdecimal() else 0
        found = next((mark for of in self._levels(own, depth) for mark in of if name(mark) in _MARKS), None)
        for deeper in [at for at in self._counted if at > depth]:
            del self._counted[deeper]
        if (
            found is None
            or name(found) == "a:buNone"
            or name(found) == "a:buChar"
            and not attribute(found, "char").strip()
        ):
            self._counted.pop(depth, None)
            return None
        if name(found) != "a:buAutoNum":
            self._counted.pop(depth, None)
            return BULLET, depth
        form, start = attribute(found, "type", "arabicPeriod"), attribute(found, "startAt")
        before = self._counted.get(depth)
        first = int(start[:5]) if start.isdecimal() else 1
        number = before[1] + 1 if before and before[0] == form else first
        self._counted[depth] = (form, number)
        return _figure(form, number), depth

    def _levels(self, own: _Element | None, depth: int) -> Iterator[_Element]:
        """All that is said of a paragraph's level, the nearest first."""
        if own is not None:
            yield own
        for style in self._styles:
            found = child(style, f"a:lvl{depth + 1}pPr")
            if found is not None:
                yield found


def placeholder(shape: _Element) -> _Element | None:
    """What says that a shape holds the place of something; None if it holds no place."""
    for part in shape:
        if name(part).startswith("nv"):
            return child(part, "nvPr", "ph")
    return None


def _box(tree: _Element | None, kind: str, place: str) -> _Element | None:
    """The box of a layout or a master that a slide's box stands in the place of."""
    boxes = [
        (box, mark)
        for box in (tree.iter("{*}sp") if tree is not None else ())
        if (mark := placeholder(box)) is not None
    ]
    same = [box for box, mark in boxes if place and attribute(mark, "idx", "0") == place]
    return next(iter(same or [box for box, mark in boxes if attribute(mark, "type", "obj") == kind]), None)


def _master_of(kind: str) -> str:
    return _MASTERS.get(kind, kind)


def _text(shape: _Element) -> _Element | None:
    return next((node for node in shape if name(node).rpartition(":")[2] == "txBody"), None)


def _figure(form: str, number: int) -> str:
    end = next((end for end in _ENDS if form.endswith(end)), "Period")
    before, after = _ENDS[end]
    return f"{before}{figured(number, _FORMS.get(form.removesuffix(end), 'decimal'))}{after}"
