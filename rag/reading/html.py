"""Saved web pages: the main text as a reader sees it, with title, date and outlet.

What a page hides is no part of the article: nodes marked hidden are removed before trafilatura
(Barbaresi 2021, "Trafilatura: A web scraping library", ACL demo, p. 122) looks for the main text.
Nothing is fetched; scripts are never run.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from email.message import EmailMessage

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.encoding import decode, decode_or_guess
from rag.reading.shown import parsed
from rag.types import Note

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HEAD = 4_096  # bytes in which a page must name its encoding; the standard says 1,024, pages don't listen
# What browsers take these names for (WHATWG Encoding).
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_UTF16 = re.compile(r"utf-?16", re.I)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CURE = "Save the text that you see as .txt."


def read_html(data: bytes) -> Content:
    """A page's main text below its title, its date and its outlet.

    Raises:
        ArticleUnreadable: its encoding is wrong or unknown, or it holds no main text.
    """
    markup, notes = decode_markup(data)
    return _main_text(markup, notes)


def read_mhtml(data: bytes) -> Content:
    """A page that a browser saved into one file (`.mhtml`): its main part, read as a page.

    Raises:
        ArticleUnreadable: see `read_html`; or there is no page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            payload = part.get_payload(decode=True)
            return read_html(payload if isinstance(payload, bytes) else b"")
    raise ArticleUnreadable("There is no page in it.", _CURE)


def decode_markup(data: bytes, said: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """A page's bytes as text.

    Args:
        data: the page.
        said: the encoding that came with it, if any; a byte order mark counts for more, the page's own for less.

    Raises:
        ArticleUnreadable: it is not text in the encoding that it names, nor in any likely one.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return decode(data, encoding), ()
    named = _named(data, said)
    if named not in ("utf-8", "utf8") and _whole(data, "utf-8"):
        named = "utf-8"  # re-encoded when it was saved: text of another encoding is hardly ever valid UTF-8
    text, notes = decode_or_guess(data, named)
    return text.removeprefix("\ufeff"), notes


def _whole(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeError:
        return False


def _named(data: bytes, said: str | None) -> str:
    match = _CHARSET.search(data[:_HEAD])
    name = (said or (match.group(1).decode("ascii") if match else "utf-8")).lower()
    if _UTF16.match(name):
        return "utf-8"  # a page whose meta element could be read as ASCII is not in UTF-16
    return _MEANT.get(name, name)


def _main_text(markup: str, notes: tuple[Note, ...]) -> Content:
    from trafilatura import bare_extraction

    found = bare_extraction(parsed(markup), include_comments=False, include_tables=True, with_metadata=True)
    text = getattr(found, "text", None)
    if not text:
        raise ArticleUnreadable("The page holds no main text.", _CURE)
    title, date = tidy(getattr(found, "title", None)), str(getattr(found, "date", None) or "")
    outlet = tidy(getattr(found, "sitename", None)) or tidy(getattr(found, "hostname", None))
    return Content(headed(title, text), title, date if _ISO_DATE.match(date) else None, outlet, notes)
