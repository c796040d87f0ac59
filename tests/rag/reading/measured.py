"""How much of a known document a reader tells: words, order of the blocks, title, date."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from sources import Source

_WORD = re.compile(r"\w+")
_BEGIN = 6  # words by which a block is known


@dataclass(frozen=True)
class Measured:
    """Shares from 0 to 1; what is missing are words."""

    complete: float
    in_order: float
    titled: bool
    dated: bool
    missing: tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text, marks and case aside."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def measured(source: Source, text: str, title: str | None, day: str | None, *, tables_only: bool = False) -> Measured:
    """What of a document stands in a text.

    Args:
        source: the document.
        text: what a reader told.
        title: what it took for the title.
        day: what it took for the date.
        tables_only: whether the file holds nothing but the tables.
    """
    blocks = source.tables if tables_only else source.blocks
    asked = Counter(word for block in blocks for word in words(block.words)) + Counter(words(source.title))
    told = Counter(words(text))
    missing = asked - told
    flat = f" {' '.join(words(text))} "
    begins = [
        f" {' '.join(words(part)[:_BEGIN])} " for block in blocks for part in (*block.parts, *map(" ".join, block.rows))
    ]
    places = _in_turn(flat, begins)
    right = sum(place is not None for place in places)
    return Measured(
        1 - sum(missing.values()) / sum(asked.values()),
        right / len(places) if places else 1.0,
        words((title or "").removeprefix("Fwd: ")) == words(source.title),
        day == source.day.isoformat(),
        tuple(missing),
    )


def _in_turn(flat: str, begins: list[str]) -> list[int | None]:
    """Where each of some texts stands behind the one before it; None of those that don't."""
    found: list[int | None] = []
    at = 0
    for begin in begins:
        place = flat.find(begin, at)
        found.append(place if place >= 0 else None)
        at = place + len(begin) - 1 if place >= 0 else at
    return found
