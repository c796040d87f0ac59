"""Where a sentence denies something or leaves it open, and how far that reaches.

A cue ("not", "refused", "too early") has a scope: what follows it up to the end of its clause and,
for a cue beside the clause's verb, the subject before it. This is the rule-based scope of clinical
text (Chapman et al. 2001, NegEx) widened by the subject, since news says "sanctions were *not*
discussed" more often than "no sanctions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from rag.text.line import line_of
from rag.types import Span

CueKind: TypeAlias = Literal["denied", "undecided"]

# Longest first within a kind; matched without regard to case, curly apostrophes read as straight ones.
_UNDECIDED = r"""
    too\ (?:early|soon)\ to | remains?\ to\ be\ seen | open\ question | no\ decision | undetermined | inconclusive
    | (?:is|are|was|were|remains?|still)\ (?:not\ (?:yet\ )?(?:clear|known|certain|sure|decided))
    | (?:isn|aren|wasn|weren)'t\ (?:yet\ )?(?:clear|known|certain|sure|decided)
    | un(?:clear|certain|known|decided|resolved|settled|confirmed) | undisclosed
    | withh(?:old|eld)(?:ing)?\ judge?ment | yet\ to\ (?:be\ )?\w+
    | (?:do|does|did)(?:\ not|n't)\ (?:yet\ )?know | impossible\ to\ (?:say|tell|know|predict|provide|give)
    | cannot\ (?:yet\ )?(?:say|be\ said|know) | can't\ (?:yet\ )?(?:say|tell|know)
    | (?:no\ one|nobody)\ (?:yet\ )?knows | nobody\ (?:can\ )?(?:yet\ )?(?:say|define|tell)
    | (?:has|have|had)\ not\ (?:yet\ )?(?:decided|been\ decided) | (?:neither|not)\ confirm(?:ed)?\ n?or\ den(?:y|ied)
"""
_DENIED = r"""
    not | n't | cannot | never | anything\ but | far\ from | (?:stopped|ceased|quit|gave\ up)(?=\ \w+ing\b) | forgot\ to
    | no\ longer | no\ one | nobody | nothing | nowhere | none | neither | nor | no | without
    | refus(?:e[sd]?|ing|al) | den(?:y|ies|ied|ying|ial) | reject(?:s|ed|ing|ion)? | declin(?:ed|es|ing)\ to
    | fail(?:s|ed|ing|ure)?\ to | unable\ to | inability\ to | unwilling(?:ness)? | ruled?\ out | ruling\ out
    | left\ out | leav(?:e|es|ing)\ out | exclud(?:e[sd]?|ing) | exclusion | omit(?:s|ted|ting)? | lack(?:s|ed|ing)?
    | absence\ of | absent | missing | devoid\ of | free\ of | free\ from | forbid(?:s|den|ding)? | forbade
    | bann?(?:ed|s|ing)? | prohibit(?:s|ed|ing)? | barred | prevent(?:s|ed|ing)? | stopp?ed\ short | oppos(?:e[sd]?|ing)
    | rather\ than | instead\ of | hardly | scarcely | barely | rarely | seldom | little\ (?:evidence|sign|doubt) | few
    | unlikely | unheard\ of | unnamed | untitled | unaffected | unaware | unreported | undocumented | impossible
    | u-turn | backtracked | changed\ (?:his|her|its|their)\ minds?
    | yet\ to | false(?:ly)? | incorrect(?:ly)? | untrue | myth | wrongly | dismiss(?:es|ed|ing)? | reluctan(?:t|ce)
"""
_CUES = re.compile(
    rf"(?<![a-z])(?:(?P<undecided>{_UNDECIDED})|(?P<denied>{_DENIED}))(?![a-z])|(?P<contracted>n't)(?![a-z])",
    re.I | re.X,
)
# Sayings in which a negator denies nothing.
_HARMLESS = re.compile(
    r"\b(?:not only|not just|not merely|no doubt|not to mention|no matter|nothing but|why not|if not|no\.? \d"
    r"|a few|the few)",
    re.I,
)
# These deny what follows them and nothing before: "she plays golf instead of saving".
_FORWARD = re.compile(r"(?:without|instead\ of|rather\ than|devoid\ of|free\ of|free\ from|absence\ of)", re.I)
_CLAUSE_END = re.compile(
    r"[.;:!?]|\s[–—-]\s|,\s+(?:but|although|though|while|whereas|however|yet|and (?:that|he|she|it|they|we))\b|"
    r"\b(?:but|although|whereas)\b",
    re.I,
)
_ASIDE = re.compile(r",\s+(?:who|which|whose|whom|where)\b[^,;:.]*,")
_CLOSE = 12  # characters between "but it" and its negation
_CONTRARY = re.compile(r"\b(?:but|however|though|although)\W+(?:\w+\W+){0,2}?(?:it|this|that|they|he|she)\b", re.I)


@dataclass(frozen=True)
class Cue:
    """A word or phrase that denies or leaves open, and the range of text that it governs."""

    kind: CueKind
    start: int
    end: int
    scope: Span


@lru_cache(maxsize=8_192)
def cues(text: str) -> tuple[Cue, ...]:
    """All cues of a sentence in order, with their scopes."""
    line = line_of(text)
    return tuple(
        Cue(c.kind, *_ends(line.back(c.start, c.end)), line.back(c.scope.start, c.scope.end))
        for c in _cues(line.text.replace("’", "'"))
    )


def _ends(place: Span) -> tuple[int, int]:
    return place.start, place.end


def _cues(text: str) -> Iterator[Cue]:
    harmless = [m.span() for m in _HARMLESS.finditer(text)]
    asides = [Span(*m.span()) for m in _ASIDE.finditer(text)]
    edges = [0, *(m.end() for m in _CLAUSE_END.finditer(text)), len(text)]
    for match in _CUES.finditer(text):
        start, end = match.span()
        if any(a <= start < b for a, b in harmless):
            continue
        kind: CueKind = "undecided" if match.group("undecided") else "denied"
        left = start if _FORWARD.fullmatch(match.group()) else max(e for e in edges if e <= start)
        right = min((e for e in edges if e >= end), default=len(text))
        for aside in asides:  # what a relative clause denies, the sentence around it doesn't
            if aside.start <= start < aside.end:
                left, right = max(left, aside.start), min(right, aside.end)
        yield Cue(kind, start, end, Span(left, right))


def has_cue(text: str) -> bool:
    """Whether a text denies anything or leaves anything open."""
    return bool(cues(text))


def cues_over(text: str, places: tuple[Span, ...]) -> tuple[Cue, ...]:
    """The cues of a sentence whose scope holds at least one of the given places."""
    return tuple(c for c in cues(text) if any(c.scope.start <= p.start and p.end <= c.scope.end for p in places))


def contrary(text: str) -> tuple[Cue, ...]:
    """The cues of a clause that turns against what the sentence said before: "…, but it didn't work out"."""
    turns = [m.end() for m in _CONTRARY.finditer(text)]
    return tuple(c for c in cues(text) if any(0 <= c.start - turn <= _CLOSE for turn in turns))
