"""What an extractor of main texts left out of a page that doesn't say where its article begins.

Such extractors are made for sites: a heading or a list that no `article` or `main` holds passes for a menu. On a page
without these the main text is what stands together with the paragraphs that were found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_MARKED = ("article", "main", "frameset")  # where a page says itself what its main text is
_AROUND = ("nav", "aside", "footer", "form", "header", "button", "noscript", "script", "style")
_BLOCKS = tuple("h1 h2 h3 h4 h5 h6 p li dt dd td th pre blockquote figcaption".split())
_DOCUMENT = frozenset(("p", "ul", "ol", "dl", "table", "pre", "blockquote", "figure", *_BLOCKS[:6]))
_LINKS = 0.5  # share of a list's letters that are links, from where on it is a menu
_FEWEST = 12  # letters of a block that tell where the main text stands


def marked_whole(tree: HtmlElement, extracted: str) -> bool:
    """Mark as the article what stands together with the extracted blocks; whether any of it had been left out.

    Args:
        tree: the page's, of which the text was extracted; changed where something is missing.
        extracted: that text.
    """
    body = tree.find("body")
    if body is None or next(tree.iter(*_MARKED), None) is not None:
        return False
    known = _letters(extracted)
    found = [node for node in _blocks(body) if len(said := _letters(node.text_content())) >= _FEWEST and said in known]
    if not found:
        return False
    inner = _common(found, body)
    kept = [child for child in inner if _belongs(child, found)]
    if all(_letters(node.text_content()) in known for child in kept for node in _blocks(child, within=True)):
        return False
    for node in [n for child in kept for n in child.iter(*_AROUND)]:
        if node not in kept and node.getparent() is not None:
            node.drop_tree()
    article = inner.makeelement("article")
    article.extend(kept)  # moves them
    for child in list(body):
        child.drop_tree()
    body.text = None
    body.append(article)
    return True


def _blocks(top: HtmlElement, *, within: bool = False) -> Iterator[HtmlElement]:
    """The blocks of text in an element that hold no other, menus and what stands around an article left out."""
    for node in top.iter(*_BLOCKS):
        if next(node.iterdescendants(*_BLOCKS), None) is None and node.text_content().strip():
            outer = [a for a in node.iterancestors(*_AROUND) if not within or a is not top and top in a.iterancestors()]
            if not outer:
                yield node


def _common(nodes: Sequence[HtmlElement], top: HtmlElement) -> HtmlElement:
    """The smallest element that holds all nodes and isn't one of them."""
    shared = [a for a in nodes[0].iterancestors()]
    for node in nodes[1:]:
        above = set(node.iterancestors())
        shared = [a for a in shared if a in above]
    return next((a for a in shared if a.tag not in ("ul", "ol", "dl", "table", "tbody", "thead", "tr")), top)


def _belongs(child: HtmlElement, found: Sequence[HtmlElement]) -> bool:
    """Whether a part of what holds the main text is of it: it holds some, or is a block and no menu."""
    if not isinstance(child.tag, str) or child.tag in _AROUND:
        return False
    if any(node is child or child in node.iterancestors() for node in found):
        return True
    return child.tag in _DOCUMENT and not is_menu(child)


def is_menu(node: HtmlElement) -> bool:
    """Whether an element has no letters or consists mostly of links."""
    letters = len(_letters(node.text_content()))
    linked = sum(len(_letters(a.text_content())) for a in node.iter("a"))
    return letters == 0 or linked > _LINKS * letters


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
