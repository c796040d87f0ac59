"""How far a word of a question stands among the words of a sentence in another language."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.stems import Token, is_part, keys

_KIN = 0.5  # what a word counts that is derived from the same one: "erneuert" and "Erneuerung"
_STEM, _REST = 5, 4  # letters that such words share at least, and that follow them at most
_PART = 0.7  # what a word counts that is a part of a compound here, or the other way about


def held(word: Token, among: Sequence[Token], language: str) -> float:
    """How far a word stands among others, 0..1: of characters, the share of its pairs."""
    wanted = keys(word, language)
    if word.is_run:
        there = {pair for other in among if other.is_run for pair in keys(other, language)}
        if len(word.lower) == 1:
            return float(any(word.lower in other.lower for other in among if other.is_run))
        return len(wanted & there) / len(wanted)
    if any(wanted & keys(other, language) for other in among):
        return 1.0
    if any(is_part(word, other, language) for other in among):
        return _PART
    return _KIN if any(_are_kin(word.lower, other.lower) for other in among) else 0.0


def _are_kin(a: str, b: str) -> bool:
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= _STEM and max(len(a), len(b)) - common <= _REST
