"""Office files as packages of parts with relations between them (ECMA-376, part 2), opened as tolerantly as Word does.

A relation may point at nothing, or into the document itself: what isn't there isn't needed to read the text.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.archive import part
from rag.reading.content import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = "_rels/{}.rels"
_CURE = "Save it again, or save its text as .txt."
# Namespaces of both kinds of files, "transitional" and "strict", by the prefixes that everybody writes.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://purl.org/dc/elements/1.1/": "dc",
}


_RELATED = ("officeDocument/2006/relationships", "officeDocument/relationships")  # ends of the namespaces of both kinds
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else local


def name(node: _Element) -> str:
    """An element's name with its usual prefix: "w:p", "m:oMath"; that of an unknown namespace without one."""
    return _short(node.tag) if isinstance(node.tag, str) else ""


def attribute(node: _Element, key: str, default: str = "") -> str:
    """An attribute's value, whatever its namespace."""
    return next((str(v) for k, v in node.attrib.items() if str(k).rpartition("}")[2] == key), default)


def child(node: _Element | None, *path: str) -> _Element | None:
    """The element at the end of a path of names below another."""
    for step in path:
        node = next((n for n in node if name(n) == step), None) if node is not None else None
    return node


def relation(node: _Element, key: str = "id") -> str:
    """The id of the relation that an element names; "" if it names none."""
    for name_, value in node.attrib.items():
        space, _, local = str(name_).rpartition("}")
        if local == key and space.endswith(_RELATED):
            return str(value)
    return ""


def core_title(package: Package) -> str | None:
    """The title in a file's properties."""
    return _core(package, "dc:title")


def core_creator(package: Package) -> str | None:
    """Whose name stands in a file's properties."""
    return _core(package, "dc:creator")


def _core(package: Package, which: str) -> str | None:
    place = next((place for kind, place in package.related() if kind == "core-properties"), None)
    tree = package.tree(place) if place else None
    found = child(tree, which)
    return tidy(found.text) if found is not None else None


class Package:
    """The parts of an office file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {n.replace("\\", "/").lower(): n for n in archive.namelist()}

    def related(self, source: str = "") -> Iterator[tuple[str, str]]:
        """Kind ("footnotes", "header") and name of each part that a part points at; "" is the file as a whole."""
        return iter(self.relations(source).values())

    def relations(self, source: str = "") -> dict[str, tuple[str, str]]:
        """The same by the relations' ids."""
        return {key or str(number): found for number, (key, found) in enumerate(self._relations(source))}

    def _relations(self, source: str) -> Iterator[tuple[str, tuple[str, str]]]:
        folder, file = posixpath.split(source)
        tree = self.tree(posixpath.join(folder, _RELATIONS.format(file)))
        for node in tree if tree is not None else ():
            if attribute(node, "TargetMode") != "External" and attribute(node, "Target"):
                target = attribute(node, "Target")
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attribute(node, "Type").rpartition("/")[2]
                yield attribute(node, "Id"), (kind, posixpath.normpath(place))

    def has(self, name: str) -> bool:
        """Whether a part is there."""
        return name.lower() in self._names

    def tree(self, name: str) -> _Element | None:
        """A part's markup; None if there is no such part.

        Raises:
            ArticleUnreadable: it is damaged or too large.
        """
        from lxml import etree

        if not self.has(name):
            return None
        try:
            return etree.fromstring(part(self._archive, self._names[name.lower()]), etree.XMLParser(**_SAFE))
        except (etree.LxmlError, ValueError) as problem:
            raise ArticleUnreadable(f"It is damaged ({problem}).", _CURE) from None

    def elements(self, name: str, *wanted: str) -> Iterator[_Element]:
        """The elements of a part that have one of these local names, one at a time: a large part never lies in memory.

        Raises:
            ArticleUnreadable: it is damaged or too large.
        """
        from lxml import etree

        data = io.BytesIO(part(self._archive, self._names.get(name.lower(), name)))
        try:
            for _, node in etree.iterparse(data, tag=[f"{{*}}{local}" for local in wanted], **_SAFE):
                yield node
                node.clear(keep_tail=False)
                while node.getprevious() is not None and node.getparent() is not None:
                    del node.getparent()[0]
        except (etree.LxmlError, ValueError) as problem:
            raise ArticleUnreadable(f"It is damaged ({problem}).", _CURE) from None
