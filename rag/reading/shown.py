"""Markup as a reader sees it: parsed, without what it hides, and as blocks of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.errors import ArticleUnreadable
from rag.reading.grid import told
from rag.reading.hidden import without_hidden
from rag.reading.html_lists import figures
from rag.reading.html_tables import cells_of, heads_of
from rag.reading.inline import BLOCKS, open_frames, spell_out
from rag.reading.numbering import BULLET, STEP, item

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = (BLOCKS | {"br"}) - {"td", "th"}
_CELLS = frozenset(("td", "th"))
_DEEPEST = 8  # steps; what is nested deeper is not moved further to the right


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
    """All text of a tree: a paragraph for every block, blanks as a browser would show them; lists and tables whole."""
    from lxml import etree

    shown = _Blocks(dict(figures(tree)))
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walker:
        if not isinstance(node.tag, str) or node.tag in ("script", "head", "title"):
            shown.words.append((node.tail or "") if event == "end" and node.tag != "head" else "")
        elif event == "start" and node.tag == "table" and (rows := cells_of(node)):
            shown.table(told(rows, heads_of(node)))
            walker.skip_subtree()
        elif event == "start":
            shown.begin(node)
        else:
            shown.end(node)
    return shown.text()


class _Blocks:
    """Puts a tree's words into paragraphs, items and tables. `words` are those of the block at hand."""

    def __init__(self, marks: dict[HtmlElement, str]) -> None:
        self.words: list[str] = []
        self._marks = marks
        self._paragraphs: list[str] = []
        self._lines: list[str] = []  # of the list at hand
        self._open: list[str] = []  # items that aren't closed, each by the mark that no line of it bears yet

    def begin(self, node: HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self._end_block()
        elif node.tag in _CELLS:
            self.words.append(" ")
        if node.tag == "li":
            self._open.append(self._marks.get(node, BULLET))
        self.words.append(node.text or "")

    def end(self, node: HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self._end_block()
        if node.tag == "li" and self._open:
            self._open.pop()
        if node.tag in ("ul", "ol") and not self._open:
            self._end_list()
        self.words.append(node.tail or "")

    def table(self, said: str) -> None:
        self._end_block()
        self._end_list()
        self._paragraphs += [said] if said else []

    def text(self) -> str:
        self._end_block()
        self._end_list()
        return "\n\n".join(self._paragraphs)

    def _end_block(self) -> None:
        line = " ".join("".join(self.words).split())
        self.words.clear()
        if not line:
            return
        if self._open:
            depth, mark = len(self._open) - 1, self._open[-1]
            self._lines.append(
                item(mark, min(depth, _DEEPEST), line) if mark else f"{STEP * min(depth + 1, _DEEPEST)}{line}"
            )
            self._open[-1] = ""
        else:
            self._end_list()
            self._paragraphs.append(line)

    def _end_list(self) -> None:
        self._paragraphs += ["\n".join(self._lines)] if self._lines else []
        self._lines = []
