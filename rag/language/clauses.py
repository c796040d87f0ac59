"""What of a sentence may be said on its own, because the whole sentence claims it.

All of it, or what is left when parts go that hang on to it (`rag.language.cuts`). Conditions, exceptions, times,
denials, and who said so stay. No parser is at hand: where the words leave a doubt about what a comma does, nothing
is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from rag.language.cuts import cuts
from rag.language.negation import cues
from rag.language.verbs import AUXILIARY, may_be_finite
from rag.language.words import words
from rag.types import Span

Kept = tuple[Span, ...]  # ranges of a sentence, in order

_MOST_CUTS = 5  # parts of one sentence that are weighed against each other
_SHORTEST = 4  # words of a piece
_CONNECTIVE = re.compile(
    r"(?:(?:But|And|So|Yet)\s(?=(?:the|a|an|this|these|those|his|her|its|their|he|she|it|they|we|I|there)\s|[A-Z])"
    r"|(?:However|Meanwhile|Moreover|Also|Furthermore|Additionally|Indeed|Nevertheless|In\s+addition|In\s+fact),\s)"
)
_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MASKED = re.compile("_+")  # a quotation, which counts as a word
_BEGINS = re.compile(r"[A-Z“\"‘']")  # a list item or a note begins otherwise
_SPACED = re.compile(r"\s+([,.;:!])")


@lru_cache(maxsize=2_048)
def pieces(sentence: str) -> tuple[Kept, ...]:
    """What may be said of a sentence, as ranges of it; the longest, which is all of it, first.

    A piece of one range stands in the sentence word for word; between two ranges something was left out. None comes
    of a question, or of a sentence that begins or ends within somebody's speech.
    """
    if "?" in sentence or not _closed(sentence):
        return ()
    whole = Span(joint.end() if (joint := _CONNECTIVE.match(sentence)) else 0, len(sentence))
    masked = _QUOTATION.sub(lambda m: "_" * len(m[0]), sentence.rstrip(" .!…"))
    parts = cuts(masked, whole.start) if _BEGINS.match(sentence) else []
    parts = [p for p in parts if not cues(sentence[p.start : p.end])][:_MOST_CUTS]
    found: dict[Kept, None] = {(whole,): None}
    for count in range(1, len(parts) + 1):
        for chosen in combinations(parts, count):
            kept = _without(chosen, whole, sentence)
            if kept and _is_clause(" ".join(masked[s.start : s.end] for s in kept)):
                found[kept] = None
    return tuple(sorted(found, key=lambda kept: -sum(s.end - s.start for s in kept)))


def text_of(sentence: str, kept: Kept) -> str:
    """A piece as one line that begins with a capital letter and ends with the mark that a statement has."""
    joined = " ".join(" ".join(sentence[s.start : s.end] for s in kept).split())
    text = _SPACED.sub(r"\1", joined)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "…", "”", '"')) else ".")


def _closed(sentence: str) -> bool:
    return sentence.count("“") == sentence.count("”") and sentence.count('"') % 2 == 0


def _without(parts: Sequence[Span], whole: Span, text: str) -> Kept | None:
    """What is left of a sentence; None where two cuts overlap. A full stop alone is nothing."""
    kept, at = [], whole.start
    for part in sorted(parts, key=lambda p: p.start):
        if part.start < at:
            return None
        kept.append(Span(at, part.start))
        at = part.end
    kept.append(Span(at, whole.end))
    return tuple(s for s in kept if any(c.isalnum() for c in text[s.start : s.end]))


def _is_clause(text: str) -> bool:
    found = [w.lower for w in words(text)]
    enough = len(found) + len(_MASKED.findall(text)) >= _SHORTEST
    return enough and found[-1] not in AUXILIARY | {"not"} and any(map(may_be_finite, found))
