"""Which of several sentences asks: what stands beside it is context, and turns no Yes round.

"I can't make the August dates. Do I get the fee back?" asks for no denial, and neither does "Was it signed? No, never."
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.words import content_words
from rag.text.sentences import split

_SEVERAL = re.compile(r"[.?!…]\W*\s")  # else it is one sentence, and need not be taken apart
_MARK = re.compile(r"\?[”’\"')\]\s!]*$")
_OPENS = re.compile(
    r"\W*(?:(?:so|but|and|then|please)\b[,\s]+)*"
    r"(?:(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n['’]t)?"
    r"|who|whom|whose|what|which|when|where|why|how)\s",
    re.I,
)
_LEANS = re.compile(  # on what stands before it
    r"\b(?:it|its|this|that|these|those|he|she|him|his|hers?|ones?|so|same|there|something|else)\b", re.I
)
_FEWEST = 2  # content words of a sentence that says something


@dataclass(frozen=True)
class Asking:
    """The part of an input that asks.

    Attributes:
        sentence: by itself.
        read: with what it leans on before it; what models read to tell Yes from No.
    """

    sentence: str
    read: str


def asking(text: str) -> Asking:
    """The one sentence of several that asks; all of the text where it is one, where several ask, or none does.

    Args:
        text: a question, tidied.
    """
    if not _SEVERAL.search(text):
        return Asking(text, text)
    parts = [text[s.start : s.end] for s in split(text)]
    asked = [n for n, part in enumerate(parts) if _MARK.search(part) and _says_what(part)]
    if not asked and not any(_MARK.search(part) for part in parts):
        asked = [n for n, part in enumerate(parts) if _OPENS.match(part)]
    if len(parts) < 2 or len(asked) != 1:
        return Asking(text, text)
    at = asked[0]
    before = [part for part in parts[:at] if len(content_words(part)) >= _FEWEST]  # "No. Never!" is none
    alone = len(content_words(parts[at])) >= _FEWEST and not _LEANS.search(parts[at])
    return Asking(parts[at], parts[at] if alone else " ".join([*before, parts[at]]))


def _says_what(part: str) -> bool:
    """Whether a sentence with a question mark asks something by itself: "No, never?" doesn't."""
    told = len(content_words(part))
    return told >= _FEWEST or bool(told and _OPENS.match(part))
