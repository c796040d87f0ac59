"""The text of a document tree of docutils: a paragraph for every block, tables in rows, no markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rag.reading.raised import lowered, raised
from rag.reading.tables import one_line, table

if TYPE_CHECKING:
    from docutils import nodes

_LEFT_OUT = frozenset("comment substitution_definition target pending decoration meta raw label colspec".split())
_INLINE = frozenset(("paragraph", "title", "subtitle", "rubric", "caption", "attribution", "term", "classifier"))
_AS_IT_STANDS = frozenset(("literal_block", "doctest_block", "math_block"))
_REMARKS = frozenset("attention caution danger error hint important note tip warning seealso".split())
_FIELDS = frozenset("author date organization contact version status revision copyright address".split())
_ROLE = re.compile(r":[\w:+.-]{1,60}:`([^`]*)`")  # one that only Sphinx knows
_TARGET = re.compile(r"<[^<>]*>$")
_OPTION = re.compile(r"\s*:[\w-]{1,60}:")
_DIRECTIVE = re.compile(r"\s*\.\. [\w:+.-]{1,60}::[ \t]*")
_DISABLED = ("directive disabled", "access deactivated")


class Text:
    """Reads one tree. `missing` counts files that it wants to include."""

    def __init__(self) -> None:
        self.missing = 0

    def blocks(self, node: nodes.Node) -> Iterator[str]:
        """The blocks below a node, in their order."""
        for inner in node.children:
            yield from filter(str.strip, self._block(inner))

    def _block(self, node: nodes.Node) -> Iterator[str]:
        kind = node.tagname
        tell = _TELLERS.get(kind)
        if kind in _LEFT_OUT:
            return
        if tell:
            yield from tell(self, node)
        elif kind in _INLINE:
            yield one_line(_inline(node))
        elif kind in _AS_IT_STANDS:
            yield node.astext().strip("\n")
        elif kind in _REMARKS:
            yield _led(kind.capitalize(), list(self.blocks(node)))
        elif kind in _FIELDS:
            yield f"{kind.capitalize()}: {one_line(_inline(node))}"
        else:
            yield from self.blocks(node)

    def _list(self, node: nodes.Node) -> Iterator[str]:
        """A list's items, each on a line of its own; what belongs to one stands below it."""
        start = int(node.get("start", 1)) if node.tagname == "enumerated_list" else None
        items: list[str] = []
        for number, inner in enumerate(node.children):
            mark = "-" if start is None else f"{start + number}."
            parts = list(self.blocks(inner))
            if parts:
                below = "\n".join(f"  {line}" for part in parts[1:] for line in part.splitlines())
                items.append(f"{mark} {parts[0]}" + (f"\n{below}" if below else ""))
        yield "\n".join(items)

    def _named(self, node: nodes.Node) -> Iterator[str]:
        """A name or a mark, and what it stands for."""
        head, *body = node.children
        name = one_line(_inline(head))
        if node.tagname in ("footnote", "citation"):
            name = f"[{name}]"
        rest = [part for inner in body for part in self._block(inner) if part.strip()]
        yield f"{name} {rest[0]}" if name.startswith("[") and rest else _led(name, rest)
        yield from rest[1:] if name.startswith("[") else ()

    def _table(self, node: nodes.Node) -> Iterator[str]:
        header: list[list[str]] = []
        rows: list[list[str]] = []
        for inner in node.children:
            if inner.tagname == "title":
                yield one_line(_inline(inner))
            for part in inner.children if inner.tagname == "tgroup" else ():
                if part.tagname in ("thead", "tbody"):
                    (header if part.tagname == "thead" else rows).extend(self._rows(part))
        width = max(map(len, header + rows), default=0)
        header, rows = ([[*row, *[""] * (width - len(row))] for row in part] for part in (header, rows))
        names = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*header, strict=True)]
        yield table(names or None, rows)

    def _rows(self, part: nodes.Node) -> list[list[str]]:
        """The cells of rows; one that reaches over several rows or columns stands in each."""
        rows: list[list[str]] = []
        waiting: dict[int, tuple[int, str]] = {}  # column: rows to come, and what stands in them
        for row in part.children:
            cells: list[str] = []

            def fill(cells: list[str] = cells) -> None:
                while len(cells) in waiting:
                    left, text = waiting.pop(len(cells))
                    if left > 1:
                        waiting[len(cells)] = (left - 1, text)
                    cells.append(text)

            for entry in row.children:
                fill()
                text = " ".join(self.blocks(entry))
                for _ in range(int(entry.get("morecols", 0)) + 1):
                    if entry.get("morerows"):
                        waiting[len(cells)] = (int(entry["morerows"]), text)
                    cells.append(text)
            fill()
            rows.append(cells)
        return rows

    def _message(self, node: nodes.Node) -> Iterator[str]:
        """What a directive says that is unknown here; the messages themselves are no part of the text."""
        said = node.children[0].astext() if node.children else ""
        is_disabled = any(sign in said for sign in _DISABLED)
        self.missing += is_disabled and '"raw"' not in said
        for inner in node.children[1:]:
            if inner.tagname == "literal_block" and not is_disabled:
                source = inner.astext()
                mark = _DIRECTIVE.match(source)
                lines = source[mark.end() if mark else 0 :].splitlines()
                yield "\n".join(line.strip() for line in lines if line.strip() and not _OPTION.match(line))


_TELLERS: dict[str, Callable[[Text, nodes.Node], Iterator[str]]] = {
    **dict.fromkeys(("bullet_list", "enumerated_list"), Text._list),
    **dict.fromkeys(("field", "footnote", "citation", "definition_list_item", "option_list_item"), Text._named),
    "table": Text._table,
    "system_message": Text._message,
    "line_block": lambda _, node: iter(["\n".join(_lines(node))]),
    "image": lambda _, node: iter([one_line(node.get("alt", ""))]),
    "#text": lambda _, node: iter([one_line(node.astext())]),
}


def _led(name: str, parts: list[str]) -> str:
    """A name and what stands below it, on one line where that is a line."""
    return "\n\n".join([f"{name}: {parts[0]}", *parts[1:]]) if parts else name


def _lines(node: nodes.Node) -> Iterator[str]:
    for inner in node.children:
        if inner.tagname == "line_block":
            yield from _lines(inner)
        else:
            yield one_line(_inline(inner))


def _inline(node: nodes.Node, before: str = "") -> str:
    """The words of a paragraph, marks of notes apart from them."""
    found = ""
    for inner in node.children or [node]:
        kind = inner.tagname
        if kind in ("footnote_reference", "citation_reference"):
            found = found.rstrip(" ") + raised(inner.astext(), is_mark=True)
        elif kind == "superscript":
            found += raised(inner.astext())
        elif kind == "subscript":
            found += lowered(inner.astext(), found or before)
        elif kind == "image":
            found += inner.get("alt", "")
        elif kind == "problematic":
            found += _ROLE.sub(lambda match: _TARGET.sub("", match.group(1)).strip(" ~!"), inner.astext())
        elif inner.children:
            found += _inline(inner, found)
        elif kind == "#text" or inner is node:
            found += inner.astext()
    return found
