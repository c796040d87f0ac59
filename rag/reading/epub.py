"""E-books (`.epub`): the chapters in reading order, after EPUB 3.3 (W3C 2023), sections 4 to 6.

The libraries for it are under the AGPL or unkept; an EPUB is a ZIP archive of pages with a list of them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rag.errors import ArticleUnreadable
from rag.reading.archive import opened, part
from rag.reading.content import Content, headed, tidy
from rag.reading.html import decode_markup
from rag.reading.shown import blocks, parsed
from rag.types import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CURE = "Save it again, or save its text as .txt."


def read_epub(data: bytes) -> Content:
    """A book's chapters, its title, date and publisher.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no e-book.
    """
    with opened(data) as archive:
        package = _package_name(archive)
        tree = _xml(part(archive, package))
        names = [posixpath.normpath(posixpath.join(posixpath.dirname(package), n)) for n in _spine(tree)]
        if not names:
            raise ArticleUnreadable("The book lists no chapters.", _CURE)
        locked = _locked(archive)
        if locked & set(names):
            raise ArticleUnreadable("The book is locked (DRM).", "Ask the shop for a copy without a lock.")
        chapters, missing = _chapters(archive, names)
    title, date = tidy(_meta(tree, "title")), _published(tree)
    day = _DAY.match(date)
    return Content(
        headed(title, "\n\n".join(c for c in chapters if c)),
        title,
        day.group() if day else None,
        tidy(_meta(tree, "publisher")) or tidy(_meta(tree, "creator")),
        (Note(f"{missing} of its {len(names)} chapters could not be read.", gap=True),) if missing else (),
        tidy(_meta(tree, "creator")),
    )


def _chapters(archive: zipfile.ZipFile, names: list[str]) -> tuple[list[str], int]:
    """The text of every chapter, and how many could not be read."""
    texts, missing = [], 0
    for name in names:
        try:
            markup, _ = decode_markup(part(archive, name))
            texts.append(blocks(parsed(_undeclared(markup))))
        except ArticleUnreadable:
            missing += 1
    return texts, missing


def _undeclared(markup: str) -> str:
    """Without the XML declaration, which an HTML parser takes for text."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup, count=1) or "<p></p>"


def _package_name(archive: zipfile.ZipFile) -> str:
    for node in _xml(part(archive, _CONTAINER)).iter("{*}rootfile"):
        if node.get("full-path"):
            return str(node.get("full-path"))
    raise ArticleUnreadable("It is no e-book.", _CURE)


def _spine(package: _Element) -> list[str]:
    """The names of the chapters' pages in reading order, as the package writes them."""
    pages = {
        node.get("id"): unquote(node.get("href") or "").split("#")[0]
        for node in package.iter("{*}item")
        if node.get("media-type") in _PAGES and "nav" not in (node.get("properties") or "").split()
    }
    wanted = (node.get("idref") for node in package.iter("{*}itemref"))
    return list(dict.fromkeys(pages[name] for name in wanted if pages.get(name)))


def _locked(archive: zipfile.ZipFile) -> set[str]:
    if _ENCRYPTION not in archive.namelist():
        return set()
    return {unquote(n.get("URI") or "") for n in _xml(part(archive, _ENCRYPTION)).iter("{*}CipherReference")}


def _meta(package: _Element, name: str) -> str | None:
    found = next(package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"), None)
    return None if found is None else found.text


def _published(package: _Element) -> str:
    """When a book says that it was published; "" where it only says when its file was made."""
    saved = {
        (node.text or "").strip()[:10]
        for node in package.iter("{*}meta")
        if (node.get("property") or "") == "dcterms:modified"
    }
    for node in package.iter("{http://purl.org/dc/elements/1.1/}date"):
        event = next((value for key, value in node.attrib.items() if str(key).endswith("event")), "publication")
        said = (node.text or "").strip()
        if event == "publication" and not ("T" in said and said[:10] in saved):
            return said
    return ""


def _xml(data: bytes) -> _Element:
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as problem:
        raise ArticleUnreadable(f"It is damaged ({problem}).", _CURE) from None
