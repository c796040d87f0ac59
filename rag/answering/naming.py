"""Which words of a question name a row or a column of a table."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.language.words import Word, content_stems, words

_JOINED = re.compile(r"[ -]")  # between words that belong together
# What chooses among rows or counts them, and names none.
_ORDERS = re.compile(
    r"\d+|(?:high|low|larg|small|bigg|great|long|short|heavi|light|cheap|tall|busi|quiet|earli|lat|new|old)(?:er|est)"
    r"|dearest|most|least|fewest|first|last|next|single|each|every|which|what|many|one|two|three|four|five|six",
    re.I,
)
_ROOT = 5  # letters that words of one root share at least


def akin(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word of the one is derived of a word of the other: "visitors" of "visited"."""
    return any(
        min(len(a), len(b)) >= _ROOT and (a.startswith(b) or b.startswith(a)) for a in some for b in others if a != b
    )


def right_before(text: str, kind: frozenset[str]) -> tuple[Word, ...]:
    """The words that say something and stand in a row right before the first word of a kind."""
    found, told = words(text), list[Word]()
    for at, word in enumerate(found):
        if content_stems(word.surface) & kind:
            return tuple(told)
        joined = at > 0 and _JOINED.fullmatch(text, found[at - 1].end, word.start) is not None
        told = told if joined else []
        told = [*told, word] if content_stems(word.surface) and not _ORDERS.fullmatch(word.surface) else []
    return ()


def designations(text: str) -> frozenset[tuple[str, str]]:
    """Words with the number or the capital letter right behind them."""
    found = words(text)
    return frozenset(
        (a.lower, b.lower)
        for a, b in pairwise(found)
        if b.start == a.end + 1
        and len(a.surface) > 2
        and a.surface.isalpha()
        and (
            b.surface.isdigit()
            and len(b.surface) < 3
            or len(b.surface) == 1
            and b.surface.isupper()
            and b.surface not in "AI"
        )
    )
