"""What a sentence says to be unsaid: not discussed, declined, denied, undecided, unknown, not allowed, not yet.

Each kind is a verb or an adjective of that meaning beside a negator, or one that holds the negation itself ("refused",
"unclear"); `unsaid_refused` and `unsaid_open` have the words. What is told of in a condition or asked counts as
nothing. The kinds are those of speech acts that leave something out or open (Levinson 1983, "Pragmatics", 5.5 and 6.3,
on dispreferred replies).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rag.language.unsaid_open import NOT_YET, OPEN_CLAUSE, UNDECIDED, UNKNOWN
from rag.language.unsaid_parts import KINDS, UnsaidKind
from rag.language.unsaid_refused import DECLINED, DENIED, NOT_ALLOWED, NOT_DISCUSSED
from rag.text.line import line_of
from rag.text.shape import is_heading
from rag.types import Span

__all__ = ["KINDS", "Found", "UnsaidKind", "unsaid"]

_GRAMMARS: Mapping[UnsaidKind, str] = {
    "declined": DECLINED,
    "undecided": UNDECIDED,
    "unknown": UNKNOWN,
    "not discussed": NOT_DISCUSSED,
    "denied": DENIED,
    "not allowed": NOT_ALLOWED,
    "not yet": NOT_YET,
}
_OF = tuple(_GRAMMARS)
_ANY = "|".join(f"(?P<k{i}>{grammar})" for i, grammar in enumerate(_GRAMMARS.values()))
_FOUND = re.compile(rf"(?:(?<![\w’'])|(?=(?<=\w)'[drsvlm]))(?:{_ANY})(?!\w)", re.I | re.X)
_OPEN = re.compile(OPEN_CLAUSE, re.I | re.X)
# Who declines to speak withholds words, who refuses withholds a deed; told by the cue and the words after it.
_SPEAKING = re.compile(
    r"\b(?:say(?!s\ no|ing\ no)|left\ alone|comment|tell|name|discuss|disclose|reveal|answer|respond|repl(?:y|ies|ied)"
    r"|explain|confirm|identif|speculat|quoted|talk|speak|go\ into|drawn|pushed|guess|interviews?|opinions?|secret|wish"
    r"|care|reach|questions?|elaborat|remarks?|promis|recommend|forecast|guidance|list|publish|give\ (?!back|up|in)"
    r"|rather|names|none\ given)",
    re.I,
)
_AFTER = 24  # characters
_UNREAL = re.compile(
    r"\b(?:if|unless|whether\ or\ not|in\ case|would\ have|could\ have|lest|even\ though)\b|^\W*should\b", re.I
)
# Sayings in which nothing is left out.
_HARMLESS = re.compile(
    r"\b(?:cannot\s+help|can't\s+help|needless\s+to\s+say|not\s+to\s+say|I\s+can't\s+tell\s+you\s+how|not\s+only)\b",
    re.I,
)


@dataclass(frozen=True)
class Found:
    """What is left unsaid in a sentence: its kind and the words that say so."""

    kind: UnsaidKind
    cue: Span


@lru_cache(maxsize=8_192)
def unsaid(text: str) -> Found | None:
    """What a sentence says to be unsaid, the first that it does; None if it says nothing of the kind, or asks."""
    line = line_of(text)
    plain = line.text.replace("’", "'")
    if plain.rstrip("\"”' )*_").endswith("?") or is_heading(text) or text.startswith("#"):
        return None
    whether = _OPEN.search(plain)
    for match in _FOUND.finditer(plain):
        before = plain[: match.start()]
        clause = re.split(r"[.;:!?]", before)[-1]
        if _UNREAL.search(clause) or _HARMLESS.search(plain):
            continue
        kind = _OF[int(str(match.lastgroup)[1:])]
        if whether and whether.start() < match.start() and kind != "unknown":
            break  # "Whether it will be banned is under discussion" forbids nothing
        if kind == "declined" and not _SPEAKING.search(plain, match.start(), match.end() + _AFTER):
            kind = "refused"
        return Found(kind, line.back(match.start(), match.end()))
    return Found("undecided", line.back(whether.start(), whether.end())) if whether else None
