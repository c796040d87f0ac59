"""Bytes become text: strictly where the encoding is known, by a guess that is said where it isn't.

A few wrong bytes in a text don't make it one of another encoding: they become replacement characters, and are said.
"""

from __future__ import annotations

import codecs
import re

from rag.errors import ArticleUnreadable
from rag.reading.guess import guess, has_blanks, is_odd
from rag.types import Note

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAID = {"mac_roman": "Mac Roman", "koi8_r": "KOI8-R", "iso8859_2": "ISO-8859-2"}
_DOS = re.compile(r"^CP(437|8\d\d)$")
_BAD = "\N{REPLACEMENT CHARACTER}"
_BEYOND = re.compile(r"[^\x00-\x7f]")
# What mail and pages take these names for (WHATWG Encoding).
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_BAD_SHARE = 0.5  # of the characters beyond ASCII; in text of another encoding hardly any byte is part of valid UTF-8


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


def decode_or_guess(data: bytes, encoding: str = "utf-8") -> tuple[str, tuple[Note, ...]]:
    """Decode in the encoding that is expected, else in the likeliest other one, with a note that says so.

    Raises:
        ArticleUnreadable: it is not text in any likely encoding.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            text, notes = _mended(data, name) or (decode(data, name), ())
            return text, (Note("It was read as UTF-16.", gap=False), *notes)
    encoding = _meant(data, encoding)
    try:
        return decode(data, encoding), ()
    except ArticleUnreadable:
        found = _mended(data, encoding) or _mended(data, "utf-8") or _guessed(data)
        if found is None:
            raise
        return found


def _meant(data: bytes, encoding: str) -> str:
    """The encoding that is meant by a name; UTF-8 where the bytes are: text of another is hardly ever valid UTF-8."""
    name = encoding.lower()
    if not data.isascii():
        try:
            data.decode()
            return "utf-8"
        except UnicodeError:
            pass
    return _MEANT.get(name, name)


def _mended(data: bytes, encoding: str) -> tuple[str, tuple[Note, ...]] | None:
    """Text of an encoding in which a few bytes are wrong; None if it isn't that."""
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return None
    bad, beyond = text.count(_BAD) - data.count(_BAD.encode()), sum(1 for _ in _BEYOND.finditer(text))
    if "\0" in text or is_odd(text) or not _is_mostly_right(text, bad, beyond, encoding):
        return None
    name = encoding.upper().replace("_", "-")
    if bad <= 0:
        return text, ()
    where = f" (at character {text.index(_BAD) + 1:,})" if bad == 1 else ""
    told = "One character is" if bad == 1 else f"{bad:,} characters are"
    return text, (Note(f"{told} no {name}{where} and shown as “{_BAD}”.", gap=True),)


def _is_mostly_right(text: str, bad: int, beyond: int, encoding: str) -> bool:
    if encoding.startswith("utf-16"):
        return bad == 1 and has_blanks(text)
    return bad <= _BAD_SHARE * beyond


def _guessed(data: bytes) -> tuple[str, tuple[Note, ...]] | None:
    name = guess(data)
    try:
        text = data.decode(name, "replace" if name and name.startswith("utf-16") else "strict") if name else None
    except UnicodeError:
        return None
    return None if name is None or text is None or is_odd(text) else (text, (_note(name),))


def _note(encoding: str) -> Note:
    name = _SAID.get(encoding, encoding.upper().replace("_", "-").replace("CP125", "Windows-125"))
    if name.startswith("UTF-16"):
        name = "UTF-16"
    name = _DOS.sub(r"DOS code page \1", name)
    return Note(f"It was read as {name}, which is a guess.", gap=False)
