"""Markup as a reader sees it: parsed, without what it hides, and as blocks of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.I,
)
_COLOURS = re.compile(r"(?<![\w-])(background(?:-color)?|color)\s*:\s*([^;!]+)", re.I)
_WHITE = {"#fff": "white", "#ffffff": "white", "rgb(255,255,255)": "white"}
_NEVER_SHOWN = ("script", "style", "template", "noscript", "iframe", "object", "embed", "svg")
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul""".split()
)
_CELLS = frozenset(("td", "th"))


def parsed(markup: str) -> HtmlElement:
    """A page's tree without what is hidden.

    Raises:
        ArticleUnreadable: it is no markup at all.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree: HtmlElement = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise ArticleUnreadable(f"It is not a page that can be read ({problem}).", "Save its text as .txt.") from None
    for node in list(tree.iter("*")):
        if node.getparent() is not None and _is_hidden(node):
            node.drop_tree()  # the text after it stays
    return tree


def _is_hidden(node: HtmlElement) -> bool:
    if node.tag in _NEVER_SHOWN and not (node.tag == "script" and node.get("type") == "application/ld+json"):
        return True
    if node.get("hidden") is not None or (node.get("aria-hidden") or "").strip().lower() == "true":
        return True
    style = node.get("style") or ""
    return bool(_HIDDEN_STYLE.search(style)) or _is_own_colour(style)


def _is_own_colour(style: str) -> bool:
    """Whether text has the colour of what is behind it, as far as its own style tells."""
    found = {name.lower()[:5]: "".join(value.lower().split()) for name, value in _COLOURS.findall(style)}
    colours = [_WHITE.get(value, value) for value in found.values()]
    return len(colours) == 2 and colours[0] == colours[1]


def blocks(tree: HtmlElement) -> str:
    """All text of a tree: a paragraph for every block, blanks as a browser would show them."""
    from lxml import etree

    paragraphs: list[str] = []
    words: list[str] = []

    def end_block() -> None:
        line = " ".join("".join(words).split())
        words.clear()
        if line:
            paragraphs.append(line)

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str) or node.tag in ("script", "head", "title"):
            words.append((node.tail or "") if event == "end" and node.tag != "head" else "")
            continue
        if node.tag in _BLOCKS:
            end_block()
        elif node.tag in _CELLS:
            words.append(" ")
        words.append((node.text if event == "start" else node.tail) or "")
    end_block()
    return "\n\n".join(paragraphs)
