"""Names: words that stand with a capital where an ordinary word would not.

No tagger is at hand, so the evidence is typographic: a capital inside a sentence, or at its head
when the word is no common one. Titles in capitals therefore yield no names at all.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.words import Word, words

# Capitalised out of convention, yet the name of nobody and of no place.
_NOT_NAMES = frozenset(
    """i mr mrs ms miss dr sir lord lady dame prof professor president minister king queen prince princess january
    february march april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday""".split()
)
_SENTENCE_HEAD = re.compile(r"(?:^|[.!?:][”\"’')\]]*\s+|[“\"‘(\[]\s*|\n\s*|– )$")


@lru_cache(maxsize=8_192)
def names(text: str) -> tuple[Word, ...]:
    """The words of a text that belong to a name, in order."""
    found = words(text)
    capitals = sum(w.is_capitalised for w in found)
    if len(found) > 3 and capitals == len(found):
        return ()
    return tuple(w for w in found if w.is_capitalised and w.lower not in _NOT_NAMES and _inside(text, w))


def _inside(text: str, word: Word) -> bool:
    """Whether the capital cannot be explained by the word's place at the head of a sentence."""
    if not _SENTENCE_HEAD.search(text[max(0, word.start - 6) : word.start]):
        return True
    return len(word.surface) > 1 and word.surface.isupper() and word.is_content  # NATO, EU


def name_stems(text: str) -> frozenset[str]:
    """The stems of a text's names."""
    return frozenset(w.stem for w in names(text))


def novel_names(text: str, known: frozenset[str]) -> tuple[Word, ...]:
    """Names of a text whose stems are not among `known`."""
    return tuple(w for w in names(text) if w.stem not in known)
