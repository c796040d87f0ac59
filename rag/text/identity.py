"""What a document is, by its own words: its title, its date, who wrote it, of what kind it is, and where it says so.

A reader may know some of it from the file (a mail's head, a page's metadata); the text's own words are looked for too,
so that they can be quoted.
"""

from __future__ import annotations

import re

from rag.text.blocks import blocks
from rag.text.bylines import author_at
from rag.text.dates import days
from rag.text.dating import dated, has_dateline
from rag.text.document_kinds import kind_of
from rag.text.head import head
from rag.text.titles import outlet_at, title_at
from rag.types import AuthorFrom, Identity, Places, Span

_BLOCKS = 30_000  # characters whose blocks tell the kind
_SEARCHED = 3_000  # characters in which a title from the file is looked for
_PERSON = re.compile(r"[^\W\d_][\w’'.,& -]{2,60}")
_INSTITUTES = re.compile(r"(?<=[^\W\d_])[¹²³⁴-⁹*†‡§]+")  # numbers behind the names of a paper's authors
_MACHINE = re.compile(
    r"\b(?:users?|admin\w*|owner|unknown|anonymous|author|guest|office|word|excel|powerpoint|acrobat|adobe|windows|microsoft|pc"
    r"|libreoffice|openoffice|openpyxl|xlsxwriter|reportlab|pandoc|calibre|impress|calc|python|docx|pptx"
    r"|writer|scanner|canon|xerox|hp|epson|ricoh|laptop|default|template|root|test)\b",
    re.I,
)
_SIGNED = ("minutes", "document", "notes", "report", "table")  # kinds that one person signs at the foot


def identity(
    text: str,
    suffix: str,
    *,
    title: str | None = None,
    date: str | None = None,
    author: str | None = None,
    saved_by: str | None = None,
) -> Identity:
    """What a document is. Each of its places is where the text says so; None where it is known from the file alone.

    Args:
        text: the document's.
        suffix: of its file, in lower case.
        title: what the file itself says; the text's own is looked for where it doesn't.
        date: the same.
        author: the same.
        saved_by: whose name stands in the file's properties; counts where nobody else is named.
    """
    top = head(text)
    day = dated(text, top)
    kind, kind_at = kind_of(text, top, blocks(text[:_BLOCKS]), suffix, dateline=has_dateline(text, top))
    title_at_ = _place(text, title) if title else title_at(text, top)
    date_at = _day_place(text, date) if date else (day.span if day else None)
    own = author_at(text, top, letter=kind == "letter", signs=kind in _SIGNED)
    own = _place(text, author) if author else own
    name = author or _INSTITUTES.sub("", _words(text, own) or "") or _person(saved_by)
    source: AuthorFrom | None = "text" if own else "file" if author else "properties" if name else None
    return Identity(
        title or _words(text, title_at_),
        date or (day.iso if day else None),
        name,
        source,
        kind,
        Places(title_at_, date_at, own, kind_at),
        _words(text, outlet_at(top)),
    )


def _person(saved_by: str | None) -> str | None:
    """A name in a file's properties, if it may be a person's and not a program's or a computer's."""
    if not saved_by or not _PERSON.fullmatch(saved_by) or _MACHINE.search(saved_by):
        return None
    return saved_by


def _words(text: str, span: Span | None) -> str | None:
    return " ".join(text[span.start : span.end].split()) if span else None


def _place(text: str, words: str) -> Span | None:
    """Where words stand at the beginning of a text, whatever blanks are between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split()[:40])
    match = re.search(pattern, text[:_SEARCHED]) if pattern else None
    return Span(*match.span()) if match else None


def _day_place(text: str, date: str) -> Span | None:
    return next((day.span for day in days(text, 0, min(len(text), _SEARCHED)) if day.iso == date), None)
