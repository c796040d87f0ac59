"""The lists of OpenDocument texts and the numbers of their headings (ISO/IEC 26300, sections 5.3 and 16.30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from rag.reading.numbering import BULLET, STEP, Counter, Level, item
from rag.reading.odf import OpenDocument, attribute, name, number

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEPTH = 10  # levels that a list has
_FORMS = {"1": "decimal", "a": "a", "A": "A", "i": "i", "I": "I", "": "none"}
_KINDS = (
    "text:list-level-style-bullet text:list-level-style-number text:list-level-style-image text:outline-level-style"
)
_BULLETS = (Level(),) * _DEPTH
_MOST = 1_000_000
_ITEMS = ("text:list-item", "text:list-header")


class Shows(Protocol):
    """Whoever can say what stands in an item."""

    def blocks(self, nodes: Sequence[_Element]) -> Iterator[str]:
        """The paragraphs and tables of some elements."""
        ...


class Lists:
    """The lists of one file, which have to be asked for in their order.

    Args:
        document: the file.
        runs: whether lists that follow each other at once are one, as on slides, which begin a list with every style.
    """

    def __init__(self, document: OpenDocument, *, runs: bool = False) -> None:
        self._runs = runs
        trees = [tree for tree in (document.common, document.content) if tree is not None]
        self._styles = {
            attribute(node, "style:name"): _levels(node) for tree in trees for node in tree.iter("{*}list-style")
        }
        outline = next((node for tree in trees for node in tree.iter("{*}outline-style")), None)
        self._outline = _levels(outline) if outline is not None else ()
        self._headings = Counter()
        self._counters: dict[str, Counter] = {}  # by the lists' ids
        self._last: dict[str, Counter] = {}  # by their styles

    def heading(self, node: _Element) -> str:
        """The number before a heading that is no item of a list, "" if it has none."""
        at = number(node, "text:outline-level", _DEPTH) - 1
        if not self._outline or attribute(node, "text:is-list-header") == "true":
            return ""
        mark = self._headings.mark(self._outline, at)
        return "" if mark == BULLET else mark

    def told(self, nodes: Sequence[_Element], text: Shows) -> Iterator[str]:
        """Lists that follow each other: items on lines below each other, apart from them headings and tables in them.

        Args:
            nodes: the lists.
            text: reads their items.
        """
        lines: list[str] = []
        counters: dict[str, Counter] = {}  # of this run, by what they count with
        for node in nodes:
            style = attribute(node, "text:style-name")
            levels = self._styles.get(style, _BULLETS)
            counter = self._counter(node, style)
            counter = counters.setdefault(levels[0].form, counter) if self._runs else counter
            for said, is_line in self._items(node, text, 0, levels, counter):
                if lines and not is_line:
                    yield "\n".join(lines)
                    lines = []
                if is_line:
                    lines.append(said)
                else:
                    yield said
            if lines and not self._runs:
                yield "\n".join(lines)
                lines = []
        if lines:
            yield "\n".join(lines)

    def _counter(self, node: _Element, style: str) -> Counter:
        """What a list counts with: its own, or that of the list that it goes on with."""
        before = self._counters.get(attribute(node, "text:continue-list"))
        if before is None and attribute(node, "text:continue-numbering") == "true":
            before = self._last.get(style)
        counter = before or Counter()
        self._last[style] = counter
        if own := attribute(node, "xml:id") or attribute(node, "id"):
            self._counters[own] = counter
        return counter

    def _items(
        self, node: _Element, text: Shows, depth: int, levels: Sequence[Level], counter: Counter
    ) -> Iterator[tuple[str, bool]]:
        """What stands in a list, and whether it is a line of it."""
        for entry in (inner for inner in node if name(inner) in _ITEMS):
            mark, start = None, attribute(entry, "text:start-value")
            if name(entry) == "text:list-item" and any(name(inner) != "text:list" for inner in entry):
                mark = counter.mark(levels, depth, int(start) if start.isdecimal() and len(start) < 7 else None)
            for inner in entry:
                if name(inner) == "text:list":
                    own = self._styles.get(attribute(inner, "text:style-name"), levels)
                    yield from self._items(inner, text, min(depth + 1, _DEPTH - 1), own, counter)
                    continue
                for said in text.blocks([inner]):
                    if name(inner) == "text:h":
                        yield f"{mark} {said}" if mark and mark != BULLET else said, False
                    elif said.startswith("| "):
                        yield said, False
                    else:
                        yield _line(said, mark, depth)
                    mark = None


def _line(said: str, mark: str | None, depth: int) -> tuple[str, bool]:
    if mark:
        return item(mark, depth, said), True
    if mark == "":  # the list is there for its indents alone
        return said, False
    return "\n".join(f"{STEP * (depth + 1)}{line}" for line in said.split("\n")), True


def _levels(style: _Element) -> tuple[Level, ...]:
    levels = list(_BULLETS)
    for node in style:
        if name(node) in _KINDS.split():
            at = number(node, "text:level", _DEPTH) - 1
            levels[at] = _level(node, at)
    return tuple(levels)


def _level(node: _Element, at: int) -> Level:
    if name(node) not in ("text:list-level-style-number", "text:outline-level-style"):
        is_blank = name(node).endswith("bullet") and not attribute(node, "text:bullet-char").strip()
        return Level("none" if is_blank else "bullet")
    form = _FORMS.get(attribute(node, "style:num-format"), "decimal")
    if form == "none":
        return Level("none")
    shown = number(node, "text:display-levels", at + 1)
    places = ".".join(f"%{step + 1}" for step in range(at + 1 - shown, at + 1))
    shows = f"{attribute(node, 'style:num-prefix')}{places}{attribute(node, 'style:num-suffix')}"
    start = attribute(node, "text:start-value")
    return Level(form, shows, int(start) if start.isdecimal() and len(start) < 7 else 1)
