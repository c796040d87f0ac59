"""Bytes become text: strictly where the encoding is known, by a guess that is said where it isn't.

Guessing is charset-normalizer's, except between the Western code pages, where it is right for six English
articles in ten: their letters are the same and it prefers rare ones. There the language decides.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

from rag.errors import ArticleUnreadable
from rag.language.which import identify
from rag.types import Note

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What articles were saved in before UTF-8; the rest of Python's hundred encodings only invite wrong guesses.
_COMMON = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "mac_roman", "iso8859_2"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
_LATIN = {"cp1252", "cp1250", "cp1254", "mac_roman", "iso8859_2"}
_BY_LANGUAGE = {**dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro"), "cp1250"), "tr": "cp1254"}
_TYPOGRAPHIC = frozenset("“”‘’–—…•«»„")
_SAID = {"mac_roman": "Mac Roman", "koi8_r": "KOI8-R", "iso8859_2": "ISO-8859-2"}
_BLANKS = frozenset("\t\n\r\f\v")
_SAMPLE = 200_000  # bytes that a guess looks at


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
            return decode(data, name), (Note("It was read as UTF-16.", gap=False),)
    try:
        return decode(data, encoding), ()
    except ArticleUnreadable:
        guess = "utf-8" if encoding != "utf-8" and _decodes(data, "utf-8") else _guess(data)
        text = _plausible(data, guess) if guess else None
        if guess is None or text is None:
            raise
        return text, (_note(guess),)


def _note(encoding: str) -> Note:
    name = _SAID.get(encoding, encoding.upper().replace("_", "-").replace("CP125", "Windows-125"))
    return Note(f"It was read as {name}, which is a guess.", gap=False)


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    if b"\0" in data:
        return None
    best = from_bytes(data[:_SAMPLE], cp_isolation=_COMMON).best()
    if best is None:
        return None
    if best.encoding not in _LATIN:
        return best.encoding
    return max(_western(data), key=_typography(data), default=None)


def _western(data: bytes) -> list[str]:
    """The Western code pages that come into question, the likeliest first."""
    letters = data[:_SAMPLE].decode("cp1250", errors="replace")
    first = _BY_LANGUAGE.get(identify(letters) or "", "cp1252")
    return [name for name in dict.fromkeys((first, "cp1252", "mac_roman")) if _decodes(data, name)]


def _typography(data: bytes) -> Callable[[str], int]:
    """How many quotation marks and dashes an encoding makes of the bytes: a wrong one makes letters of them."""
    return lambda name: sum(c in _TYPOGRAPHIC for c in data[:_SAMPLE].decode(name, errors="replace"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _plausible(data: bytes, encoding: str) -> str | None:
    """The decoded text, unless it holds what no text holds."""
    if not _decodes(data, encoding):
        return None
    text = data.decode(encoding)
    odd = any(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in _BLANKS for c in set(text))
    return None if odd else text
