"""Word documents (`.docx`): paragraphs and tables in their order, notes at the end.

python-docx opens the package; the text is taken from its tree, because a paragraph's `text` leaves out insertions
under review and can't tell hidden words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rag.errors import ArticleUnreadable
from rag.reading.archive import opened
from rag.reading.content import Content, headed, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _COMPATIBILITY}
_OFF = {"0", "false", "off"}
_NOTES = ("footnotes", "endnotes")


def read_docx(data: bytes) -> Content:
    """A document's text; what is deleted under review or hidden is left out.

    Raises:
        ArticleUnreadable: it is damaged, locked, would burst, or is no Word document.
    """
    opened(data).close()
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError) as problem:
        raise ArticleUnreadable(f"It is no Word document ({problem}).", "Save it again as .docx or .txt.") from None
    paragraphs = list(_paragraphs(document.element.body))
    for part in _note_parts(document):
        paragraphs += _paragraphs(part)
    title = tidy(document.core_properties.title) or _title(document)
    return Content(headed(title, "\n\n".join(paragraphs)), title)


def _title(document: Any) -> str | None:  # noqa: ANN401 — python-docx's own class
    """The first paragraph in the style "Title"."""
    for paragraph in document.paragraphs[:20]:
        if paragraph.style is not None and paragraph.style.name == "Title":
            return tidy(paragraph.text)
    return None


def _note_parts(document: Any) -> Iterator[_Element]:  # noqa: ANN401 — python-docx's own class
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in _NOTES:
            yield parse_xml(relation.target_part.blob)


def _paragraphs(tree: _Element) -> Iterator[str]:
    """The visible text of every paragraph, wherever it stands."""
    for paragraph in tree.iter(f"{_W}p"):
        text = "".join(_text(paragraph)).strip()
        if text:
            yield text


def _text(node: _Element) -> Iterator[str]:
    for child in node:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}p":  # a text box's paragraphs come on their own
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield "\t" if child.tag == f"{_W}tab" else "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag != f"{_W}r" or not _is_hidden(child):
            yield from _text(child)


def _is_hidden(run: _Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in _OFF
