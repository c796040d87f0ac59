"""What a reader gets out of a file, and how bytes become text."""

from __future__ import annotations

from dataclasses import dataclass

from rag.errors import ArticleUnreadable


@dataclass(frozen=True)
class Content:
    """An article's text, with its title and date (ISO 8601) where the file gives them."""

    text: str
    title: str | None = None
    date: str | None = None


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """Decode strictly; nothing is dropped or replaced.

    Raises:
        ArticleUnreadable: the bytes are not text in this encoding, or hold NUL characters.
    """
    try:
        text = data.decode(encoding)
    except UnicodeError as problem:
        place = f" (at byte {problem.start:,})" if isinstance(problem, UnicodeDecodeError) else ""
        raise ArticleUnreadable(f"It is not text in {encoding.upper()}{place}.", "Save it as UTF-8.") from None
    except LookupError:
        raise ArticleUnreadable(f"Its encoding {encoding!r} is unknown.", "Save it as UTF-8.") from None
    if "\0" in text:
        raise ArticleUnreadable("It is a binary file.", "Save its text as UTF-8.")
    return text
