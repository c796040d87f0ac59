"""A short page as a reader sees it: its own text in blocks, without the menus around it.

An extractor of main texts takes the whole of a page that has little text for its article, menus and all, and as one
paragraph (trafilatura 2: fewer than 250 characters), so that "Bins Tax Jobs Lowfell Library The library opens at 10"
is read as one statement. What stands around the text is told by the elements that pages mark it with, by the usual
names of their classes, and by consisting of links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rag.reading.html_whole import is_menu
from rag.reading.shown import blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AROUND = ("nav", "aside", "footer", "form", "button")
_BOXES = ("ul", "ol", "div", "p", "section", "header", "span", "table")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The usual names of what isn't the text: as whole words of a class or an id, "site-footer", "mainMenu".
_NAMED = re.compile(
    r"(?<![a-z])(?:menu|nav|navbar|navigation|footer|cookies?|breadcrumbs?|sidebar|share|sharing|social|related)"
    r"(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_heap(body: HtmlElement | None) -> bool:
    """Whether an extractor took all of a page for one paragraph: its blocks are that paragraph's lines."""
    return body is not None and len(body) == 1 and body[0].tag == "p" and "\n" in (body[0].text or "").strip()


def short_text(tree: HtmlElement) -> str:
    """What a page says apart from what stands around it; "" where that is nothing.

    Args:
        tree: the page's; changed.
    """
    marked = [node for name in ("main", "article") for node in tree.iter(name)]
    top = marked[0] if len(marked) == 1 or marked and marked[0].tag == "main" else tree.find("body")
    if top is None:
        return ""
    for node in [n for n in top.iter(*_AROUND, *_BOXES) if n is not top]:
        if node.getparent() is not None and _stands_around(node, top):
            node.drop_tree()
    return blocks(top)


def _stands_around(node: HtmlElement, top: HtmlElement) -> bool:
    if node.tag in _AROUND:
        return True
    holds_heading = next(node.iter("h1"), None) is not None
    if node.tag == "header":
        return not any(True for _ in node.iter(*_HEADINGS))
    names = _CAMEL.sub(" ", f"{node.get('class') or ''} {node.get('id') or ''}").lower()
    return not holds_heading and bool(_NAMED.search(names) or _is_links(node))


def _is_links(node: HtmlElement) -> bool:
    """Whether an element is a menu: several links and little else."""
    return sum(1 for _ in node.iter("a")) > 1 and is_menu(node)
