"""Sentences with what gives them sense: a row's head, a list's lead-in, the question and the speaker of an answer.

A unit holds places in the text and no words of its own, so that nothing can stand in a context but the text's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.text.blocks import Block, Kind, blocks
from rag.text.denied import Turn, addresses, is_interview, may_be_put, put_to_others
from rag.text.marks import ASKS, REPLIES, counts, leads_in
from rag.text.quoted import unquoted
from rag.text.shape import is_question
from rag.text.tables import Table
from rag.text.unfinished import breaks_off
from rag.types import Span

_QUESTION = 200  # characters of a turn that are told as one question
_HEAD = 1_000  # characters of an interview in which its people are named
_GUEST = re.compile(
    r"\b(?i:with|talks? to|talked to|spoke to|speaks to|meets|asks|asked|interviews?|questions)\s+(?:[a-z]+ ){0,3}"
    r"(?P<a>(?:[A-Z][\w'’.-]{1,30}[ ]){1,4}[A-Z][\w'’-]{1,30})"
    r"|^(?:#+ |\*\*)?(?i:interview:? |(?:witness|interviewee|deponent|guest):(?:\*\*)?[ ])"
    r"(?P<b>(?:[A-Z][\w'’.-]{1,30} ){1,4}[A-Z][\w'’-]{1,30})"
    r"|: (?P<c>(?:[A-Z][\w'’.-]{1,30} ){1,3}[A-Z][\w'’-]{1,30}) (?:of|on|from)\b"
    r"|(?P<d>(?:[A-Z][\w'’.-]{1,30} ){1,3}[A-Z][\w'’-]{1,30}),? (?:spoke|talked|speaks|talks) (?:to|with)\b",
    re.M,
)


@dataclass(frozen=True)
class Cell:
    """What stands in a row below a column's name."""

    name: Span | None
    value: Span
    column: int
    group: Span | None = None  # the name above that of several columns, in a head of two rows


@dataclass(frozen=True)
class Unit:
    """What kind of block a sentence stands in, and what else of the text it is to be read with."""

    kind: Kind
    group: int  # the same for the items of a list, the rows of a table, the sentences of another block
    section: Span | None = None  # the heading above it
    lead: Span | None = None  # the line that says what a list holds, or the question that this replies to
    speaker: Span | None = None  # who says it, as named where it begins or in the document's head
    begins: bool = True  # whether its block begins with it
    cells: tuple[Cell, ...] = ()  # of a row below a head
    name: Span | None = None  # of a row: what stands in its first column
    ends_lead: bool = False  # whether its lead breaks off and it ends the sentence: "5.1 keep a dog"


def units(text: str, sentences: Sequence[Span]) -> tuple[Unit, ...]:
    """A unit for each sentence.

    Args:
        text: a document's.
        sentences: its sentences, in order.
    """
    return tuple(_Reader(text, sentences).units())


def _cell(table: Table | None, value: Span, column: int) -> Cell:
    return Cell(table.name(column), value, column, table.group(column)) if table else Cell(None, value, column)


class _Reader:
    """Goes through the sentences and keeps what was last: a heading, a question, who spoke."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text = unquoted(text)
        self._sentences = sentences
        self._blocks = blocks(text)
        turns = [at for at, b in enumerate(self._blocks) if b.kind is Kind.TURN]
        self._last_turn = turns[-1] if turns else -1
        self._guest = self._interviewed(self._blocks[turns[0]].span.start) if turns else None
        self._put = frozenset(self._put_to_others(turns))
        self._section: Span | None = None
        self._question: Span | None = None  # that the next block replies to
        self._turn: Block | None = None
        self._leads: dict[int, Span | None] = {}  # of each list, by its group
        self._items = Counter(b.group for b in self._blocks if b.kind is Kind.ITEM)

    def units(self) -> list[Unit]:
        """A unit for each sentence."""
        starts = [b.span.start for b in self._blocks]
        found: list[Unit] = []
        at = -1
        for number, sentence in enumerate(self._sentences):
            place = max(0, bisect_right(starts, sentence.start) - 1)
            begins = place != at
            if begins:
                self._enter(place, number)
                at = place
            unit = self._unit(place, sentence, begins)
            found.append(replace(unit, kind=Kind.ASKED) if number in self._put else unit)
        return found

    def _put_to_others(self, turns: Sequence[int]) -> Iterator[int]:
        """The sentences, by their numbers, that an interviewer puts to somebody who denies them, or as "you"."""
        spoken = [self._blocks[at] for at in turns]
        ends = [*(b.span.start for b in spoken[1:]), len(self._text)]
        said = [
            Turn(self._name(b), Span(b.span.start, end), b.label.end)
            for b, end in zip(spoken, ends, strict=False)
            if b.label
        ]
        guest = self._text[self._guest.start : self._guest.end] if self._guest else ""
        starts, asked = [s.start for s in self._sentences], is_interview(self._text, said, guest)
        for span, denied in put_to_others(self._text, said, guest):
            last = bisect_left(starts, span.end) - 1
            if last < 0 or starts[last] < span.start:
                continue
            if asked and addresses(self._said(last)) or denied and may_be_put(self._said(last)):
                yield last

    def _said(self, number: int) -> str:
        return self._text[self._sentences[number].start : self._sentences[number].end]

    def _enter(self, at: int, number: int) -> None:
        """Take in where a block begins: with sentence `number`."""
        block = self._blocks[at]
        before = self._blocks[at - 1] if at else None
        if block.kind is Kind.HEADING:
            self._section, self._question, self._turn = block.span, None, None
        elif block.kind is Kind.ASKED:
            self._question, self._turn = block.span, None
        elif block.kind is Kind.TURN:
            if self._turn is not None and self._is_other(block):
                self._question = self._last_question(number, self._turn)
            elif self._turn is None:
                self._question = None
            self._turn = block
        elif at > self._last_turn:
            self._question = self._question if self._turn is None else None
            self._turn = None
        if block.kind is Kind.ITEM and block.group not in self._leads:
            self._leads[block.group] = self._lead(block, before, self._sentences[number - 1] if number else None)

    def _lead(self, block: Block, before: Block | None, last: Span | None) -> Span | None:
        """The line that leads in the list that begins with a block: the last sentence of what stands before it."""
        if before is None or last is None or before.kind is Kind.HEADING:
            return last if before else None
        said = self._text[last.start : last.end]
        if before.kind in (Kind.PARAGRAPH, Kind.TURN, Kind.ITEM) and breaks_off(said):
            return last
        leads = leads_in(said) or counts(said, self._items[block.group])
        return last if leads and before.kind in (Kind.PARAGRAPH, Kind.TURN) else None

    def _is_other(self, turn: Block) -> bool:
        return self._name(turn) != self._name(self._turn)

    def _name(self, turn: Block | None) -> str:
        return self._text[turn.label.start : turn.label.end] if turn and turn.label else ""

    def _last_question(self, number: int, turn: Block) -> Span | None:
        """What the turn before asks, if it does."""
        said = [s for s in self._sentences[max(0, number - 8) : number] if s.start >= turn.span.start]
        asked = [s for s in said if is_question(self._text[s.start : s.end])]
        if asked and len(said) - said.index(asked[-1]) <= 2:
            whole = Span(said[0].start, asked[-1].end)
            return whole if whole.end - whole.start <= _QUESTION else asked[-1]
        if asked:
            return None
        if number - 1 in self._put:
            return self._sentences[number - 1]
        return said[-1] if said and self._name(turn).lower() in ASKS else None

    def _unit(self, at: int, sentence: Span, begins: bool) -> Unit:
        block = self._blocks[at]
        group = block.group if block.group >= 0 else -1 - at
        if block.kind in (Kind.ROW, Kind.HEAD):
            cells = tuple(
                _cell(block.table, cell, column)
                for column, cell in enumerate(block.row.cells if block.row else ())
                if cell and sentence.start <= cell.start and cell.end <= sentence.end
            )
            first = block.row.cells[0] if block.row else None
            return Unit(block.kind, group, self._section, self._question, None, begins, cells, first)
        if block.kind in (Kind.HEADING, Kind.ASKED):
            return Unit(block.kind, group, begins=begins)
        speaker = self._speaker()
        if block.kind is Kind.ITEM:
            return self._item(group, speaker, begins)
        kind = Kind.PARAGRAPH
        if self._turn:
            kind = Kind.ASKED if self._name(self._turn).lower() in ASKS else Kind.TURN
        return Unit(kind, group, self._section, self._question, speaker, begins and block.kind is Kind.TURN)

    def _item(self, group: int, speaker: Span | None, begins: bool) -> Unit:
        """A sentence of a list; below a line that breaks off only what an item begins with goes on with it."""
        lead = self._leads.get(group)
        ends = lead is not None and breaks_off(self._text[lead.start : lead.end])
        lead = None if ends and not begins else lead or self._question
        return Unit(Kind.ITEM, group, self._section, lead, speaker, begins, ends_lead=ends and begins)

    def _speaker(self) -> Span | None:
        name = self._name(self._turn)
        if not self._turn or name.lower() in ASKS:
            return None
        return self._guest if name.lower() in REPLIES else self._turn.label

    def _interviewed(self, end: int) -> Span | None:
        """Who answers, by the document's head."""
        match = _GUEST.search(self._text, 0, min(end, _HEAD))
        name = match.lastgroup if match else None
        return Span(*match.span(name)) if match and name else None
