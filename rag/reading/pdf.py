"""PDF: the visible text of its pages, put back into paragraphs; of a scan, the text that was recognised in it."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.lines import paragraphs
from rag.reading.pdf_extras import attached, noted
from rag.reading.pdf_lines import page_text
from rag.reading.pdf_pictures import covered
from rag.reading.pdf_visible import visible_operations
from rag.types import Note

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_CURE = "Save it again, or save its text as .txt."
_OCR = "Run text recognition (OCR) over it and save it again."
_NO_TITLE = ("untitled", "microsoft word", ".doc", ".indd", ".qxp", ".pdf", "about:blank")
_STAMP = 100  # letters and figures; a page under a picture that has no more than these is a scan with a stamp
_MOSTLY = 0.5  # of a page
_UNKNOWN = 0.3  # of its characters: so many without a meaning are a font that doesn't tell them
_NO_LETTERS = ("Cc", "Co", "Cn")
_NAMED = 3  # attached files that a note names


@dataclass(frozen=True)
class _Page:
    """A page's text, what is noted or filled in on it, and why its text is not all that it shows."""

    text: str
    extras: tuple[str, ...]
    is_picture: bool
    is_code: bool  # its font doesn't say which letters its signs are


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
        pages = [_page(page) for page in reader.pages]
        title, files = _title(reader), attached(reader)
        author = tidy(reader.metadata.author if reader.metadata else None, 120)
    except PyPdfError as problem:
        raise ArticleUnreadable(f"It is damaged ({problem}).", _CURE) from None
    extras = list(dict.fromkeys(extra for page in pages for extra in page.extras))
    text = "\n\n".join(filter(None, [paragraphs([page.text for page in pages]), *extras]))
    return Content(headed(title, text), title, notes=(*_notes(pages, text), *_attached(files)), saved_by=author)


def _page(page: PageObject) -> _Page:
    operations = visible_operations(page)
    share, text = covered(page, operations), page_text(page, operations)
    signs = [c for c in text if not c.isspace()]
    told = sum(map(str.isalnum, signs))
    unknown = sum(n for c, n in Counter(signs).items() if c == "\ufffd" or unicodedata.category(c) in _NO_LETTERS)
    is_code = unknown > _UNKNOWN * len(signs)
    is_picture = share >= _MOSTLY and told <= _STAMP or not told and share > 0
    return _Page("" if is_code else text, tuple(noted(page)), is_picture and not is_code, is_code)


def _notes(pages: list[_Page], text: str) -> tuple[Note, ...]:
    pictures, codes = sum(page.is_picture for page in pages), sum(page.is_code for page in pages)
    if pictures and not any(c.isalnum() for c in text):
        told = f"{pictures:,} page{'s are pictures' if pictures > 1 else ' is a picture'} without text"
        raise ArticleUnreadable(f"It is a scan: its {told}.", _OCR)
    if codes == len(pages) > 0:
        raise ArticleUnreadable("Its fonts don’t say which letters they show.", _OCR)
    hardly = any(c.isalnum() for page in pages if page.is_picture for c in page.text)
    notes = []
    if pictures:
        told = "with hardly any text" if hardly else "without text"
        notes.append(
            Note(f"{_of(pictures, pages)} {'is a picture' if pictures == 1 else 'are pictures'} {told}.", gap=True)
        )
    if codes:
        notes.append(Note(f"{_of(codes, pages)} can’t be read: the font doesn’t say which letters it shows.", gap=True))
    return tuple(notes)


def _of(number: int, pages: list[_Page]) -> str:
    return f"{number:,} of its {len(pages):,} pages"


def _attached(names: list[str]) -> tuple[Note, ...]:
    if not names:
        return ()
    number = "1 attached file was" if len(names) == 1 else f"{len(names):,} attached files were"
    return (Note(f"{number} not read: {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}.", gap=True),)


def _title(reader: PdfReader) -> str | None:
    title = tidy(reader.metadata.title if reader.metadata else None)
    return None if not title or any(sign in title.lower() for sign in _NO_TITLE) else title
