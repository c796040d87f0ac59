"""The text of a Word file's parts (WordprocessingML, ECMA-376 part 1) as its pages show it, all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from rag.reading.docx_lists import Lists
from rag.reading.docx_styles import Styles
from rag.reading.docx_table import table
from rag.reading.equations import linear
from rag.reading.numbering import BULLET, STEP, item
from rag.reading.package import attribute, child, name
from rag.reading.raised import lowered, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    "w:del w:moveFrom w:instrText w:delText w:delInstrText w:sdtPr w:pPr w:rPr w:tblPr w:trPr w:tcPr w:rt".split()
)
_BREAKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_OBJECTS = frozenset(("w:object", "w:altChunk"))
_GRAPHS = ("chart", "diagram")  # ends of the names of what is drawn by another program
_OFF = {"0", "false", "off"}
_GOES_ON = ("list continue", "list paragraph")  # styles of paragraphs that belong to the item before them
_Told: TypeAlias = tuple[str, bool]  # a paragraph, and whether it is an item of a list or belongs to one


class Text:
    """Reads parts of one file. `unread` counts what was met that holds text of another program."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles = styles
        self.unread = 0
        self._lists = lists
        self._depth: int | None = None  # of the item that was read last; None after anything else

    def paragraphs(self, node: _Element) -> Iterator[str]:
        """The visible text of every paragraph, wherever it stands; lists and tables whole."""
        items: list[str] = []
        for text, is_item in self._told(node):
            if items and not is_item:
                yield "\n".join(items)
                items = []
            if is_item:
                items.append(text)
            else:
                yield text
        if items:
            yield "\n".join(items)

    def _told(self, node: _Element) -> Iterator[_Told]:
        held = ""
        for inner in node:
            kind = name(inner)
            if kind == "w:p":
                line = held + self.line(inner)
                held = ""
                if _is_joined(inner):
                    held = line
                elif line.strip():
                    yield self._marked(inner, line.strip())
                yield from self._apart(self._boxes(inner))
            else:
                yield from self._other(inner, kind)
        if held.strip():
            yield held.strip(), False

    def _other(self, node: _Element, kind: str) -> Iterator[_Told]:
        """What stands between paragraphs."""
        if kind == "w:tbl":
            yield from self._apart(table(node, self))
        elif kind == "w:tr":  # without a table
            yield from self._apart(part for cell in node for part in self.paragraphs(cell))
        elif kind in _OBJECTS:
            self.unread += 1
        elif kind == "mc:AlternateContent":
            yield from self._apart(self._chosen(node))
        elif kind not in _LEFT_OUT:
            yield from self._told(node)

    def _apart(self, paragraphs: Iterator[str]) -> Iterator[_Told]:
        for paragraph in paragraphs:
            self._depth = None
            yield paragraph, False

    def _marked(self, paragraph: _Element, line: str) -> _Told:
        """A paragraph with the mark that a list, or the numbering of headings, puts before it."""
        mark = self._lists.mark(paragraph)
        before, self._depth = self._depth, None
        if self.styles.heading(paragraph) or self.styles.is_title(paragraph):
            line = " ".join(line.split())
            return (f"{mark.text} {line}" if mark and mark.text not in ("", BULLET) else line), False
        if mark and mark.text:
            self._depth = mark.depth
            return item(mark.text, mark.depth, line), True
        goes_on = mark is not None or any(label.startswith(_GOES_ON) for label in self.styles.names(paragraph))
        if before is not None and goes_on:
            self._depth = before
            return "\n".join(f"{STEP * (before + 1)}{part}" for part in line.split("\n")), True
        return line, False

    def line(self, paragraph: _Element) -> str:
        """A paragraph's own text."""
        return "".join(self._pieces(paragraph, ""))

    def _boxes(self, node: _Element) -> Iterator[str]:
        """The paragraphs of text boxes that hang at a paragraph."""
        for inner in node:
            kind = name(inner)
            if kind == "mc:AlternateContent":
                yield from self._chosen(inner)
            elif kind == "w:txbxContent":
                yield from self.paragraphs(inner)
            elif kind not in _LEFT_OUT:
                yield from self._boxes(inner)

    def _chosen(self, alternatives: _Element) -> Iterator[str]:
        """What programs of today show of two versions of one thing."""
        for version in alternatives:
            found = list(self._boxes(version)) or list(self.paragraphs(version))
            if found:
                yield from found
                return

    def _pieces(self, node: _Element, before: str) -> Iterator[str]:
        for inner in node:
            kind = name(inner)
            if kind in ("w:p", "w:txbxContent", "mc:AlternateContent") or kind in _LEFT_OUT:
                continue  # text boxes' paragraphs come on their own
            for piece in self._piece(inner, kind, before):
                before = piece or before
                yield piece

    def _piece(self, node: _Element, kind: str, before: str) -> Iterator[str]:
        if kind == "w:t":
            yield node.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind == "w:sym":
            yield _symbol(node)
        elif kind in ("m:oMath", "m:oMathPara"):
            yield linear(node)
        elif kind in _OBJECTS or kind == "graphicData" or kind == "a:graphicData":
            self.unread += kind in _OBJECTS or attribute(node, "uri").endswith(_GRAPHS)
            yield from self._pieces(node, before)
        elif kind == "w:r":
            yield from self._run(node, before)
        else:
            yield from self._pieces(node, before)

    def _run(self, run: _Element, before: str) -> Iterator[str]:
        if (self.styles.of(run, "w:vanish") or "0") not in _OFF:
            return
        place = self.styles.of(run, "w:vertAlign")
        if place not in ("superscript", "subscript"):
            yield from self._pieces(run, before)
            return
        text = "".join(self._pieces(run, before))
        yield raised(text) if place == "superscript" else lowered(text, before)


def _is_joined(paragraph: _Element) -> bool:
    """Whether the end of a paragraph was deleted under review, so that the next one goes on with its line."""
    mark = child(paragraph, "w:pPr", "w:rPr")
    return mark is not None and any(name(n) in ("w:del", "w:moveFrom") for n in mark)


def _symbol(node: _Element) -> str:
    """A character of a font of symbols, if it is one of Unicode, too."""
    try:
        char = chr(int(attribute(node, "char"), 16))
    except (ValueError, OverflowError):
        return ""
    return char if char.isprintable() and not "\ue000" <= char <= "\uf8ff" else ""
