"""What a page's markup hides from its reader, as far as it says so itself: style sheets are not computed.

A page hides menus, traps and instructions to machines; some hide their article, too: behind a dialog that asks for
consent, or until a script fades it in. What holds most of a page's words is the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NONE = re.compile(r"display\s*:\s*none|(?:left|top|text-indent)\s*:\s*-\d{3,}", re.I)
_FADED = re.compile(r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)", re.I)
_FADES_IN = re.compile(r"(?<![\w-])(?:transform|transition|animation|will-change)\b", re.I)
_INVISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.I)
_VISIBLE = re.compile(r"visibility\s*:\s*visible", re.I)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:;|!|$)", re.I)
_SIZE = re.compile(r"font-size\s*:\s*(?:0*[1-9]\d*|0*\.0*[1-9]|[a-z])[\d.]*\s*(?!\s*(?:em|%|ex|ch))", re.I)
_COLOURS = re.compile(r"(?<![\w-])(background(?:-color)?|color)\s*:\s*([^;!]+)", re.I)
_WHITE = {"#fff": "white", "#ffffff": "white", "rgb(255,255,255)": "white"}
_NEVER_SHOWN = ("script", "style", "template", "noscript", "iframe", "object", "embed", "svg")
_DIALOGS = ("dialog", "alertdialog")
_MOST = 0.5  # of the page's letters


def without_hidden(tree: HtmlElement) -> None:
    """Take out of a tree what it hides, and the dialogs before it; the page itself stays, though it be hidden."""
    _without_machinery(tree)
    total = _letters(tree)
    for node in list(tree.iter("*")):
        if not _is_within(node, tree):
            continue
        if not _is_hidden(node):
            _empty(node, total)
        elif node is not tree and not _is_the_page(node, total):
            node.drop_tree()
    for node in list(tree.iter("*")):
        if _is_dialog(node) and _is_within(node, tree) and _letters(node) <= _MOST * total:
            node.drop_tree()


def _without_machinery(tree: HtmlElement) -> None:
    """Take out what browsers never show as text; a page that is all for browsers without scripts stays."""
    total = _letters(tree)
    for node in list(tree.iter("noscript")):
        if _is_the_page(node, total):
            node.tag = "div"
    for node in list(tree.iter(*_NEVER_SHOWN)):
        if node.getparent() is not None and node.get("type") != "application/ld+json":
            node.drop_tree()  # the text after it stays


def _is_within(node: HtmlElement, tree: HtmlElement) -> bool:
    """Whether a node is still in the tree and may be taken out."""
    return node is tree or node.getroottree().getroot() is tree


def _letters(node: HtmlElement) -> int:
    """How many letters and figures a reader may see in a node."""
    texts = node.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return sum(c.isalnum() for text in texts for c in text)


def _is_dialog(node: HtmlElement) -> bool:
    return (node.get("role") or "").lower() in _DIALOGS or node.tag == "dialog" or node.get("aria-modal") == "true"


def _is_hidden(node: HtmlElement) -> bool:
    if node.get("hidden") is not None or (node.get("aria-hidden") or "").strip().lower() == "true":
        return True
    style = node.get("style") or ""
    if _FADED.search(style) and not _FADES_IN.search(style):
        return True
    return bool(style and _NONE.search(style)) or _is_own_colour(style)


def _is_the_page(node: HtmlElement, total: int) -> bool:
    """Whether a hidden node holds most of the page, and in paragraphs."""
    return len(node.xpath(".//p | .//h1 | .//h2 | .//article")) > 1 and _letters(node) > _MOST * total


def _empty(node: HtmlElement, total: int) -> None:
    """Take the text out of a node that shows none of its own, but for descendants that show theirs again."""
    style = node.get("style") or ""
    if style and _NO_SIZE.search(style):
        _silence(node, _SIZE)
    elif style and _INVISIBLE.search(style):
        shows = any(_VISIBLE.search(inner.get("style") or "") for inner in node.iter("*"))
        if shows or not _is_the_page(node, total):
            _silence(node, _VISIBLE)


def _silence(node: HtmlElement, shows: re.Pattern[str]) -> None:
    waiting = [node]
    while waiting:
        silent = waiting.pop()
        silent.text = None
        for child in silent:
            child.tail = None
            if not (isinstance(child.tag, str) and shows.search(child.get("style") or "")):
                waiting.append(child)


def _is_own_colour(style: str) -> bool:
    """Whether text has the colour of what is behind it, as far as its own style tells."""
    found = {name.lower()[:5]: "".join(value.lower().split()) for name, value in _COLOURS.findall(style)}
    colours = [_WHITE.get(value, value) for value in found.values()]
    return len(colours) == 2 and colours[0] == colours[1]
