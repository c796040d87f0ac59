"""Documents that training questions are asked about, as the product reads them, and where their answers stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from rag.reading import SUFFIXES, read
from rag.text.seen import legible
from rag.text.sentences import split
from rag.text.told import Telling, told
from rag.text.units import Unit, units
from rag.types import Span


@dataclass(frozen=True)
class Page:
    """A document's text, and its sentences."""

    text: str
    sentences: tuple[Span, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What else of it each sentence is to be read with."""
        return units(self.text, self.sentences)

    def told(self, first: int, last: int) -> Telling:
        """The run from one sentence to another, both inclusive, as it is read when a question is asked."""
        of = told(self.text, self.sentences, self.units, first, last + 1, section=False)
        return replace(of, text=legible(of.text))

    def window(self, first: int, last: int) -> Span:
        """The run from one sentence to another, both inclusive."""
        return Span(self.sentences[first].start, self.sentences[last].end)

    def touching(self, place: Span) -> tuple[int, int] | None:
        """The first and last sentence that a range touches."""
        inside = [i for i, s in enumerate(self.sentences) if s.start < place.end and s.end > place.start]
        return (inside[0], inside[-1]) if inside else None


@dataclass(frozen=True)
class Asked:
    """A question of one document, with the places that answer it, all in the document's text."""

    question: str
    label: str
    name: str  # of the collection
    source: str
    answers: tuple[Span, ...]  # to be pointed at
    evidence: tuple[Span, ...]  # that decide
    near: Span | None

    @property
    def group(self) -> str:
        """What a split must not tear apart."""
        return f"{self.name}:{self.source}"


def label_of(row: Mapping[str, Any]) -> str:
    """The kind of answer that a row's evidence holds. A premise that is contradicted is answered No."""
    if row["kind"] == "false-premise" and row["evidence"]:
        return "no"
    if row["polar"]:
        return str(row["polar"])
    return "span" if row["evidence"] else "absent"


def asked(row: Mapping[str, Any], name: str, page: Page) -> Asked | None:
    """A row with its places; None where they are not in the text as it is read, or where it goes on from another."""
    evidence = [place for e in row["evidence"] if (place := _find(page.text, e))]
    label = label_of(row)
    if row["kind"] == "follow-up" or (row["evidence"] and not evidence):
        return None
    answers = evidence[:1]
    if label == "span" and row["span"]:
        within = [s for place in evidence if (s := _find(page.text, row["span"], place))]
        answers = within or evidence
    near = _find(page.text, row["near"]) if row["near"] else None
    return Asked(row["question"], label, name, row["source"], tuple(answers), tuple(evidence), near)


def _find(text: str, wanted: str, inside: Span | None = None) -> Span | None:
    """Where words stand in a text, blanks and line breaks alike."""
    low, high = (inside.start, inside.end) if inside else (0, len(text))
    at = text.find(wanted, low, high)
    if at >= 0:
        return Span(at, at + len(wanted))
    parts = wanted.split()
    found = re.compile(r"\s+".join(map(re.escape, parts))).search(text, low, high) if parts else None
    return Span(*found.span()) if found else None


def pages_of(files: Mapping[str, Path]) -> dict[str, Page]:
    """The documents by name."""
    texts = {source: read(file).text for source, file in files.items()}
    return {source: Page(text, tuple(split(text))) for source, text in texts.items()}


def files_of(folder: Path, sources: Sequence[str], copies: Path) -> dict[str, Path]:
    """Where each document lies; one that no reader reads is copied as plain text."""
    copies.mkdir(parents=True, exist_ok=True)
    found = {}
    for source in sources:
        found[source] = folder / source
        if found[source].suffix.lower() not in SUFFIXES:
            found[source] = copies / f"{source}.txt"
            found[source].write_bytes((folder / source).read_bytes())
    return found
