"""PDF: the visible text of its pages, put back into paragraphs; of a scan, the text that was recognised in it."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.ocr import INSTALL
from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.lines import paragraphs
from rag.reading.page_starts import page_starts
from rag.reading.pdf_extras import attached, noted
from rag.reading.pdf_lines import page_text
from rag.reading.pdf_pictures import covered
from rag.reading.pdf_visible import visible_operations
from rag.types import Note

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_CURE = "Save it again, or save its text as .txt."
_OCR = f"Install what reads pictures: {INSTALL}. Or run text recognition (OCR) over it and save it again."
_NO_TITLE = ("(anonymous)", "untitled", "microsoft word", ".doc", ".indd", ".qxp", ".pdf", "about:blank")
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
    is_seen: bool = False  # its text was recognised in a picture of it


class Scan(ArticleUnreadable):
    """A document that only shows its text; text recognition may read it."""


def read_pdf(data: bytes, shown: Callable[[int], str | None] | None = None) -> Content:
    """A document's text and title. Its own date is that of the file, not of the article, and is left out.

    Args:
        data: the file.
        shown: tells what the page of a number, from 0, shows as a picture, line by line; None where it can't be told.
            Without it pages that are pictures are left out.

    Raises:
        Scan: it is all pictures, or its fonts don't tell their letters.
        ArticleUnreadable: it is damaged or locked.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleUnreadable("It is locked with a password.", "Save it without one.")
        pages = [_page(page) for page in reader.pages]
        title, files = _title(reader), attached(reader)
        author = _author(reader)
    except PyPdfError as problem:
        raise ArticleUnreadable(f"It is damaged ({problem}).", _CURE) from None
    pages = [_recognised(page, number, shown) for number, page in enumerate(pages)] if shown else pages
    extras = list(dict.fromkeys(extra for page in pages for extra in page.extras))
    printed = [page.text for page in pages]
    body = paragraphs(printed)
    text = "\n\n".join(filter(None, [body, *extras]))
    notes, whole = (*_notes(pages, text), *_attached(files)), headed(title, text)
    starts = tuple(len(whole) - len(text) + start for start in page_starts(body, printed))
    return Content(whole, title, notes=notes, is_scan=_is_scan(pages), saved_by=author, pages=starts)


def _page(page: PageObject) -> _Page:
    operations = visible_operations(page)
    share, text = covered(page, operations), page_text(page, operations)
    signs = [c for c in text if not c.isspace()]
    told = sum(map(str.isalnum, signs))
    unknown = sum(n for c, n in Counter(signs).items() if c == "\ufffd" or unicodedata.category(c) in _NO_LETTERS)
    is_code = unknown > _UNKNOWN * len(signs)
    is_picture = share >= _MOSTLY and told <= _STAMP or not told and share > 0
    return _Page("" if is_code else text, tuple(noted(page)), is_picture and not is_code, is_code)


def _recognised(page: _Page, number: int, shown: Callable[[int], str | None]) -> _Page:
    """A page with the text that a picture of it shows, where it has none of its own, or less."""
    text = shown(number) if page.is_picture or page.is_code else None
    if text is None or sum(map(str.isalnum, text)) < sum(map(str.isalnum, page.text)):
        return page
    return _Page(text, page.extras, False, False, is_seen=True)


def _is_scan(pages: list[_Page]) -> bool:
    return any(page.is_picture or page.is_code for page in pages)


def _notes(pages: list[_Page], text: str) -> tuple[Note, ...]:
    pictures, codes = sum(page.is_picture for page in pages), sum(page.is_code for page in pages)
    if pictures and not any(c.isalnum() for c in text):
        told = f"{pictures:,} page{'s are pictures' if pictures > 1 else ' is a picture'} without text"
        raise Scan(f"It is a scan: its {told}.", _OCR)
    if codes == len(pages) > 0:
        raise Scan("Its fonts don’t say which letters they show.", _OCR)
    seen = [number for number, page in enumerate(pages, start=1) if page.is_seen]
    if seen and not any(map(str.isalnum, text)):
        raise ArticleUnreadable("It is a scan in which no text was found.", "Save its text as .txt.")
    hardly = any(c.isalnum() for page in pages if page.is_picture for c in page.text)
    notes = [_seen(seen)] if seen else []
    if pictures:
        told = "with hardly any text" if hardly else "without text"
        notes.append(
            Note(f"{_of(pictures, pages)} {'is a picture' if pictures == 1 else 'are pictures'} {told}.", gap=True)
        )
    if codes:
        notes.append(Note(f"{_of(codes, pages)} can’t be read: the font doesn’t say which letters it shows.", gap=True))
    return tuple(notes)


def _seen(numbers: list[int]) -> Note:
    """That pages were recognised, of which a letter may be wrong."""
    if len(numbers) == 1:
        return Note(f"Page {numbers[0]} was read from a picture; check it against the page.", gap=True)
    named = ", ".join(map(str, numbers[:_NAMED])) + (" …" if len(numbers) > _NAMED else "")
    return Note(f"{len(numbers):,} pages ({named}) were read from pictures; check them against the pages.", gap=True)


def _of(number: int, pages: list[_Page]) -> str:
    return f"{number:,} of its {len(pages):,} pages"


def _attached(names: list[str]) -> tuple[Note, ...]:
    if not names:
        return ()
    number = "1 attached file was" if len(names) == 1 else f"{len(names):,} attached files were"
    return (Note(f"{number} not read: {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}.", gap=True),)


def _author(reader: PdfReader) -> str | None:
    """Whose name stands in the properties, unless a library filled it in."""
    author = tidy(reader.metadata.author if reader.metadata else None, 120)
    return None if not author or "anonymous" in author.lower() else author


def _title(reader: PdfReader) -> str | None:
    title = tidy(reader.metadata.title if reader.metadata else None)
    return None if not title or any(sign in title.lower() for sign in _NO_TITLE) else title
