"""Tell "What was not discussed?" and its like, which ask for everything that is left unsaid, and of which kind.

General questions, and those about somebody or something ("What did the mayor refuse to say?", "Which questions are
still open about the pier?"). The understander knows more wordings than the few here (intent `not_said`); the kind is
told by the question's verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.language.unsaid import KINDS, UnsaidKind

_THING = (
    r"(?:\w+ )?(?:questions?|issues?|topics?|things?|matters?|points?|subjects?|items?|decisions?|details?|requests?"
    r"|proposals?|offers?|applications?|claims?)"
)
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
_TO_BE = r"(?:still )?(?:is|are|has|have|needs?|remains?|'s)(?: still| yet)? to be (?:decided|agreed|settled|resolved)"
_REFUSED = r"(?:turned down|rejected|refused|declined|put off|postponed|deferred|adjourned|ruled out|forbidden|denied)"
_GENERAL = re.compile(
    rf"{_WHAT} (?:(?:{_BE})(?: not|n't)(?: yet| been)* {_VERB}(?: yet)?"
    rf"|(?:has|have|had)(?: not|n't)(?: yet)? been {_VERB}(?: yet)?"
    rf"|(?:{_BE}|remains?|remained|stays?|stayed|'s)(?: still| left)* {_OPEN}|{_TO_BE}"
    rf"|(?:did|do|does) (?:they|people|anybody|anyone|everybody|nobody) (?:refuse|decline|not want) to {_SAY})"
    rf"|{_WHAT} (?:{_BE}) {_REFUSED}"
    r"|who (?:all )?(?:has |have )?(?:refused to|declined to|would not|wouldn't|did not want to|didn't want to)"
    rf" {_SAY}(?: anything)?",
    re.I,
)
_LEFT: tuple[UnsaidKind, ...] = ("declined", "undecided", "unknown", "not discussed")
_OF = r"(?:about|on|regarding|concerning|at|in|during|by|for|with|of|over)"
_DID = r"(?:did|does|do|has|have|had|would|will)"
_DID_NOT = r"(?:didn't|doesn't|don't|hasn't|haven't|wouldn't|won't)"
_TOLD = (
    r"(?:say|said|tell|told|discuss(?:ed)?|mention(?:ed)?|comment(?:ed)? on|answer(?:ed)?|decided?|agreed?(?: on)?|give"
    r"|name|reveal(?:ed)?|disclosed?|explain(?:ed)?|confirm(?:ed)?|talk(?:ed)? about|speak about|settled?)"
)
_SOMEBODYS = re.compile(
    rf"{_WHAT}(?: else)? (?:{_DID} (?P<who>.{{2,60}}?)"
    r" (?:not (?:yet )?|(?:refused?|declined?) to |not (?:want|wish) to )"
    rf"|{_DID_NOT} (?P<whom>.{{2,60}}?) (?:(?:want|wish) to )?){_TOLD}"
    rf"(?: (?:anything |more )?{_OF} (?P<about>.{{2,100}}))?",
    re.I,
)
_SOMETHINGS = re.compile(
    rf"{_WHAT} (?:(?:{_BE})(?: not|n't)(?: yet| been)* {_VERB}(?: yet)?"
    rf"|(?:has|have|had)(?: not|n't)(?: yet)? been {_VERB}"
    rf"|(?:{_BE}|remains?|remained|stays?|stayed|'s)(?: still| left)* {_OPEN}"
    rf"|(?:{_BE}) {_REFUSED}) (?:by (?P<who>.{{2,100}})|{_OF} (?P<about>.{{2,100}}))",
    re.I,
)
_ANYBODY = frozenset("they people anyone anybody everyone everybody somebody someone he she it we you".split())
_DONE = re.compile(
    rf"{_WHAT} {_DID} (?P<who>.{{2,60}}?) (?:put off|postponed?|defer(?:red)?|turn(?:ed)? down|reject(?:ed)?|refused?"
    rf"|declined?|ruled? out|den(?:y|ied)|leave open|left open)(?: {_OF} (?P<about>.{{2,100}}))?",
    re.I,
)
# Which kinds a question's words ask for; the first that fits.
_ASKED: tuple[tuple[re.Pattern[str], tuple[UnsaidKind, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})", re.I), kinds)
    for words, kinds in (
        (
            r"turn(?:ed|s)? down|reject"
            r"|(?:requests?|proposals?|offers?|applications?|claims?)\b.*\b(?:refused|declined)",
            ("refused",),
        ),
        (
            r"(?:refused?|declined?)(?: about| on| at)?$"
            r"|(?:was|were|been) (?:refused|declined)",
            ("declined", "refused"),
        ),
        (r"refus|declin|dodg|evad|comment|unwilling|not want|n't want|would not|wouldn't", ("declined",)),
        (r"put off|postpon|defer|adjourn", ("undecided",)),
        (r"decid|decision|agree|settle|resolve|undecided|unresolved|unsettled", ("undecided",)),
        (r"known?\b|unknown|clear|unclear", ("unknown",)),
        (r"open\b|unanswered|pending|outstanding", ("undecided", "unknown", "not yet")),
        (r"allow|permit|forbid", ("not allowed",)),
        (r"denied|deny|ruled? out", ("denied",)),
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


@dataclass(frozen=True)
class UnsaidOf:
    """What is asked to be left unsaid by somebody or about something, in the question's words."""

    kinds: tuple[UnsaidKind, ...]
    who: str | None
    about: str | None


def unsaid_of(question: str) -> UnsaidOf | None:
    """Of whom or of what a question asks what is left unsaid; None if it is another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    match = next((m for p in (_SOMEBODYS, _SOMETHINGS, _DONE) if (m := p.fullmatch(plain))), None)
    if match is None:
        return None
    found = match.groupdict()
    named = [word for word in found.values() if word]
    asking = plain
    for word in named:  # a name may hold a verb of its own
        asking = asking.replace(word, "")
    if not (kinds := kinds_of(" ".join(asking.split()))):
        return None
    who = found.get("who") or found.get("whom")
    return UnsaidOf(kinds, who if who and who.lower() not in _ANYBODY else None, found["about"])


def kinds_of(question: str) -> tuple[UnsaidKind, ...]:
    """The kinds that a question's words speak of; none where they speak of doing: "What was not paid?"."""
    kinds = next((kinds for pattern, kinds in _ASKED if pattern.search(question)), ())
    return tuple(kind for kind in KINDS if kind in kinds)
