"""Slips of the pen in the word that asks: "wen will it open", "hwo many came". Search meets what else is misspelt."""

from __future__ import annotations

import re

_ASKING = ("when", "what", "who", "where", "which", "why", "how", "whose", "whom")
_MEASURED = re.compile(r" (?:many|much|long|often|far|old|big|large|high|deep|wide|fast|come|is it that)\b", re.I)
_FIRST = re.compile(r"\w+")
_FEWEST, _MOST = 3, 6  # letters of a slip
_HARDLY = frozenset(["wen"])  # a word, but hardly one to begin with


def righted(question: str) -> str:
    """The question with its first word as it was meant, where that is no word and one slip away from one that asks.

    Args:
        question: in one line.
    """
    from rapidfuzz.distance import OSA

    first = _FIRST.match(question)
    if first is None or not _FEWEST <= len(first[0]) <= _MOST:
        return question
    said, rest = first[0].lower(), question[first.end() :]
    if said in _ASKING or rest[:1] in ("'", "’") or _is_word(said) and said not in _HARDLY:
        return question
    meant = [word for word in _ASKING if OSA.distance(said, word) == 1]
    if "how" in meant and _MEASURED.match(rest):
        meant = ["how"]
    if not meant:
        return question
    return (meant[0].capitalize() if first[0][0].isupper() else meant[0]) + rest


def _is_word(word: str) -> bool:
    from lemminflect import getAllLemmas

    return bool(getAllLemmas(word))
