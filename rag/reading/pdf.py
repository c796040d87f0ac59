"""PDF: the visible text of its pages, put back into paragraphs; of a scan, the text that was recognised in it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.lines import paragraphs
from rag.reading.pdf_visible import without_invisible
from rag.types import Note

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_CURE = "Save it again, or save its text as .txt."
_NO_TITLE = ("untitled", "microsoft word", ".doc", ".indd", ".qxp", ".pdf", "about:blank")


def read_pdf(data: bytes) -> Content:
    """A document's text and title. Its own date is that of the file, not of the article, and is left out.

    Raises:
        ArticleUnreadable: it is damaged, locked, or a scan without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleUnreadable("It is locked with a password.", "Save it without one.")
        pages = [_page_text(page) for page in reader.pages]
        title = _title(reader)
    except PyPdfError as problem:
        raise ArticleUnreadable(f"It is damaged ({problem}).", _CURE) from None
    return Content(headed(title, paragraphs([p or "" for p in pages])), title, notes=_notes(pages))


def _page_text(page: PageObject) -> str | None:
    """A page's text, "" if it is blank, None if it is a picture."""
    without_invisible(page)
    text = page.extract_text()
    if any(c.isalnum() for c in text):
        return text
    return None if _draws(page) else ""


def _draws(page: PageObject) -> bool:
    """Whether a page draws a picture."""
    content = page.get_contents()
    return content is not None and any(operator in (b"Do", b"INLINE IMAGE") for _, operator in content.operations)


def _notes(pages: list[str | None]) -> tuple[Note, ...]:
    pictures = sum(page is None for page in pages)
    if pictures and pictures == sum(page != "" for page in pages):
        raise ArticleUnreadable(
            f"It is a scan: its {pictures:,} page{'s are pictures' if pictures > 1 else ' is a picture'} without text.",
            "Run text recognition (OCR) over it and save it again.",
        )
    if not pictures:
        return ()
    return (Note(f"{pictures:,} of its {len(pages):,} pages are pictures without text.", gap=True),)


def _title(reader: PdfReader) -> str | None:
    title = tidy(reader.metadata.title if reader.metadata else None)
    return None if not title or any(sign in title.lower() for sign in _NO_TITLE) else title
