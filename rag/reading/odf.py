"""OpenDocument files (`.odt`, `.ods`, `.odp`; ISO/IEC 26300) as parts with styles, opened as tolerantly as possible."""

from __future__ import annotations

import posixpath
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.archive import opened
from rag.reading.content import tidy
from rag.reading.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "http://purl.org/dc/elements/1.1/"
_PREFIXES = {"drawing": "draw", "svg-compatible": "svg"}  # where the namespace is called otherwise
_CURE = "Save it again, or save its text as .txt."
_STYLES = 20  # on top of each other


@lru_cache(maxsize=4096)
def short(tag: str) -> str:
    """A name with the prefix that everybody writes: "text:p" for the one in the namespace of text."""
    space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if space == _DC:
        return f"dc:{local}"
    steps = space.split(":")
    return f"{_PREFIXES.get(steps[-2], steps[-2])}:{local}" if len(steps) > 2 else local


def name(node: _Element) -> str:
    """An element's name with its usual prefix."""
    return short(node.tag) if isinstance(node.tag, str) else ""


def attribute(node: _Element, key: str, default: str = "") -> str:
    """An attribute's value by its name with the usual prefix."""
    return next((str(value) for found, value in node.attrib.items() if short(str(found)) == key), default)


def number(node: _Element, key: str, most: int) -> int:
    """How often or how wide something is, at least once and no more than `most`."""
    text = attribute(node, key)
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 10 else 1


class OpenDocument:
    """One file: its parts, and what its styles say.

    Raises:
        ArticleUnreadable: it is damaged, locked, or no OpenDocument file.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._package = Package(archive)
        manifest = self._package.tree("META-INF/manifest.xml")
        if manifest is not None and any(name(node) == "manifest:encryption-data" for node in manifest.iter("{*}*")):
            raise ArticleUnreadable("It is locked with a password.", "Save it without one.")
        content = self._package.tree("content.xml")
        if content is None:
            raise ArticleUnreadable("It is no OpenDocument file.", _CURE)
        self.content = content
        self.common = self._package.tree("styles.xml")
        self.styles = Styles([content, *([self.common] if self.common is not None else [])])

    def body(self, kind: str) -> _Element:
        """The body of a text, a spreadsheet or a presentation.

        Raises:
            ArticleUnreadable: the file is one of another kind.
        """
        found = next((node for body in self.content.iter("{*}body") for node in body if name(node) == kind), None)
        if found is None:
            raise ArticleUnreadable("It is an OpenDocument file of another kind than its name says.", _CURE)
        return found

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        return self._property("title")

    @property
    def creator(self) -> str | None:
        """Whose name stands there: who began the file, else who saved it last."""
        return self._property("initial-creator") or self._property("creator")

    def _property(self, which: str) -> str | None:
        meta = self._package.tree("meta.xml")
        found = None if meta is None else next(meta.iter(f"{{*}}{which}"), None)
        return tidy(found.text) if found is not None else None

    def embedded(self, frame: _Element) -> _Element | None:
        """The content of an object that is put into the file, such as a chart; None if there is none."""
        for node in frame:
            href = attribute(node, "href")
            place = posixpath.normpath(f"{href}/content.xml")
            if name(node) == "draw:object" and href and self._package.has(place):
                return self._package.tree(place)
            if name(node) == "draw:object" and len(node):
                return node[0]
        return None


class Styles:
    """What styles say of the text in them."""

    def __init__(self, trees: list[_Element]) -> None:
        self._styles: dict[tuple[str, str], _Element] = {}
        for tree in reversed(trees):
            for node in tree.iter("{*}style"):
                if name(node) == "style:style":
                    self._styles[attribute(node, "style:family"), attribute(node, "style:name")] = node

    def of(self, family: str, style: str, key: str) -> str:
        """A property of a style ("text:display"), or of those that it is based on; "" if none says it."""
        for node in self._line(family, style):
            for properties in node:
                found = attribute(properties, key)
                if found:
                    return found
        return ""

    def is_title(self, style: str) -> bool:
        """Whether a paragraph's style is that of titles."""
        return any(attribute(node, "style:name") == "Title" for node in self._line("paragraph", style))

    def _line(self, family: str, style: str) -> list[_Element]:
        found: list[_Element] = []
        while (family, style) in self._styles and len(found) < _STYLES:
            found.append(self._styles[family, style])
            style = attribute(found[-1], "style:parent-style-name")
        return found


def open_document(data: bytes) -> OpenDocument:
    """A file's parts.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no OpenDocument file.
    """
    return OpenDocument(opened(data))
