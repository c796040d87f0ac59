"""What a sentence says to be unsaid: not discussed, declined, denied, undecided, unknown, not allowed, not yet.

Each kind is a verb or an adjective of that meaning beside a negator, or one that holds the negation itself ("refused",
"unclear"). What is told of in a condition or asked counts as nothing. The kinds are those of speech acts that leave
something out or open (Levinson 1983, "Pragmatics", 5.5 and 6.3, on dispreferred replies).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from rag.text.shape import is_heading
from rag.types import Span

UnsaidKind: TypeAlias = Literal["declined", "undecided", "unknown", "not discussed", "denied", "not allowed", "not yet"]
KINDS: tuple[UnsaidKind, ...] = get_args(UnsaidKind)

_NOT = r"(?:\ not|n't)"
_ADVERB = r"(?:\ (?:yet|so\ far|also|even|still|immediately|publicly|really|otherwise|at\ all|been))*"
_DETAILS = (
    r"(?:\w+\ ){0,2}(?:details?|figures?|names?|reasons?|numbers?|dates?|comments?|interviews?|statements?|answers?"
    r"|information)"
)
_TELL = (
    r"(?:say|comment|discuss|disclose|reveal|name|identify|confirm|answer|elaborate|specify|explain|speculate|go\ into"
    r"|be\ (?:drawn|interviewed)|(?:speak|talk)\ (?:to|about)|respond|reply|tell"
    rf"|(?:give|provide|release|publish|share)\ {_DETAILS})"
)
_SPOKEN = (
    r"(?:discussed|mentioned|raised|addressed|considered|covered|debated|touched\ (?:on|upon)|brought\ up|taken\ up"
    r"|talked\ about|spoken\ (?:of|about)|on\ the\ agenda|part\ of\ the\ (?:talks|discussions?|agenda)|said|stated"
    r"|disclosed|revealed|named|identified|explained|specified|reported|announced|published|released)"
)
_BE = r"(?:is|are|was|were|be|has\ been|have\ been|had\ been)"
_HAVE = r"(?:has|have|had)"
_DO = r"(?:did|does|do)"
_WH = r"(?:who|what|when|where|why|how|whether|if|which)"
_DECIDED = (
    r"(?:decided|agreed|settled|made\ up\ (?:its|his|her|their|my|our)\ minds?"
    r"|reached\ (?:a|any)\ (?:decision|agreement))"
)
_CLAIM = (
    r"(?:claims?|reports?|accusations?|allegations?|charges?|suggestions?|criticisms?|rumou?rs?|wrongdoing"
    r"|responsibility|involvement)"
)
_DEEDS = (
    r"(?:enter|use|bring|give|sell|take|wear|park|smoke|record|film|share|keep|stay|leave|bet|vote|lend|swap|collect"
    r"|copy|work)"
)
_PATTERNS: Mapping[UnsaidKind, str] = {
    "declined": rf"""
        (?:declin(?:e[sd]?|ing)|refus(?:e[sd]?|ing))\ to\ (?:\w+ly\ )?{_TELL}
        | declin(?:e[sd]?|ing)\ (?:all\ |any\ |further\ |an?\ )?(?:comments?|interviews?)
        | (?<!you\ )(?:(?:will|would|could)(?:{_NOT}|not)|cannot|can\ not|won't|can't){_ADVERB}\ {_TELL}
        | (?:{_HAVE}|made|offered|gave)\ no\ (?:further\ |immediate\ )?comment | ^\W*no\ comment
        | (?:{_DO}|{_HAVE}){_NOT}{_ADVERB}\ (?:respond(?:ed)?|repl(?:y|ied))\ to
        | (?:un|not\ )available\ for\ comment | could{_NOT}\ be\ (?:immediately\ )?(?:reached|contacted)\ for\ comment
        | (?:would|will){_NOT}\ rule\ (?:\w+\ ){{0,3}}out | {_DO}{_NOT}\ (?:want|wish)\ to\ {_TELL}
    """,
    "undecided": rf"""
        no\ (?:final\ )?decision\b(?!\ (?:to|that)\b) | undecided
        | (?:remains?\ (?:an?\ )?open|still\ (?:an\ )?open\ question)(?=[.,;]|$)
        | (?:{_HAVE}|is|are|was|were){_NOT}\ (?:yet\ |been\ )*{_DECIDED}
        | (?:yet|still)\ to\ (?:be\ )?(?:decided?|agreed?|settled?|determined?)
        | (?:defer(?:red)?|postponed?|adjourned?)\b[^.;]{{0,60}}?\b(?:decision|vote|item|matter|question|meeting)
        | (?:decision|vote|item|matter|question)\b[^.;]{{0,40}}?\b(?:{_BE})\ (?:deferred|postponed|adjourned|left\ open)
        | remains?\ to\ be\ (?:decided|agreed|settled) | (?:did|could){_NOT}\ (?:agree|reach\ (?:an\ )?agreement)
        | (?:is|are|still|being)\ under\ (?:consideration|discussion)
        | pending\ (?:an?\ |the\ |further\ )?(?:decision|approval|vote|review|appeal)
    """,
    "unknown": rf"""
        (?:is|are|was|were|remains?|remained|still)\ (?:still\ )?
            (?:unclear|unknown|uncertain|unconfirmed|undisclosed|unresolved)(?=[.,;:”"')]|$|\ (?:at|as|but|and|{_WH})\b)
        | (?:is|are|was|were){_NOT}\ (?:yet\ |immediately\ |entirely\ )*(?:clear|known|certain|established)
            (?!\ (?:for|to|as|of)\b)
        | (?:it's|it\ is|too)\ (?:too\ )?(?:early|soon)\ to\ (?:say|tell|know|judge)
        | {_DO}{_NOT}\ (?:yet\ |really\ |actually\ )?know\ (?:who|when|why|whether|if|which|yet|exactly)
        | (?:no\ one|nobody|no-one)\ (?:really\ |yet\ )?knows | remains?\ to\ be\ seen
        | (?<!same\ )(?:could|can)(?:not|n't|\ not|'t)\ (?:yet\ )?
            (?:be\ (?:said(?!\ (?:of|for|about))|ruled\ out|confirmed|verified)|say\ (?:for\ sure|yet|{_WH}))
        | (?:no|little)\ (?:information|evidence)\ (?:is|was|has\ been|about|as\ to)
        | impossible\ to\ (?:say|tell|know|predict) | remains?\ (?:a\ mystery|to\ be\ established)
        | {_HAVE}{_NOT}\ (?:yet\ )?been\ (?:identified|established|determined|confirmed|verified)
    """,
    "not discussed": rf"""
        {_BE}(?:{_NOT}|\ never){_ADVERB}\ {_SPOKEN} | {_HAVE}(?:{_NOT}|\ never)\ (?:yet\ )?been\ {_SPOKEN}
        | {_DO}{_NOT}{_ADVERB}\ (?:discuss|mention|raise|address|cover|say|disclose|reveal|name|identify|explain|specify
            |touch\ (?:on|upon)|bring\ up|(?:talk|speak)\ about|speak\ of|come\ up|give\ (?:a\ )?{_DETAILS})
        | {_HAVE}{_NOT}{_ADVERB}\ (?:said|disclosed|revealed|named|identified|explained|specified|announced|published)
        | no\ (?:mention|discussion|details?|reasons?|figures?|date|explanation)
            \ (?:of|was|were|is|has\ been|have\ been|given|for\ (?:this|it))
        | without\ (?:discussing|mentioning|naming|saying|explaining|giving\ (?:a\ |any\ )?{_DETAILS})
        | (?:nothing|not\ a\ word)\ {_BE}\ said\ (?:about|of|on) | sa(?:id|ys)\ nothing\ (?:about|of|on)
        | neither\b[^.;]{{0,60}}\bnor\b[^.;]{{0,60}}\b(?:was|were)\ (?:discussed|mentioned|raised)
    """,
    "denied": rf"""
        disput(?:ed|es|ing)\ (?:that|this|it)\b
        | den(?:y|ies|ied|ying)\ (?:that|any|all|having|being|it|this|(?:\w+\ ){{0,2}}{_CLAIM})\b
        | (?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\ (?:\w+\ ){{0,3}}{_CLAIM}
        | (?:is|are|was|were)\ (?:simply\ |completely\ |entirely\ )?(?:untrue|a\ lie|false|a\ myth) | no\ truth\ in
    """,
    "not allowed": rf"""
        (?:is|are|was|were|be|been|being)(?:{_NOT}|\ never)\ (?:allowed|permitted|entitled)
        | (?:is|are|was|were|be|been)\ (?:strictly\ )?(?:forbidden|prohibited|banned|barred)(?!\ from\ (?:\w+\ to\b|\d))
        | must\ (?:not|never) | you\ (?:may|can)\ not\ {_DEEDS} | (?:nobody|no\ one)\ (?:may|can)\ {_DEEDS}
        | {_DO}{_NOT}\ (?:allow|permit) | no\ \w+(?:\ \w+)?\ (?:is|are)\ (?:allowed|permitted)
    """,
    "not yet": rf"""
        (?:{_HAVE}|is|are|was|were|{_DO}){_NOT}\ (?:\w+\ ){{0,3}}?yet\b | not\ yet
        | yet\ to\ (?!come\b|be\ seen)(?:be\ )?\w+ | (?:still\ )?await(?:s|ing)\ (?:an?|the|its|approval|confirmation)
        | to\ be\ (?:confirmed|announced|advised)\b | \bTB[CAD]\b | (?:has|have)\ still\ (?:not|to)
    """,
}
_FOUND = re.compile(
    rf"(?<![\w’'])(?:{'|'.join(f'(?P<k{i}>{pattern})' for i, pattern in enumerate(_PATTERNS.values()))})(?!\w)",
    re.I | re.X,
)
_OF = tuple(_PATTERNS)
_UNREAL = re.compile(r"\b(?:if|unless|whether\ or\ not|in\ case|would\ have|could\ have|lest|even\ though)\b", re.I)
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
    plain = text.replace("’", "'")
    if plain.rstrip("\"”' )*_").endswith("?") or is_heading(text) or text.startswith("#"):
        return None
    for match in _FOUND.finditer(plain):
        before = plain[: match.start()]
        clause = re.split(r"[.;:!?]", before)[-1]
        if _UNREAL.search(clause) or _HARMLESS.search(plain):
            continue
        return Found(_OF[int(str(match.lastgroup)[1:])], Span(match.start(), match.end()))
    return None
