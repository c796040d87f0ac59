"""Texts, spreadsheets and presentations of LibreOffice and others (OpenDocument: `.odt`, `.ods`, `.odp`).

Cells of these spreadsheets hold, beside their value, what they show: that is read, so no number is put into a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.reading.content import Content, headed, tidy
from rag.reading.grid import told
from rag.reading.odf import OpenDocument, attribute, name, number, open_document
from rag.reading.odf_lists import Lists
from rag.reading.odf_table import Table
from rag.reading.odf_text import Text
from rag.reading.sheet import Left, sheet_name, sheet_notes
from rag.types import Note

if TYPE_CHECKING:
    from lxml.etree import _Element

_EDGES = tuple(f"style:{edge}{side}" for side in ("", "-left", "-first") for edge in ("header", "footer"))
_HEAD = 20  # paragraphs in which a title may stand


def read_odt(data: bytes) -> Content:
    """A text; what is deleted under review or hidden is left out. Notes, comments, heads and feet stand at the end.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no text.
    """
    document = open_document(data)
    body = document.body("office:text")
    text = Text(document, lists=Lists(document))
    paragraphs = list(text.paragraphs(body))
    paragraphs += text.after
    for edge in document.common.iter("{*}*") if document.common is not None else ():
        if name(edge) in _EDGES and attribute(edge, "style:display") != "false":
            paragraphs += [line for line in Text(document).paragraphs(edge) if line not in paragraphs]
    title = _title(document, body)
    return Content(headed(title, "\n\n".join(paragraphs)), title, notes=text.notes, saved_by=document.creator)


def _title(document: OpenDocument, body: _Element) -> str | None:
    """The first paragraph in the style of titles; else the highest heading that the text begins with.

    Of several of that height the first may be that of a chapter: then what the file's properties say comes before it.
    """
    text = Text(document)
    nodes = [node for node in body if name(node) in ("text:p", "text:h")]
    titled = next((n for n in nodes[:_HEAD] if document.styles.is_title(attribute(n, "text:style-name"))), None)
    if titled is not None:
        return tidy(text.line(titled))
    first = next((node for node in nodes[:_HEAD] if text.line(node)), None)
    if first is None or not _is_highest(first):
        return document.title
    is_only = sum(map(_is_highest, nodes)) == 1
    return tidy(text.line(first)) if is_only or not document.title else document.title


def _is_highest(node: _Element) -> bool:
    return name(node) == "text:h" and number(node, "text:outline-level", _HEAD) == 1


def read_ods(data: bytes) -> Content:
    """A spreadsheet's visible sheets, each under its name.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no spreadsheet.
    """
    document = open_document(data)
    left, unread = Left(), 0
    texts: list[tuple[str, str]] = []
    for node in document.body("office:spreadsheet"):
        if name(node) != "table:table":
            continue
        label = attribute(node, "table:name")
        if document.styles.of("table", attribute(node, "table:style-name"), "table:display") == "false":
            left.sheets.append(label)
            continue
        text = Text(document)
        table = Table(node, text)
        parts = [told(table.cells.grid())]
        for shapes in (inner for inner in node if name(inner) == "table:shapes"):
            parts += text.paragraphs(shapes)
        left.add(table.cells.left)
        unread += text.unread
        texts.append((label, "\n\n".join(filter(None, [*parts, *text.after]))))
    named = [sheet_name(label, told_, is_only=len(texts) == 1) for label, told_ in texts if told_]
    return Content(
        headed(document.title, "\n\n".join(named)), document.title, notes=(*sheet_notes(left), *_unread(unread))
    )


def _unread(count: int) -> tuple[Note, ...]:
    told_ = "1 object in it was" if count == 1 else f"{count:,} objects in it were"
    return (Note(f"{told_} not read.", gap=True),) if count else ()


def read_odp(data: bytes) -> Content:
    """A presentation's visible slides with their tables, notes and comments.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no presentation.
    """
    document = open_document(data)
    hidden = unread = 0
    texts: list[str] = []
    title: str | None = None
    slides = [node for node in document.body("office:presentation") if name(node) == "draw:page"]
    for at, slide in enumerate(slides, start=1):
        style = attribute(slide, "draw:style-name")
        if document.styles.of("drawing-page", style, "presentation:visibility") == "hidden":
            hidden += 1
            continue
        text = Text(document, lists=Lists(document, runs=True))
        heading, parts = _slide(slide, text, document)
        title = tidy(heading) if at == 1 else title
        label = f"Slide {at}: {heading}" if heading else f"Slide {at}"
        texts.append("\n\n".join([label, *parts, *text.after]))
        unread += text.unread
    title = title or document.title
    told_ = "1 slide was" if hidden == 1 else f"{hidden:,} slides were"
    notes = (Note(f"{told_} not read: hidden.", gap=True),) if hidden else ()
    return Content(
        headed(title, "\n\n".join(texts)), title, notes=(*notes, *_unread(unread)), saved_by=document.creator
    )


def _slide(slide: _Element, text: Text, document: OpenDocument) -> tuple[str, list[str]]:
    """A slide's title, and what else it says."""
    heading = ""
    parts: list[str] = []
    for node in slide:
        kind = attribute(node, "presentation:class")
        if name(node) == "presentation:notes":
            notes = Text(document)
            parts += _spoken(node, notes)
            text.after += notes.after
        elif kind == "title" and not heading:
            plainly = Text(document)
            heading = " ".join(" ".join(plainly.paragraphs(node)).split())
            text.after += plainly.after
        else:
            parts += text.paragraphs([node])
    return heading, parts


def _spoken(notes: _Element, text: Text) -> Iterator[str]:
    for frame in notes:
        if attribute(frame, "presentation:class") == "notes":
            yield from (f"Notes: {line}" for line in text.paragraphs(frame))
