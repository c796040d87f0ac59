"""The text of a Word file's parts (WordprocessingML, ECMA-376 part 1) as its pages show it, all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.reading.equations import linear
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
_ROW = 300  # characters; a longer row is one of a page's columns, whose cells are read one by one
_CELL_END = " | "


class Styles:
    """What a file's styles say of the text in them."""

    def __init__(self, tree: _Element | None) -> None:
        self._styles = {attribute(n, "styleId"): n for n in tree if name(n) == "w:style"} if tree is not None else {}

    def is_title(self, paragraph: _Element) -> bool:
        """Whether a paragraph is in the style "Title", whatever its language calls it."""
        mark = child(paragraph, "w:pPr", "w:pStyle")
        label = child(self._styles.get(attribute(mark, "val")), "w:name") if mark is not None else None
        return label is not None and attribute(label, "val").lower() == "title"

    def of(self, run: _Element, key: str) -> str | None:
        """What a run, or else its style, says of a property ("w:vanish"); None if neither says anything."""
        properties = child(run, "w:rPr")
        mark = child(properties, "w:rStyle")
        style, seen = attribute(mark, "val") if mark is not None else "", set[str]()
        while True:
            said = child(properties, key)
            if said is not None:
                return attribute(said, "val", "1")
            if not style or style in seen or style not in self._styles:
                return None
            seen.add(style)
            properties, base = child(self._styles[style], "w:rPr"), child(self._styles[style], "w:basedOn")
            style = attribute(base, "val") if base is not None else ""


class Text:
    """Reads parts of one file. `unread` counts what was met that holds text of another program."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.unread = 0

    def paragraphs(self, node: _Element) -> Iterator[str]:
        """The visible text of every paragraph, wherever it stands; short rows of a table on one line."""
        held = ""
        for inner in node:
            kind = name(inner)
            if kind == "w:p":
                line = held + self.line(inner)
                held = ""
                if _is_joined(inner):
                    held = line
                elif line.strip():
                    yield line.strip()
                yield from self._boxes(inner)
            elif kind == "w:tr":
                yield from self._row(inner)
            elif kind in _OBJECTS:
                self.unread += 1
            elif kind == "mc:AlternateContent":
                yield from self._chosen(inner)
            elif kind not in _LEFT_OUT:
                yield from self.paragraphs(inner)
        if held.strip():
            yield held.strip()

    def line(self, paragraph: _Element) -> str:
        """A paragraph's own text."""
        return "".join(self._pieces(paragraph, ""))

    def _row(self, row: _Element) -> Iterator[str]:
        if child(row, "w:trPr", "w:del") is not None:
            return
        cells = [list(self.paragraphs(cell)) for cell in _cells(row)]
        if len(cells) > 1 and all(len(cell) < 2 for cell in cells) and sum(len(c[0]) for c in cells if c) <= _ROW:
            if any(cells):
                yield _CELL_END.join(" ".join(cell[0].split()) if cell else "" for cell in cells).strip()
            return
        for cell in cells:
            yield from cell

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


def _cells(row: _Element) -> Iterator[_Element]:
    for inner in row:
        if name(inner) == "w:tc":
            yield inner
        elif name(inner) in ("w:sdt", "w:sdtContent", "w:ins", "w:customXml"):
            yield from _cells(inner)


def _symbol(node: _Element) -> str:
    """A character of a font of symbols, if it is one of Unicode, too."""
    try:
        char = chr(int(attribute(node, "char"), 16))
    except (ValueError, OverflowError):
        return ""
    return char if char.isprintable() and not "\ue000" <= char <= "\uf8ff" else ""
