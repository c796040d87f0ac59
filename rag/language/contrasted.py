"""Two things of one sentence, of which it says a verb of the one and denies it of the other.

"Hens may be kept, cockerels may not": the second clause repeats no more of the first than its auxiliary (ellipsis after
auxiliaries: Huddleston & Pullum 2002, "The Cambridge Grammar of the English Language", chapter 17, section 7). Which of
both a question means is told by the words that only one of them has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.language.inflection import forms
from rag.language.words import Word, content_words, words

_AUXILIARY = r"(?:may|can|could|must|shall|should|will|would|is|are|was|were|has|have|had|does|do|did)"
_NOT = r"(?:\s+not\b|not\b|n['’]t\b)"
_SHAN_T = re.compile(r"\b(?P<stem>wo|sha|ca)n['’]t\b", re.I)
_WHOLE = {"wo": "will", "sha": "shall", "ca": "can"}
_FIRST = re.compile(rf"(?P<thing>.{{2,80}}?)\s+{_AUXILIARY}(?P<denied>{_NOT}|\s+never\b)?(?P<rest>\s.*)", re.I | re.S)
_SECOND = re.compile(
    rf"(?:\s*[,;:–—]\s*(?:(?:but|and|while|whereas|though)\s+)?|\s+(?:but|and|while|whereas|though)\s+)"
    rf"(?P<thing>(?!not\b)[^,;:.()–—]{{2,60}}?)\s+{_AUXILIARY}(?P<denied>{_NOT})?[.!;]?\s*$",
    re.I,
)
_LONGEST = 400  # characters of a sentence that is looked at


@dataclass(frozen=True)
class _Contrast:
    """What is said of the one thing is denied of the other; `shared` are the words of both."""

    said_of: Sequence[Word]
    denied_of: Sequence[Word]
    shared: Sequence[Word]


def said_of_one(question: str, sentence: str) -> Literal["yes", "no"] | None:
    """What a sentence says to a question that means one of the two things it contrasts, and holds its other words.

    None where it contrasts nothing in that way, or the question means both, neither, or something more.
    """
    wanted = content_words(question)
    found = _contrast(_SHAN_T.sub(lambda m: f"{_WHOLE[m['stem'].lower()]} not", sentence[:_LONGEST]))
    if found is None or len(wanted) < 2:
        return None
    of_said = [w for w in wanted if _among(w, found.said_of) and not _among(w, found.denied_of)]
    of_denied = [w for w in wanted if _among(w, found.denied_of) and not _among(w, found.said_of)]
    means = of_said or of_denied
    if bool(of_said) == bool(of_denied) or len(means) == len(wanted):
        return None
    both = [*found.shared, *(found.said_of if of_said else found.denied_of)]
    if not all(_among(w, both) for w in wanted):
        return None
    return "yes" if of_said else "no"


def _contrast(sentence: str) -> _Contrast | None:
    second = _SECOND.search(sentence)
    first = _FIRST.match(sentence[: second.start()]) if second else None
    if second is None or first is None or bool(first["denied"]) is bool(second["denied"]):
        return None
    one, other = content_words(first["thing"]), content_words(second["thing"])
    if not one or not other:  # "…, and he hasn't" contrasts nobody
        return None
    said, denied = (other, one) if first["denied"] else (one, other)
    return _Contrast(said, denied, words(first["rest"]))


def _among(word: Word, of: Sequence[Word]) -> bool:
    return any(word.stem == one.stem or word.lower in forms(one.lower) for one in of)
