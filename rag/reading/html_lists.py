"""The lists of pages: which figure stands before an item, as browsers count (HTML standard, 4.4.5 and 4.4.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.reading.numbering import figured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FORMS = ("a", "A", "i", "I")
_DIGITS = 6


def figures(tree: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """The items of numbered lists, each with its figure and a stop: "3.", "b."."""
    return [found for numbered in tree.iter("ol") for found in _of_list(numbered)]


def _of_list(numbered: HtmlElement) -> list[tuple[HtmlElement, str]]:
    items = [node for node in numbered if node.tag == "li"]
    down = numbered.get("reversed") is not None
    at = _whole(numbered.get("start"), len(items) if down else 1)
    found = []
    for item in items:
        at = _whole(item.get("value"), at)
        kind = item.get("type") or numbered.get("type") or ""
        found.append((item, f"{figured(at, kind if kind in _FORMS else 'decimal')}."))
        at += -1 if down else 1
    return found


def _whole(said: str | None, else_: int) -> int:
    shown = (said or "").strip()
    bare = shown.removeprefix("-")
    return int(shown) if bare.isdecimal() and bare.isascii() and len(bare) <= _DIGITS else else_
