"""HTML: the main text of a page as a reader sees it.

What a page hides is no part of the article: nodes marked hidden are removed before trafilatura
(Barbaresi 2021, "Trafilatura: A web scraping library", ACL demo, p. 122) looks for the main text.
Nothing is fetched; scripts are never run.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HEAD = 4_096  # bytes in which a page must name its encoding; the standard says 1,024, pages don't listen
# What browsers take these names for (WHATWG Encoding).
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_UTF16 = re.compile(r"utf-?16", re.I)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.I,
)
_NEVER_SHOWN = ("script", "style", "template", "noscript", "iframe", "object", "embed", "svg")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_html(data: bytes) -> Content:
    """A page's main text, title and date.

    Raises:
        ArticleUnreadable: its encoding is wrong or unknown, or it holds no main text.
    """
    # trafilatura and lxml together take half a second to import.
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura import bare_extraction

    markup = decode(data, _encoding(data)).removeprefix("\ufeff")
    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = document_fromstring(markup.encode(), parser=parser)
        _strip_hidden(tree)
        found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=True)
    except (etree.LxmlError, ValueError, RecursionError) as problem:
        raise ArticleUnreadable(f"It is not a page that can be read ({problem}).", "Save its text as .txt.") from None
    text = getattr(found, "text", None)
    if not text:
        raise ArticleUnreadable("The page holds no main text.", "Save the text that you see as .txt.")
    date = getattr(found, "date", None)
    return Content(text, getattr(found, "title", None) or None, date if date and _ISO_DATE.match(date) else None)


def _encoding(data: bytes) -> str:
    """What the byte order mark says, else what the page says, else UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    match = _CHARSET.search(data[:_HEAD])
    name = match.group(1).decode("ascii").lower() if match else "utf-8"
    if _UTF16.match(name):
        return "utf-8"  # a page whose meta element could be read as ASCII is not in UTF-16
    return _MEANT.get(name, name)


def _strip_hidden(tree: HtmlElement) -> None:
    """Remove what a reader would not see; the text after a removed node stays."""
    for node in list(tree.iter("*")):
        if node.getparent() is not None and _is_hidden(node):
            node.drop_tree()


def _is_hidden(node: HtmlElement) -> bool:
    if node.tag in _NEVER_SHOWN and not (node.tag == "script" and node.get("type") == "application/ld+json"):
        return True
    if node.get("hidden") is not None or (node.get("aria-hidden") or "").strip().lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(node.get("style") or ""))
