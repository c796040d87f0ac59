"""What a text is made of: headings, paragraphs, items of lists, rows of tables, what somebody says in turn.

Blocks are whole lines. Read off the lines and their places alone; every block is a place in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.text.marks import (
    ASKS,
    DESIGNATED,
    ITEM,
    LABEL,
    REPLIES,
    heads_slide,
    indent_of,
    is_asked,
    is_bold,
    is_marked_heading,
    leads_in,
    may_be_heading,
    style_of,
)
from rag.text.numbered import numbered_headings
from rag.text.shape import is_finished
from rag.text.tables import Row, Table, lines_of, tables
from rag.text.unfinished import breaks_off, clauses, marked_alike
from rag.types import Span

_PARTICLES = frozenset("de di da du la le van von der den of the al el bin ibn y e".split())  # within names
_WRAPPED = 110  # characters of a line from which on it was not wrapped by hand
_FAR_LONGER = 0.5
_INTERVIEW = 3  # questions in bold, from which on a bold sentence is an interviewer's, too
# "On Monday Stella wrote:", "Dear Ann,": what a letter begins with is no item of a list.
_SALUTES = re.compile(
    r"\W*(?:dear|hello|hi|hey|hallo|good (?:morning|afternoon|evening|day)|liebe[rs]?|sehr geehrte[rs]?|bonjour"
    r"|ch[eè]re?s?|hola|estimad[oa]s?|ciao|gentil[ei]|beste)\b",
    re.I,
)
_SHORT = 60  # characters of a line that no hand or mail program wraps so early


class Kind(StrEnum):
    """What kind of block a sentence stands in."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    HEAD = "head"  # the row of a table that names its columns
    ROW = "row"  # any other row
    TURN = "turn"  # what a named speaker says
    ASKED = "asked"  # a question that what follows replies to


@dataclass(frozen=True)
class Block:
    """Some whole lines."""

    kind: Kind
    span: Span
    group: int = -1  # the same for all items of a list, all rows of a table
    apart: bool = True  # whether a blank line stands before it
    label: Span | None = None  # of a turn: the speaker's name
    table: Table | None = None
    row: Row | None = None


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. Takes time proportional to the text's length."""
    rows = {
        row.span.start: Block(Kind.HEAD if row in table.heads else Kind.ROW, row.span, number, table=table, row=row)
        for number, table in enumerate(tables(text))
        for row in (*table.heads, *table.rows)
    }
    found = _lists(text, _headings(text, _asked(text, _by_lines(text, rows))))
    return tuple(found)


def _by_lines(text: str, rows: dict[int, Block]) -> list[Block]:
    """Rows, marked headings, items and turns; lines that follow each other at once as one paragraph."""
    names, designated = _speakers(text, rows), _designated(text, rows)
    lines = [place for place in lines_of(text) if place[0] not in rows]
    headings, halves = numbered_headings(text, lines), clauses(text, lines)
    found: list[Block] = []
    before = 0
    for start, end in lines_of(text):
        apart = not found or _is_apart(text, before, start)
        before = end
        if start in rows:
            found.append(replace(rows[start], apart=apart))
            continue
        line = text[start:end]
        label = LABEL.match(line)
        if label and label["name"] in names:
            name = Span(start + label.start("name"), start + label.end("name"))
            found.append(Block(Kind.TURN, Span(start, end), apart=apart, label=name))
        elif is_marked_heading(line) or start in headings or apart and heads_slide(line):
            found.append(Block(Kind.HEADING, Span(start, end), apart=apart))
        elif ITEM.match(line) or start in designated or start in halves:
            found.append(Block(Kind.ITEM, Span(start, end), apart=apart))
        elif (
            apart
            or found[-1].kind in (Kind.ROW, Kind.HEAD, Kind.HEADING)
            or _stands_alone(text, found[-1], end)
            or _ends_list(text, found[-1], line)
        ):
            found.append(Block(Kind.PARAGRAPH, Span(start, end), apart=apart))
        else:
            found[-1] = replace(found[-1], span=Span(found[-1].span.start, end))
    return found


def _is_apart(text: str, before: int, start: int) -> bool:
    return sum(c == "\n" for c in text[before:start]) > 1 or text[before:start].count("\r") > 1


def _stands_alone(text: str, block: Block, end: int) -> bool:
    """Whether a line after a short one without an end begins anew: that one may head it."""
    line = text[block.span.start : block.span.end]
    return (
        block.kind is Kind.PARAGRAPH
        and "\n" not in line
        and may_be_heading(line)
        and end - block.span.end > 3 * len(line)
    )


def _ends_list(text: str, block: Block, line: str) -> bool:
    """Whether a line below an item begins a paragraph, as saved pages have it, and doesn't go on with the item.

    It begins anew further out than a short indented item; or the item is finished, and the line was not wrapped:
    it is long or far longer.
    """
    item = text[block.span.start : block.span.end]
    last = item.rsplit("\n", 1)[-1]
    if block.kind is not Kind.ITEM or not (line[:1].isupper() or line[:1] in '“"‘'):
        return False
    if indent_of(item) > 0 and len(last) < _SHORT:
        return True
    return is_finished(last) and (len(line) > _WRAPPED or len(last) < _FAR_LONGER * len(line))


def _speakers(text: str, rows: dict[int, Block]) -> frozenset[str]:
    """The names before colons at the beginning of lines, if two of them speak in turn; "A." only beside "Q."."""
    heads = (text[start : min(end, start + 200)] for start, end in lines_of(text) if start not in rows)
    found = [m for head in heads if (m := LABEL.match(head)) and _is_name(m["name"])]
    names = Counter(m["name"] for m in found)
    if any(n.lower() in ASKS for n in names) and any(n.lower() in REPLIES for n in names):
        return frozenset(n for n, often in names.items() if often > 1 or n.lower() in ASKS | REPLIES)
    labels = Counter(m["name"] for m in found if ":" in m[0][m.end("name") - m.start() :])
    often = [count for count in labels.values() if count > 1]
    return frozenset(labels) if len(often) > 1 and sum(often) > 3 else frozenset()


def _designated(text: str, rows: dict[int, Block]) -> frozenset[int]:
    """Where items begin that a word with A, B, C or 1, 2, 3 marks; where most look like headings, they are headings."""
    found: dict[str, list[tuple[str, int, bool]]] = {}
    for start, end in lines_of(text):
        line = text[start : min(end, start + 200)]
        match = DESIGNATED.match(line) if start not in rows else None
        if match:
            found.setdefault(match["word"], []).append((match["mark"], start, may_be_heading(line)))
    chosen = set[int]()
    for marked in found.values():
        order = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if marked[0][0].isalpha() else [str(n) for n in range(1, 100)]
        in_order = [mark for mark, *_ in marked] == list(order[: len(marked)])
        if len(marked) > 1 and in_order and 2 * sum(heads for *_, heads in marked) < len(marked):
            chosen |= {start for _, start, _ in marked}
    return frozenset(chosen)


def _is_name(label: str) -> bool:
    """Whether a label may name somebody: "The job" and "Typical salary" don't."""
    return len(label.split()) <= 4 and all(word[:1].isupper() or word in _PARTICLES for word in label.split())


def _asked(text: str, found: Sequence[Block]) -> list[Block]:
    """Questions that stand by themselves: in bold, as headings, or three and more plain ones.

    Where an interviewer's lines are bold, so is what is put as a statement: "**Some say that you were paid.**".
    """
    lines = [text[b.span.start : b.span.end] for b in found]
    asked = [b.kind in (Kind.HEADING, Kind.PARAGRAPH) and is_asked(line) for b, line in zip(found, lines, strict=True)]
    plain = sum(a and b.kind is Kind.PARAGRAPH for a, b in zip(asked, found, strict=True))
    bold = sum(a and is_bold(line) for a, line in zip(asked, lines, strict=True))
    put = [
        bold >= _INTERVIEW and b.kind is Kind.HEADING and is_bold(line) and is_finished(line) and len(line.split()) > 3
        for b, line in zip(found, lines, strict=True)
    ]
    return [
        replace(b, kind=Kind.ASKED) if p or a and (b.kind is Kind.HEADING or plain >= 3) else b
        for a, p, b in zip(asked, put, found, strict=True)
    ]


def _headings(text: str, found: Sequence[Block]) -> list[Block]:
    """Short lines without an end that head what follows; an item that no other follows may be a numbered heading."""
    listed = (Kind.ITEM, Kind.ROW, Kind.HEAD)
    result = list(found)
    for at, block in enumerate(found[:-1]):
        before, after = found[at - 1] if at else None, found[at + 1]
        line = text[block.span.start : block.span.end]
        if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or "\n" in line or not may_be_heading(line):
            continue
        if block.kind is Kind.ITEM:
            is_alone = after.kind is not Kind.ITEM and not (before and _goes_on(text, before, block))
            if is_alone and line.lstrip()[:1].isdigit() and block.apart:
                result[at] = replace(block, kind=Kind.HEADING)
            continue
        short = after.kind is Kind.PARAGRAPH and may_be_heading(text[after.span.start : after.span.end])
        if after.kind in listed or block.apart and not short:
            result[at] = replace(block, kind=Kind.HEADING)
    return result


def _goes_on(text: str, first: Block | None, block: Block) -> bool:
    """Whether an item belongs to the list of the other: it is marked alike, or stands further in."""
    if first is None or first.kind is not Kind.ITEM:
        return False
    one, other = text[first.span.start : first.span.end], text[block.span.start : block.span.end]
    return style_of(one) == style_of(other) or indent_of(other) > indent_of(one)


def _leads_below(text: str, above: Block, block: Block) -> bool:
    """Whether an item breaks off, and the next one, marked otherwise, ends its sentence."""
    one, other = (text[b.span.start : b.span.end] for b in (above, block))
    return above.kind is Kind.ITEM and breaks_off(one) and not marked_alike(one, other)


def _is_alike(text: str, first: Block | None, block: Block) -> bool:
    """Whether an item belongs to a list within another: marked as its first item is, or further in."""
    one, other = (text[b.span.start : b.span.end] if b else "" for b in (first, block))
    return marked_alike(one, other) or indent_of(other) > indent_of(one)


def _lists(text: str, found: Sequence[Block]) -> list[Block]:
    """Items with the number of their list; without marks, what ends in semicolons after a colon."""
    result: list[Block] = []
    last, inside, marked = 1_000_000, False, False
    group = last
    first = found[0] if found else None  # of the list at hand
    outer: list[tuple[int, Block | None]] = []  # the lists that it stands in, with their first items
    for block in found:
        line = text[block.span.start : block.span.end].rstrip()
        if block.kind is Kind.ITEM:
            above = result[-1] if result and result[-1].group == group else None
            if above is None:
                outer = []
            elif first and _leads_below(text, above, block):
                outer.append((group, first))
                above = None
            while above and outer and not _is_alike(text, first, block):  # the list within has ended
                group, first = outer.pop()
            if above is None or not _goes_on(text, first, block):
                group, first = last + 1, block
            last = max(last, group)
            result.append(replace(block, group=group))
            inside = False
            continue
        leads = (
            bool(result)
            and result[-1].kind is Kind.PARAGRAPH
            and leads_in(text[result[-1].span.start : result[-1].span.end])
        )
        begins = leads and _is_open(line) and not _SALUTES.match(line)
        if block.kind is Kind.PARAGRAPH and (begins or inside and marked):
            last += begins
            group = last
            result.append(replace(block, kind=Kind.ITEM, group=group))
            inside, marked = True, _is_open(line)  # the item after the last semicolon is the last one
        else:
            result.append(block)
            inside = False
    return result


def _is_open(line: str) -> bool:
    return (
        line.endswith((";", "; or", "; and", ";and", ";or"))
        or line.endswith((",", ", and", ", or"))
        and len(line) < 120
    )
