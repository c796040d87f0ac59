"""Presentations (`.pptx`, `.pptm`, `.ppsx`; ECMA-376 part 1, section 19): slide by slide.

What a slide takes from its layout, such as a firm's name on every slide, is no part of what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.archive import opened
from rag.reading.content import Content, headed, tidy
from rag.reading.drawing import Drawing, text_of
from rag.reading.package import Package, attribute, core_creator, core_title, name, relation
from rag.reading.pptx_lists import Bullets, placeholder
from rag.types import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLES = ("title", "ctrTitle")
_EDGES = ("ftr", "dt", "hdr", "sldNum")  # feet and numbers, which every slide repeats
_NO_TITLES = ("presentation", "powerpoint presentation", "présentation powerpoint", "powerpoint-präsentation")
_CURE = "Save it again as .pptx, or as PDF."


def read_pptx(data: bytes) -> Content:
    """A presentation's visible slides with their tables, notes and comments.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no presentation.
    """
    with opened(data) as archive:
        package = Package(archive)
        main = next((place for kind, place in package.related() if kind == "officeDocument"), "ppt/presentation.xml")
        presentation = package.tree(main)
        if presentation is None or name(presentation) != "presentation":
            raise ArticleUnreadable("It is no presentation.", _CURE)
        slides = _Slides(package, main)
        texts = list(slides.told(presentation))
        said, creator = core_title(package), core_creator(package)
    title = slides.title or (said if said and said.lower() not in _NO_TITLES else None)
    notes = (*slides.notes, *slides.drawing.notes)
    return Content(headed(title, "\n\n".join(texts)), title, notes=notes, saved_by=creator)


class _Slides:
    """Reads the slides of one file. `title` is that of the first slide, if its layout says that it is one."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        self._people = dict(self._authors())
        self.drawing = Drawing(package)
        self._bullets = Bullets(package)
        self.title: str | None = None
        self._hidden = self._missing = 0
        self._edges: set[str] = set()  # feet that were told

    @property
    def notes(self) -> tuple[Note, ...]:
        """What of the slides is not read."""
        found = []
        for number, why in ((self._hidden, "hidden"), (self._missing, "missing from the file")):
            if number:
                told = "1 slide was" if number == 1 else f"{number:,} slides were"
                found.append(Note(f"{told} not read: {why}.", gap=True))
        return tuple(found)

    def told(self, presentation: _Element) -> Iterator[str]:
        """The text of each slide."""
        relations = self._package.relations(self._main)
        for number, node in enumerate(presentation.iter("{*}sldId"), start=1):
            _, place = relations.get(relation(node), ("", ""))
            tree = self._package.tree(place) if place else None
            if tree is None:
                self._missing += 1
            elif attribute(tree, "show") in ("0", "false"):
                self._hidden += 1
            else:
                yield "\n\n".join(self._slide(number, place, tree))

    def _slide(self, number: int, place: str, tree: _Element) -> Iterator[str]:
        self.drawing.of_part(place)
        self._bullets.of_slide(place)
        title, parts = self._shapes(tree)
        if number == 1:
            self.title = tidy(title)
        yield f"Slide {number}: {title}" if title else f"Slide {number}"
        yield from parts
        for kind, part in self._package.related(place):
            beside = self._package.tree(part) if kind in ("notesSlide", "comments") else None
            if beside is None:
                continue
            if kind == "notesSlide":
                yield from (f"Notes: {line}" for line in _spoken(beside, self.drawing))
            else:
                yield from self._comments(beside)

    def _shapes(self, tree: _Element) -> tuple[str | None, list[str]]:
        """A slide's title, and its other texts."""
        title: str | None = None
        parts: list[str] = []
        common = next(tree.iter("{*}spTree"), None)
        for shape in self.drawing.shapes(common) if common is not None else ():
            kind = _placeholder(shape)
            is_edge = kind in _TITLES or kind in _EDGES
            found = list(self.drawing.of_shape(shape, None if is_edge else self._bullets.of_box(shape)))
            if kind in _TITLES and title is None and found:
                title = " ".join(" ".join(found).split())
            elif kind in _EDGES:
                new = [text for text in found if text not in self._edges and kind != "sldNum"]
                self._edges.update(new)
                parts += new
            else:
                parts += found
        return title, parts

    def _comments(self, tree: _Element) -> Iterator[str]:
        """The comments on a slide, of old and of new kind."""
        for node in tree.iter("{*}cm", "{*}reply"):
            author = self._people.get(attribute(node, "authorId"))
            body = next((n for n in node if name(n).rpartition(":")[2] in ("text", "txBody")), None)
            if body is None:
                continue
            lines = list(text_of(body)) if len(body) else [body.text or ""]
            said = " ".join(" ".join(lines).split())
            if said:
                yield f"Comment by {author}: {said}" if author else f"Comment: {said}"

    def _authors(self) -> Iterator[tuple[str, str | None]]:
        for kind, place in self._package.related(self._main):
            tree = self._package.tree(place) if kind in ("commentAuthors", "authors") else None
            for node in tree if tree is not None else ():
                yield attribute(node, "id"), tidy(attribute(node, "name"))


def _placeholder(shape: _Element) -> str:
    """What a shape holds the place of: "title", "body", "ftr"; "" if it is none."""
    mark = placeholder(shape)
    return attribute(mark, "type", "body") if mark is not None else ""


def _spoken(tree: _Element, drawing: Drawing) -> Iterator[str]:
    """The speaker's notes on a slide, without its picture and number."""
    common = next(tree.iter("{*}spTree"), None)
    for shape in drawing.shapes(common) if common is not None else ():
        if _placeholder(shape) == "body":
            yield from drawing.of_shape(shape)
