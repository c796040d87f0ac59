"""What a reader gets out of a file."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Note


@dataclass(frozen=True)
class Content:
    """An article's text, with what the file itself says of it."""

    text: str
    title: str | None = None
    date: str | None = None  # ISO 8601
    outlet: str | None = None  # who published it: a newspaper, a publisher, a mail's sender
    notes: tuple[Note, ...] = ()
    author: str | None = None  # who wrote it: a mail's sender, a page's byline
    saved_by: str | None = None  # whose name stands in the file's properties
    pages: tuple[int, ...] = ()  # where its pages begin in the text, and where the last one ends
    is_scan: bool = False  # pages of it only show their text, and text recognition may read them


def headed(title: str | None, text: str) -> str:
    """The text below its title, unless it begins with it: what only the title says is searched and quoted too."""
    if not title or _squeezed(title) in _squeezed(text[: 2 * len(title) + 500]):
        return text
    return f"{title}\n\n{text}"


def _squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def tidy(value: object, limit: int = 300) -> str | None:
    """A title or a name from a file's metadata on one line; None if nothing is left or it is no such thing."""
    line = " ".join(str(value or "").replace("\0", " ").split())
    return line if line and len(line) <= limit else None
