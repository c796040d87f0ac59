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
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.content import Content, headed, tidy
from rag.reading.encoding import decode, decode_or_guess
from rag.reading.html_lists import figures
from rag.reading.html_short import is_heap, short_text
from rag.reading.html_whole import marked_whole
from rag.reading.page_date import is_of_office, page_date
from rag.reading.shown import blocks, parsed
from rag.types import Note

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HEAD = 4_096  # bytes in which a page must name its encoding; the standard says 1,024, pages don't listen
_UTF16 = re.compile(r"utf-?16", re.I)
_PAGES = ("text/html", "application/xhtml+xml")
_OF_SITES = ("article", "main", "nav", "aside", "footer", "form", "frameset")
_OF_DOCUMENTS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote".split())
_SIGNS = "\u241e\u241d\u241f\u2416\u2417\u2419"  # shown controls, one of which stands in no page
_PARTS = ("head", "p", "list", "table", "quote")  # of the extractor's tree
_WITHIN = ("head", "p", "list", "table", "cell", "item")
_CURE = "Save the text that you see as .txt."


def read_html(data: bytes, said: str | None = None) -> Content:
    """A page's main text below its title, its date and its outlet.

    Args:
        data: the page.
        said: the encoding that came with it, if any.

    Raises:
        ArticleUnreadable: its encoding is wrong or unknown, or it holds no main text.
    """
    markup, notes = decode_markup(data, said)
    return _main_text(markup, notes)


def read_mhtml(data: bytes) -> Content:
    """A page that a browser saved into one file (`.mhtml`): its main part, read as a page.

    Raises:
        ArticleUnreadable: see `read_html`; or there is no page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [p for p in message.walk() if p.get_content_type() in _PAGES and isinstance(p, EmailMessage)]
    problem = ArticleUnreadable("There is no page in it.", _CURE)
    for part in pages:  # one that only holds frames has no text of its own
        payload = part.get_payload(decode=True)
        try:
            return read_html(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
        except ArticleUnreadable as found:
            problem = found if part is pages[0] else problem
    raise problem


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
    text, notes = decode_or_guess(data, _named(data, said))
    return text.removeprefix("\ufeff"), notes


def _named(data: bytes, said: str | None) -> str:
    match = _CHARSET.search(data[:_HEAD])
    name = (said or (match.group(1).decode("ascii") if match else "utf-8")).lower()
    if _UTF16.match(name):
        return "utf-8"  # a page whose meta element could be read as ASCII is not in UTF-16
    return name


def _main_text(markup: str, notes: tuple[Note, ...]) -> Content:
    tree = parsed(markup)
    date, untitled = page_date(tree), is_of_office(tree) and not _is_titled(tree)
    _as_article(tree)
    sign = next((c for c in _SIGNS if c not in markup), "")
    found, text = _extracted(tree, sign)
    again = parsed(markup)
    if text and marked_whole(again, text):
        _, text = _extracted(again, sign)
    text = text or short_text(parsed(markup)) or _all(parsed(markup))
    if not any(c.isalnum() for c in text):
        raise ArticleUnreadable("The page holds no main text.", _CURE)
    title = None if untitled else tidy(getattr(found, "title", None))
    outlet = tidy(getattr(found, "sitename", None)) or tidy(getattr(found, "hostname", None))
    author = tidy(getattr(found, "author", None), 120)
    return Content(headed(title, text), title, date, outlet, notes, author)


def _extracted(tree: HtmlElement, sign: str) -> tuple[object, str]:
    """What the extractor finds: the page's data, and its main text; "" where that is all of the page in one heap."""
    from trafilatura import bare_extraction

    for node in tree.iter("time"):
        node.tag = "span"  # else its words are left out
    for item, figure in figures(tree) if sign else ():
        item.text = f"{sign}{figure} {(item.text or '').lstrip()}"
    # Its own search for dates takes any year of the text; a range without a day leaves it nothing to find.
    never = {"original_date": True, "extensive_search": False, "min_date": "1000-01-01", "max_date": "1000-01-01"}
    found = bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=never
    )
    body = getattr(found, "body", None)
    return found, "" if is_heap(body) else _text_of(body, sign)


def _text_of(body: HtmlElement | None, sign: str) -> str:
    """The main text, its blocks apart and its figures as marks, which the extractor's own text isn't."""
    from trafilatura.xml import xmltotxt

    for node in list(body.iter(*_PARTS)) if body is not None and sign else ():
        parent = node.getparent()
        if parent is not None and not any(outer.tag in _WITHIN for outer in node.iterancestors()):
            edge = node.makeelement("p")
            edge.text = sign * 2
            parent.insert(parent.index(node), edge)
    text = xmltotxt(body, False)
    parts = text.split(sign * 2) if sign else [text]
    lines = "\n\n".join(part.strip() for part in parts if part.strip()).split("\n")
    return "\n".join(_line(line.rstrip(" "), sign) for line in lines)


def _line(line: str, sign: str) -> str:
    """A line whose figure, if it has one, is its mark instead of the extractor's dash."""
    if line.startswith("| "):
        line = " ".join(line.split())
    if not sign or sign not in line:
        return line
    before, _, after = line.partition(sign)
    return (before.removesuffix("- ") if not before.strip(" -") else before) + after.replace(sign, "")


def _is_titled(tree: HtmlElement) -> bool:
    """Whether a page that an office program wrote has a title of its own: else its first heading may be a chapter's."""
    said = tree.findtext(".//title") or ""
    first = next((node for node in tree.iter("h1", "p", "table", "li") if node.text_content().strip()), None)
    return bool(said.strip()) or first is not None and first.tag == "h1"


def _as_article(tree: HtmlElement) -> None:
    """Say of a page that is nothing but a document that it is one: else its headings and lists pass for menus.

    Such pages are what word processors and converters write: paragraphs right in the body, and no part of a site.
    """
    body = tree.find("body")
    if body is None or next(tree.iter(*_OF_SITES), None) is not None:
        return
    words = sum(len(node.text_content()) for node in body if node.tag in _OF_DOCUMENTS)
    if 2 * words > len(body.text_content()):
        article = body.makeelement("article")
        article.text, body.text = body.text, None
        article.extend(list(body))
        body.append(article)


def _all(tree: HtmlElement) -> str:
    """What a page shows apart from its menus and its foot: for pages in which no main text was found."""
    for node in list(tree.iter("nav", "footer", "form", "button")):
        if node.getparent() is not None:
            node.drop_tree()
    return blocks(tree)
