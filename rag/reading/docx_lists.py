"""The lists of a Word file: which mark stands before a paragraph (WordprocessingML, ECMA-376 part 1, section 17.9).

A paragraph, or its style, names a list by number and a level in it; how the level counts stands in a part of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.reading.docx_styles import Styles
from rag.reading.numbering import BULLET, Counter, Level
from rag.reading.package import attribute, child, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMS = {
    "bullet": "bullet", "none": "none", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
    "decimalZero": "zero",
}  # fmt: skip
_DEPTH = 9  # levels that a list has
_LIST = "list bullet"  # the style's name in every language's Word


@dataclass(frozen=True)
class Mark:
    """What stands before a paragraph ("-", "2.1", "(a)"; "" if nothing is shown), and its level from 0."""

    text: str
    depth: int


@dataclass(frozen=True)
class _List:
    abstract: str  # what it counts with: lists that share it go on with each other's figures
    levels: tuple[Level, ...]
    styles: tuple[str, ...]  # the style of each level's paragraphs, if it has one
    starts: frozenset[int]  # levels that begin anew in this list


class Lists:
    """The lists of one file, whose items have to be asked for in their order.

    Args:
        tree: the part that says how they count; None if the file lacks it.
        styles: the file's.
    """

    def __init__(self, tree: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = dict(_lists(tree, styles)) if tree is not None else {}
        self._counters: dict[str, Counter] = {}
        self._begun = set[str]()

    def mark(self, paragraph: _Element) -> Mark | None:
        """What stands before a paragraph; None if it is no item of a list."""
        number, depth = self._place(paragraph)
        if number == "0":
            return None
        found = self._lists.get(number)
        if found is None:
            is_listed = number or any(label.startswith(_LIST) for label in self._styles.names(paragraph))
            return Mark(BULLET, depth or 0) if is_listed else None
        if depth is None:  # the level says whose style it is
            style = self._styles.style_of(paragraph)
            depth = found.styles.index(style) if style in found.styles else 0
        depth = min(depth, len(found.levels) - 1)
        counter = self._counters.setdefault(found.abstract, Counter())
        begins = number not in self._begun and depth in found.starts
        self._begun.add(number)
        text = counter.mark(found.levels, depth, found.levels[depth].start if begins else None)
        return Mark(text, depth)

    def _place(self, paragraph: _Element) -> tuple[str, int | None]:
        """The number of a paragraph's list, "" if none is named, and its level, None if none is said."""
        number, depth = "", None
        for said in self._styles.of_list(paragraph):
            named, level = child(said, "w:numId"), child(said, "w:ilvl")
            number = number or (attribute(named, "val") if named is not None else "")
            if depth is None and level is not None and attribute(level, "val").isdecimal():
                depth = min(int(attribute(level, "val")[:3]), _DEPTH - 1)
        return number, depth


def _lists(tree: _Element, styles: Styles) -> list[tuple[str, _List]]:
    abstract = {attribute(node, "abstractNumId"): node for node in tree if name(node) == "w:abstractNum"}
    numbers = {attribute(node, "numId"): node for node in tree if name(node) == "w:num"}
    found = []
    for number, node in numbers.items():
        key = _value(node, "w:abstractNumId")
        whole = abstract.get(key)
        link = _value(whole, "w:numStyleLink")
        if link:  # it counts as another list does, which a style stands for
            key = _value(numbers.get(styles.list_of(link)), "w:abstractNumId") or key
            whole = abstract.get(key)
        if whole is not None:
            found.append((number, _list(key, whole, node)))
    return found


def _list(key: str, whole: _Element, node: _Element) -> _List:
    levels, owners = [Level()] * _DEPTH, [""] * _DEPTH
    for inner in whole:
        if name(inner) == "w:lvl" and (at := _depth(inner)) is not None:
            levels[at], owners[at] = _level(inner), _value(inner, "w:pStyle")
    starts = set[int]()
    for inner in node:
        at = _depth(inner) if name(inner) == "w:lvlOverride" else None
        if at is None:
            continue
        other, start = child(inner, "w:lvl"), _value(inner, "w:startOverride")
        levels[at] = _level(other) if other is not None else levels[at]
        if start.isdecimal():
            levels[at] = replace(levels[at], start=int(start[:6]))
            starts.add(at)
    return _List(key, tuple(levels), tuple(owners), frozenset(starts))


def _level(node: _Element) -> Level:
    start, form = _value(node, "w:start"), _value(node, "w:numFmt") or "decimal"
    shows, is_picture = _value(node, "w:lvlText"), child(node, "w:lvlPicBulletId") is not None
    return Level(
        form="none" if form == "bullet" and not shows.strip() and not is_picture else _FORMS.get(form, "decimal"),
        shows=shows,
        start=int(start[:6]) if start.isdecimal() else 0 if not start else 1,
        restarts=_value(node, "w:lvlRestart") != "0",
        plain=child(node, "w:isLgl") is not None,
    )


def _depth(node: _Element) -> int | None:
    at = attribute(node, "ilvl")
    return int(at) if at.isdecimal() and len(at) < 3 and int(at) < _DEPTH else None


def _value(node: _Element | None, key: str) -> str:
    found = child(node, key)
    return attribute(found, "val") if found is not None else ""
