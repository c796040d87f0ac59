"""Tell "What was not discussed?" and its like, which ask for everything that is left unsaid, and of which kind.

General questions alone: what names a thing besides ("What was not said about the price?") is looked up first. The
understander knows more wordings than the few here (intent `not_said`); the kind is told by the question's verb.
"""

from __future__ import annotations

import re

from rag.language.unsaid import KINDS, UnsaidKind

_THING = r"(?:\w+ )?(?:questions?|issues?|topics?|things?|matters?|points?|subjects?|items?|decisions?|details?)"
_WHAT = (
    rf"(?:(?:what|which)(?: {_THING})?"
    rf"|(?:list|show(?: me)?|name) (?:all |the |every )*(?:{_THING}|everything)(?: (?:that|which))?)"
)
_BE = r"was|were|is|are|has been|have been|had been"
_SAY = r"(?:say|tell|answer|discuss|talk(?: about)?|comment(?: on)?|speak)"
_VERB = (
    r"(?:discussed|mentioned|said|raised|covered|addressed|talked about|spoken about|brought up|decided|agreed|settled"
    r"|resolved|known|clear|answered|explained|disclosed|reported|allowed|permitted|denied|refused)"
)
_OPEN = r"(?:open|unsaid|undecided|unclear|unknown|unresolved|unanswered|unsettled|pending|denied|forbidden)"
_GENERAL = re.compile(
    rf"{_WHAT} (?:(?:{_BE})(?: not|n't)(?: yet| been)* {_VERB}(?: yet)?"
    rf"|(?:has|have|had)(?: not|n't)(?: yet)? been {_VERB}(?: yet)?"
    rf"|(?:{_BE}|remains?|remained|stays?|stayed|'s)(?: still| left)* {_OPEN}"
    rf"|(?:did|do|does) (?:they|people|anybody|anyone|everybody|nobody) (?:refuse|decline|not want) to {_SAY})"
    r"|who (?:all )?(?:has |have )?(?:refused to|declined to|would not|wouldn't|did not want to|didn't want to)"
    rf" {_SAY}(?: anything)?",
    re.I,
)
_LEFT: tuple[UnsaidKind, ...] = ("declined", "undecided", "unknown", "not discussed")
# Which kinds a question's words ask for; the first that fits.
_ASKED: tuple[tuple[re.Pattern[str], tuple[UnsaidKind, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})", re.I), kinds)
    for words, kinds in (
        (r"refus|declin|dodg|evad|comment|unwilling|not want|n't want|would not|wouldn't", ("declined",)),
        (r"decid|decision|agree|settle|resolve|undecided|unresolved|unsettled", ("undecided",)),
        (r"known?\b|unknown|clear|unclear", ("unknown",)),
        (r"open\b|unanswered|pending|outstanding", ("undecided", "unknown", "not yet")),
        (r"allow|permit|forbid", ("not allowed",)),
        (r"denied|deny", ("denied",)),
        (r"unsaid|gaps?\b|blind spots?|missing|silent|silence|holes?\b", _LEFT),
        (
            r"discuss|mention|unmentioned|say|said|talk|speak|spoke|tell|told|rais|address|cover|bring|brought|omit|omis"
            r"|(?:left|leave) (?:out|aside)|avoid|skip|absent|pass(?:ed)? over|explain|disclos|report|answer|come up"
            r"|came up|go into|deal[ts]? with",
            ("declined", "not discussed"),
        ),
    )
)


def unsaid_asked(plain: str) -> tuple[UnsaidKind, ...]:
    """The kinds that a general question asks for; none if it is another question. `plain`: without its end mark."""
    return kinds_of(plain) if _GENERAL.fullmatch(plain) else ()


def kinds_of(question: str) -> tuple[UnsaidKind, ...]:
    """The kinds that a question's words speak of; none where they speak of doing: "What was not paid?"."""
    kinds = next((kinds for pattern, kinds in _ASKED if pattern.search(question)), ())
    return tuple(kind for kind in KINDS if kind in kinds)
