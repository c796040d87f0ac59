"""Pairs of dated documents that answer one yes/no question: settled later, turned round, or agreeing in other words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOWNS = (
    "Ashgrove",
    "Belmar",
    "Corvale",
    "Dunmere",
    "Elsfield",
    "Farrow",
    "Glenholt",
    "Harwick",
    "Inverlee",
    "Jarrow Head",
)
_WHO = ("Council", "Trust", "School", "Museum", "Harbour Board", "Choir", "Rowing Club", "Hospital")
# base form, past participle, what
_DEEDS = (
    ("sell", "sold", "the old boathouse"),
    ("close", "closed", "the east gate"),
    ("paint", "painted", "the clock tower"),
    ("rebuild", "rebuilt", "the stone bridge"),
    ("buy", "bought", "a second minibus"),
    ("move", "moved", "the winter market"),
    ("repair", "repaired", "the church organ"),
    ("rent", "rented", "the upper hall"),
)
_OPEN = (
    "{who} has not decided whether it will {do} {what}.",
    "Whether {who} will {do} {what} is still under discussion.",
    "It is not clear whether {who} will {do} {what}.",
)
_YES = (
    "{who} will {do} {what} in {month}.",
    "{who} will {do} {what}, its chair said.",
    "In {month} {who} will {do} {what} after all.",
)
_NO = ("{who} will not {do} {what}.", "{who} will not {do} {what}, its treasurer said.")
_AGREE = (
    *_YES,
    "{who} will {do} {what}, which has not been touched since 1990.",
    "As planned {who} will {do} {what}; nobody objected.",
    "{who} will {do} {what} and not the barn beside it.",
    "{what_} will be {done} by {who}, as everybody expected.",
)


@dataclass(frozen=True)
class Item:
    """A question, the earlier and the later sentence, and whether the later one says otherwise."""

    question: str
    earlier: str
    later: str
    kind: Literal["settled", "turned", "agree"]


def items(each: int, seed: int = 1) -> Iterator[Item]:
    """As many pairs of each kind; no two are about the same body and deed."""
    draw = random.Random(seed)
    bodies = [(f"{town} {who}", deed) for town in _TOWNS for who in _WHO for deed in _DEEDS]
    draw.shuffle(bodies)
    kinds: list[Literal["settled", "turned", "agree"]] = ["settled", "turned", "agree"]
    for n, (who, (do, done, what)) in enumerate(bodies[: 3 * each]):
        month = draw.choice(("May", "June", "October"))
        words = {"who": who, "do": do, "done": done, "what": what, "what_": what.capitalize(), "month": month}
        kind = kinds[n % 3]
        first, second = {"settled": (_OPEN, (*_YES, *_NO)), "turned": (_NO, _YES), "agree": (_YES, _AGREE)}[kind]
        sentences = draw.choice(first).format(**words), draw.choice(second).format(**words)
        yield Item(f"Will {who} {do} {what}?", *sentences, kind)
