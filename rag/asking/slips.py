"""Slips of the pen in the word that asks ("wen will it open"), and capitals that only raise the voice.

Search meets what else is misspelt.
"""

from __future__ import annotations

import re

from rag.language.words import STOP_WORDS, words

_ASKING = ("when", "what", "who", "where", "which", "why", "how", "whose", "whom")
_MEASURED = re.compile(r" (?:many|much|long|often|far|old|big|large|high|deep|wide|fast|come|is it that)\b", re.I)
_FIRST = re.compile(r"\w+")
_FEWEST, _MOST = 3, 6  # letters of a slip
_HARDLY = frozenset(["wen"])  # a word, but hardly one to begin with
_FEWEST_WORDS, _FEWEST_FUNCTION_WORDS = 4, 2  # of a question in capitals: "THE WHO" and "US AND UK" are names
_NAME = "WHO"  # of the function words the one that is an organisation, too; shorter ones are left alone: US, IT


def righted(question: str) -> str:
    """The question as it was meant.

    Its first word is one that asks, where it is none and one slip away. Capitals that only raise the voice ("was NOT
    the reason", "WHEN DOES IT OPEN") make no names.

    Args:
        question: in one line.
    """
    return _first_righted(_calm(question))


def _calm(question: str) -> str:
    function = [w for w in words(question) if w.lower in STOP_WORDS or w.lower.endswith("n't")]
    if question.isupper():
        shouted = len(words(question)) >= _FEWEST_WORDS and len(function) >= _FEWEST_FUNCTION_WORDS
        return question.capitalize() if shouted else question
    for word in function:
        if len(word.surface) >= len(_NAME) and word.surface.isupper() and word.surface != _NAME:
            question = question[: word.start] + word.surface.lower() + question[word.end :]
    return question


def _first_righted(question: str) -> str:
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
