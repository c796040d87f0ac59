"""What the styles of a Word file say of its paragraphs and runs (WordprocessingML, ECMA-376 part 1, section 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.reading.package import attribute, child, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = "heading "  # style names are stored in English, whatever language Word speaks: "heading 1"
_LEVELS = 9


class Styles:
    """What a file's styles say of the text in them."""

    def __init__(self, tree: _Element | None) -> None:
        self._styles = {attribute(n, "styleId"): n for n in tree if name(n) == "w:style"} if tree is not None else {}

    def is_title(self, paragraph: _Element) -> bool:
        """Whether a paragraph is in the style "Title", whatever its language calls it."""
        return any(_label(style) == "title" for style in self._line(_style(paragraph, "w:pPr", "w:pStyle"))[:1])

    def heading(self, paragraph: _Element) -> int:
        """A heading's level from 1 to 9; 0 of what is none."""
        level = child(paragraph, "w:pPr", "w:outlineLvl")
        if level is not None:
            return _outline(level)
        for style in self._line(_style(paragraph, "w:pPr", "w:pStyle")):
            label, level = _label(style), child(style, "w:pPr", "w:outlineLvl")
            if label.startswith(_HEADING) and label[len(_HEADING) :].isdecimal():
                return min(int(label[len(_HEADING) :][:2]), _LEVELS)
            if level is not None:
                return _outline(level)
        return 0

    def of_list(self, paragraph: _Element) -> Iterator[_Element]:
        """What a paragraph and then its styles say of the list that it belongs to (`w:numPr`)."""
        own = child(paragraph, "w:pPr", "w:numPr")
        if own is not None:
            yield own
        for style in self._line(_style(paragraph, "w:pPr", "w:pStyle")):
            said = child(style, "w:pPr", "w:numPr")
            if said is not None:
                yield said

    def names(self, paragraph: _Element) -> list[str]:
        """The names of a paragraph's style and of those that it is based on, in lower case."""
        return [_label(style) for style in self._line(_style(paragraph, "w:pPr", "w:pStyle"))]

    def style_of(self, paragraph: _Element) -> str:
        """The id of a paragraph's style."""
        return _style(paragraph, "w:pPr", "w:pStyle")

    def list_of(self, style: str) -> str:
        """The number of the list that a style of lists stands for."""
        found = child(self._styles.get(style), "w:pPr", "w:numPr", "w:numId")
        return attribute(found, "val") if found is not None else ""

    def of(self, run: _Element, key: str) -> str | None:
        """What a run, or else its style, says of a property ("w:vanish"); None if neither says anything."""
        styles = self._line(_style(run, "w:rPr", "w:rStyle"))
        for properties in (child(run, "w:rPr"), *(child(style, "w:rPr") for style in styles)):
            said = child(properties, key)
            if said is not None:
                return attribute(said, "val", "1")
        return None

    def _line(self, style: str) -> list[_Element]:
        """A style and those that it is based on."""
        found: list[_Element] = []
        seen = set[str]()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            found.append(self._styles[style])
            base = child(self._styles[style], "w:basedOn")
            style = attribute(base, "val") if base is not None else ""
        return found


def _style(node: _Element, *path: str) -> str:
    mark = child(node, *path)
    return attribute(mark, "val") if mark is not None else ""


def _label(style: _Element) -> str:
    label = child(style, "w:name")
    return attribute(label, "val").lower() if label is not None else ""


def _outline(level: _Element) -> int:
    value = attribute(level, "val")
    return int(value) + 1 if value.isdecimal() and int(value[:3]) < _LEVELS else 0
