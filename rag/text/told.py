"""A unit with its context as one text, for searching, embedding and reading; each character knows its place.

A row is told by its cells' names ("Crop: Plums; Price: 890"); before an item stands the line that leads in, one that
breaks off as one sentence with it ("The tenant shall not keep a dog"), before an answer its question and who speaks,
before all of it the section's heading, unless they stand in the text anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from rag.text.blocks import Kind
from rag.text.shape import is_finished
from rag.text.unfinished import mark_length, unmarked
from rag.text.units import Cell, Unit
from rag.types import Span

_MOST = 200  # characters of a line of context
_Piece: TypeAlias = tuple[str, int | None]  # a text, and where it stands in the document if it is its own


class Placed(Protocol):
    """Whatever stands in a document: a span, a sentence."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


@dataclass(frozen=True)
class Telling:
    """Sentences with their context."""

    text: str
    starts: tuple[int, ...]  # of the pieces that are the document's own, in this text
    places: tuple[Span, ...]  # of those pieces in the document
    ranges: tuple[Span, ...]  # of each sentence in this text, the names of its cells included

    def back(self, start: int, end: int, sentence: Span) -> Span:
        """Where a range of this text stands in the document; of a context's words alone: the whole sentence."""
        own = [
            Span(place.start + max(0, start - at), place.start + min(place.end - place.start, end - at))
            for at, place in zip(self.starts, self.places, strict=True)
            if start < at + (place.end - place.start) and at < end
        ]
        inside = [Span(max(s.start, sentence.start), min(s.end, sentence.end)) for s in own]
        inside = [s for s in inside if s.start < s.end]
        return Span(inside[0].start, inside[-1].end) if inside else sentence

    def forth(self, place: Span) -> Span | None:
        """Where a range of the document stands in this text, from its first piece that is told to its last."""
        told_of = [
            Span(at + max(0, place.start - own.start), at + min(own.end, place.end) - own.start)
            for at, own in zip(self.starts, self.places, strict=True)
            if place.start < own.end and own.start < place.end
        ]
        return Span(told_of[0].start, told_of[-1].end) if told_of else None


def told(
    text: str, sentences: Sequence[Placed], units: Sequence[Unit], first: int, last: int, *, section: bool = True
) -> Telling:
    """Sentences `first` to `last`, exclusive, with their context.

    Args:
        text: the document's.
        sentences: all of its sentences.
        units: theirs.
        first: the first sentence that is told.
        last: the one after the last.
        section: whether the heading above them is told.
    """
    parts: list[str] = []
    starts: list[int] = []
    places: list[Span] = []
    ranges: list[Span] = []
    length = 0
    for number in range(first, last):
        begin = None
        for piece, place in _pieces(text, sentences, units, first, number, section):
            if place is not None:
                starts.append(length)
                places.append(Span(place, place + len(piece)))
                begin = length if begin is None and place >= sentences[number].start else begin
            parts.append(piece)
            length += len(piece)
        own = sentences[number]
        ranges.append(Span(length if begin is None else begin - _named(text, units[number]), length))
        if number + 1 < last:
            gap = text[own.end : sentences[number + 1].start]
            parts.append(gap)
            length += len(gap)
    return Telling("".join(parts), tuple(starts), tuple(places), tuple(ranges))


def has_context(unit: Unit) -> bool:
    """Whether a unit is told otherwise than its sentence stands."""
    return bool(unit.section or unit.lead or unit.speaker or unit.cells)


def _named(text: str, unit: Unit) -> int:
    """How many characters the name before a row's first cell takes."""
    if unit.kind is not Kind.ROW or not unit.cells:
        return 0
    return len(_label(text, unit.cells[0]))


def _label(text: str, cell: Cell) -> str:
    name = " ".join(_line(text, span) for span in (cell.group, cell.name) if span)
    return f"{name}: " if name else ""


def _line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].strip("#* \t_").split())[:_MOST].rstrip(":")


def _pieces(
    text: str, sentences: Sequence[Placed], units: Sequence[Unit], first: int, number: int, section: bool
) -> Iterator[_Piece]:
    unit, sentence, begin = units[number], sentences[number], sentences[first].start
    before = units[number - 1] if number > first else None
    if section and before is None and unit.section and unit.section.start < begin:
        yield f"{_line(text, unit.section)}\n", None
    is_told = section and unit.lead is not None and unit.section is not None and unit.lead.start == unit.section.start
    if unit.lead and unit.lead.start < begin and not is_told and (before is None or before.lead != unit.lead):
        lead = _line(text, unit.lead)
        if unit.ends_lead:  # as one sentence
            own = sentence.start + mark_length(text[sentence.start : sentence.end])
            yield f"{unmarked(lead).rstrip(':—– -')} ", None
            yield text[own : sentence.end], own
            return
        yield f"{lead}{':' if unit.kind is Kind.ITEM and not is_finished(lead) else ''}\n", None
    if unit.speaker and not sentence.start <= unit.speaker.start < sentence.end:
        if before is None or before.speaker != unit.speaker:
            yield f"{_line(text, unit.speaker)}: ", None
    if unit.kind is not Kind.ROW or not any(cell.name or cell.group for cell in unit.cells):
        yield text[sentence.start : sentence.end], sentence.start
        return
    for number_of, cell in enumerate(unit.cells):
        if number_of:
            yield "; ", None
        if label := _label(text, cell):
            yield label, None
        yield text[cell.value.start : cell.value.end], cell.value.start
