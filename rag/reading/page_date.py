"""When a page says that it was published: in its metadata, or at its article's head in a time element or the byline.

A year in its text, in its foot or at another article's teaser is no date of its own, so none is guessed from them.
"""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names under which publishers give it: Open Graph, schema.org, Dublin Core, Highwire, Parse.ly and older habits.
_NAMES = (
    *("article:published_time", "og:published_time", "article:published", "datepublished", "date.published"),
    *("dcterms.issued", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "dc.date.created"),
    *("citation_publication_date", "citation_date", "citation_online_date", "parsely-pub-date", "sailthru.date"),
    *("publication_date", "publication-date", "publishdate", "publish-date", "publish_date", "pubdate", "pub_date"),
    *("article.published", "published-date", "originalpublicationdate", "article_date_original", "date", "created"),
)
_KINDS = re.compile(r"Article|Posting|Report|WebPage|Review")
_OFFICE = re.compile(r"libreoffice|openoffice|microsoft|\bword\b|\bexcel\b|abiword", re.I)
_ELSEWHERE = ("aside", "nav", "footer")
_ELSEWHERE_CLASS = re.compile(r"related|comment|sidebar|teaser|recommend|more-|promo|footer", re.I)
_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y", "%d. %B %Y")
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in month_name[1:])
_FULL = re.compile(
    rf"\b(?:\d{{1,2}}\.? (?:{_MONTH})\.? \d{{4}}|(?:{_MONTH})\.? \d{{1,2}},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})\b"
)
_BYLINE = re.compile(r"by-?line|meta|date|time|publish|posted|info", re.I)  # in the class or id of one
_TEXT = 50  # letters of a paragraph with which the article itself has begun
_LINE = 80  # letters of a byline
_EARLIEST = date(1600, 1, 1)


def page_date(tree: HtmlElement) -> str | None:
    """The day of publication in ISO 8601; None if the page doesn't say it."""
    for said in (*_meta(tree), *_linked_data(tree), *_itemprop(tree), *_times(tree), *_bylines(tree)):
        day = _day(said)
        if day:
            return day
    return None


def is_of_office(tree: HtmlElement) -> bool:
    """Whether an office program wrote a page: its metadata say when a file was made and changed."""
    made = (node.get("content") or "" for node in tree.iter("meta") if (node.get("name") or "").lower() == "generator")
    return any(_OFFICE.search(said) for said in made)


def _meta(tree: HtmlElement) -> Iterator[str]:
    if is_of_office(tree):
        return iter(())
    found = {
        (node.get(key) or "").strip().lower(): node.get("content") or ""
        for node in tree.iter("meta")
        for key in ("property", "name", "itemprop")
        if node.get(key)
    }
    return (found[name] for name in _NAMES if name in found)


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    for node in tree.iter("script"):
        if node.get("type") == "application/ld+json":
            try:
                data = json.loads(node.text or "")
            except (ValueError, RecursionError):
                continue
            yield from _published(data)


def _published(data: Any) -> Iterator[str]:  # noqa: ANN401 — JSON
    """Of the article that the data describe, not of those that it lists."""
    if isinstance(data, list):
        for item in data:
            yield from _published(item)
    elif isinstance(data, dict):
        if _KINDS.search(str(data.get("@type"))) and isinstance(data.get("datePublished"), str):
            yield data["datePublished"]
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _published(data.get(key))


def _itemprop(tree: HtmlElement) -> Iterator[str]:
    for node in tree.iter("time", "span", "abbr", "div", "p"):
        if node.get("itemprop") == "datePublished" and not _is_elsewhere(node):
            yield node.get("content") or node.get("datetime") or node.text_content()


def _times(tree: HtmlElement) -> Iterator[str]:
    """Time elements at an article's head."""
    for node in _head(tree):
        if node.tag == "time":
            yield node.get("datetime") or node.text_content()


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """The day in a line that says who wrote the article, or when."""
    for node in _head(tree):
        text = " ".join(_beginning(node).split())
        days = _FULL.findall(text)
        is_byline = text.startswith("By ") or _BYLINE.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        if is_byline and len(days) == 1 and _letters(node) <= _LINE:
            yield days[0].replace(". ", " ")


def _head(tree: HtmlElement) -> Iterator[HtmlElement]:
    """What stands between an article's heading, or its beginning, and its text."""
    has_begun = False
    for node in tree.iter("article", "main", "h1", "p", "div", "span", "time", "address", "ul"):
        if node.tag in ("article", "main", "h1"):
            has_begun = has_begun or not _is_elsewhere(node)
        elif has_begun and not _is_elsewhere(node):
            yield node
            if node.tag == "p" and _letters(node) > _TEXT:
                return


def _letters(node: HtmlElement) -> int:
    return sum(c.isalnum() for c in _beginning(node))


def _beginning(node: HtmlElement) -> str:
    """A node's text as far as it matters here: blocks hold blocks, and to read all of it in each would take long."""
    pieces: list[str] = []
    room = 4 * _LINE
    for text in node.itertext():
        pieces.append(text[:room])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return "".join(pieces)


def _is_elsewhere(node: HtmlElement) -> bool:
    """Whether a node belongs to the page around the article."""
    return any(
        outer.tag in _ELSEWHERE or _ELSEWHERE_CLASS.search(f"{outer.get('class') or ''} {outer.get('id') or ''}")
        for outer in node.iterancestors()
        if outer.tag not in ("body", "html")
    )


def _day(said: str) -> str | None:
    match = _ISO.match(said) or _COMPACT.match(said)
    try:
        day = date(*map(int, match.groups())) if match else _written(" ".join(said.split())[:60])
    except ValueError:
        return None
    return day.isoformat() if day and day >= _EARLIEST else None


def _written(said: str) -> date | None:
    for form in _WRITTEN:
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(said).date()
    except (ValueError, TypeError, IndexError):
        return None
