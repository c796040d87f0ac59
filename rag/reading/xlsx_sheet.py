"""The cells of a sheet of an Excel workbook, as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.reading.number_format import BUILT_IN, GENERAL, number_text
from rag.reading.package import Package, attribute, child, name
from rag.reading.sheet import Cells

if TYPE_CHECKING:
    from lxml.etree import _Element

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_COLUMNS = 16_384  # the most that a sheet can have
_YES = ("1", "true", "on")


@dataclass(frozen=True)
class Book:
    """What all sheets share: texts, and the number format of each style."""

    strings: list[str]
    formats: list[str]
    from_1904: bool

    @classmethod
    def of(cls, strings: list[str], styles: _Element | None, *, from_1904: bool) -> Book:
        """What a workbook's parts say."""
        own = {attribute(n, "numFmtId"): attribute(n, "formatCode") for n in _all(styles, "numFmt")}
        cells = child(styles, "cellXfs")
        formats = (
            [_format(attribute(n, "numFmtId"), own) for n in cells if name(n) == "xf"] if cells is not None else []
        )
        return cls(strings, formats, from_1904)

    def number(self, value: str, style: str) -> str:
        """A number as a cell of a style shows it."""
        try:
            number = float(value)
        except ValueError:
            return value
        at = int(style) if style.isdecimal() else 0
        code = self.formats[at] if at < len(self.formats) else GENERAL
        return number_text(number, code, from_1904=self.from_1904) if abs(number) < float("inf") else value


def _format(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL


def _all(tree: _Element | None, local: str) -> Iterator[_Element]:
    return tree.iter(f"{{*}}{local}") if tree is not None else iter(())


def shared_strings(package: Package, place: str) -> list[str]:
    """The texts that cells point at by number."""
    if not place or not package.has(place):
        return []
    return [rich_text(node) for node in package.elements(place, "si")]


def rich_text(node: _Element) -> str:
    """A text, without the readings that stand above East Asian characters."""
    found = []
    for inner in node:
        kind = name(inner)
        if kind == "t":
            found.append(inner.text or "")
        elif kind == "r":
            found += [t.text or "" for t in inner if name(t) == "t"]
    return _ESCAPED.sub(lambda match: _character(match.group(1)), "".join(found))


def _character(code: str) -> str:
    char = chr(int(code, 16))
    return " " if "\ud800" <= char <= "\udfff" or char < " " and char not in "\t\n" else char


class Sheet:
    """A sheet's rows, as a person sees them.

    Raises:
        ArticleUnreadable: it is damaged, or has more cells than an article.
    """

    def __init__(self, package: Package, place: str, book: Book) -> None:
        self._book = book
        self._cells = Cells()
        self.left = self._cells.left
        for node in package.elements(place, "col", "row", "mergeCell"):
            kind = name(node)
            if kind == "row":
                self._row(node)
            elif kind == "col" and attribute(node, "hidden") in _YES:
                self._cells.hidden.update(_columns(attribute(node, "min"), attribute(node, "max")))
            elif kind == "mergeCell":
                for found in _range(attribute(node, "ref")):
                    self._cells.merge(*found)
        self.rows = self._cells.grid()

    def _row(self, node: _Element) -> None:
        number = attribute(node, "r")
        cells: dict[int, str] = {}
        place = -1
        for cell in node:
            if name(cell) != "c":
                continue
            match = _REFERENCE.fullmatch(attribute(cell, "r"))
            place = _column(match.group(1)) if match else place + 1
            text = self._cell(cell)
            if text.strip():
                cells[place] = text
        at = int(number) if number.isdecimal() else self._cells.next_row
        self._cells.put(at, cells, is_hidden=attribute(node, "hidden") in _YES)

    def _cell(self, cell: _Element) -> str:
        kind = attribute(cell, "t", "n")
        if kind == "inlineStr":
            inner = child(cell, "is")
            return rich_text(inner) if inner is not None else ""
        stored = child(cell, "v")
        text = (stored.text or "") if stored is not None else ""
        value = text.strip()
        if not value:
            self.left.formulas += child(cell, "f") is not None and kind != "str"
            return ""
        if kind == "s":
            at = int(value) if value.isdecimal() else len(self._book.strings)
            return self._book.strings[at] if at < len(self._book.strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "str":
            return _ESCAPED.sub(lambda match: _character(match.group(1)), text)
        return self._book.number(value, attribute(cell, "s")) if kind == "n" else value


def _columns(first: str, last: str) -> range:
    if not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first) - 1, min(int(last), _COLUMNS))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(reference: str) -> Iterator[tuple[int, int, int, int]]:
    """First column, first row, last column and last row of "B2:D2"."""
    places = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    if len(places) == 2 and places[0] and places[1]:
        (a, b), (c, d) = places[0].groups(), places[1].groups()
        yield _column(a), int(b), _column(c), int(d)
