"""Markup as a reader sees it: parsed, without what it hides, and as blocks of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.hidden import without_hidden
from rag.reading.inline import BLOCKS, open_frames, spell_out

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = (BLOCKS | {"br"}) - {"td", "th"}
_CELLS = frozenset(("td", "th"))


def parsed(markup: str) -> HtmlElement:
    """A page's tree without what is hidden, its looks spelt out.

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
    open_frames(tree)
    without_hidden(tree)
    spell_out(tree)
    return tree


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
