"""Word documents (`.docx`): paragraphs and tables in their order; notes, comments, heads and feet at the end.

Word opens files whose relations point at nothing, and files of the "strict" kind; python-docx doesn't. So the parts
that hold text are looked up here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.archive import opened
from rag.reading.content import Content, headed, tidy
from rag.reading.docx_lists import Lists
from rag.reading.docx_styles import Styles
from rag.reading.docx_text import Text
from rag.reading.package import Package, attribute, child, core_creator, core_title, name
from rag.types import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

_AFTER = ("footnotes", "endnotes", "comments", "header", "footer")  # parts with text of their own, as they are put
_EDGES = ("header", "footer")
_FIGURES = 4  # of a page's number
_HEAD = 20  # paragraphs in which a title may stand
_CURE = "Save it again as .docx or .txt."


def read_docx(data: bytes) -> Content:
    """A document's text; what is deleted under review or hidden is left out.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no Word document.
    """
    with opened(data) as archive:
        package = Package(archive)
        main = next((place for kind, place in package.related() if kind == "officeDocument"), "word/document.xml")
        document = package.tree(main)
        if document is None or name(document) != "w:document":
            raise ArticleUnreadable("It is no Word document.", _CURE)
        related = list(package.related(main))
        styles = Styles(_first(package, related, "styles"))
        text = Text(styles, Lists(_first(package, related, "numbering"), styles))
        paragraphs = list(text.paragraphs(document))
        title = _title(document, Text(styles, Lists(None, styles)), core_title(package))
        creator = core_creator(package)
        missing = []
        for kind in _AFTER:
            for place in dict.fromkeys(place for found, place in related if found == kind):
                tree = package.tree(place)
                if tree is None:
                    missing.append(kind)
                    continue
                told = list(_labelled(tree, text))
                paragraphs += [p for p in told if p not in paragraphs and _says(p)] if kind in _EDGES else told
    notes = (*_missing(missing), *_unread(text.unread))
    return Content(headed(title, "\n\n".join(paragraphs)), title, notes=notes, saved_by=creator)


def _first(package: Package, related: list[tuple[str, str]], kind: str) -> _Element | None:
    place = next((place for found, place in related if found == kind), None)
    return package.tree(place) if place else None


def _says(edge: str) -> bool:
    """Whether a head or foot says more than a page's number."""
    return any(map(str.isalpha, edge)) or sum(map(str.isalnum, edge)) > _FIGURES


def _labelled(tree: _Element, text: Text) -> Iterator[str]:
    """The paragraphs of a part; a comment says whose it is, since it isn't the document's own word."""
    if name(tree) != "w:comments":
        yield from text.paragraphs(tree)
        return
    for comment in tree:
        author = tidy(attribute(comment, "author"))
        for paragraph in text.paragraphs(comment):
            yield f"Comment by {author}: {paragraph}" if author else f"Comment: {paragraph}"


def _title(document: _Element, text: Text, said: str | None) -> str | None:
    """The first paragraph in the style "Title"; else the highest heading that the document begins with.

    Of several of that height the first may be that of a chapter: then what the file's properties say comes before it.
    """
    body = child(document, "w:body")
    paragraphs = [node for node in body if name(node) == "w:p"] if body is not None else []
    titled = next((node for node in paragraphs[:_HEAD] if text.styles.is_title(node)), None)
    if titled is not None:
        return tidy(text.line(titled))
    first = next((node for node in paragraphs[:_HEAD] if text.line(node).strip()), None)
    if first is None or text.styles.heading(first) != 1:
        return said
    is_only = sum(text.styles.heading(node) == 1 for node in paragraphs) == 1
    return tidy(text.line(first)) if is_only or not said else said


def _missing(kinds: list[str]) -> tuple[Note, ...]:
    return tuple(Note(f"Its {kind} could not be read: the file lacks them.", gap=True) for kind in dict.fromkeys(kinds))


def _unread(number: int) -> tuple[Note, ...]:
    if not number:
        return ()
    told = (
        "1 object in it (a chart, a sheet or the like) was"
        if number == 1
        else (f"{number:,} objects in it (charts, sheets or the like) were")
    )
    return (Note(f"{told} not read.", gap=True),)
