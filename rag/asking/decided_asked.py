"""Questions after what became of a matter: "What was decided about the hives?", "How did they vote on the levy?".

Fixed wordings; the sentence that answers seldom holds a word of the matter ("The motion was lost."), so that it has to
be found by where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ON = r"(?:about|on|over|of|as to|regarding|concerning|with|for|to do about|in the matter of)"
_THING = r"(?!(?:whether|if|how|what)\b).{3,120}"
_WHO = r"(?:[\w’'&-]+ ){1,6}?"
_WHAT = re.compile(
    rf"what (?:did|do|has|have) {_WHO}(?:decided?|resolved?|agreed?) (?:to do )?{_ON} (?P<a>{_THING})"
    r"|what (?:was|were|is|has been) (?:the )?(?:decided|resolved|agreed|decision|outcome|result)"
    rf" {_ON} (?P<b>{_THING})"
    rf"|how did {_WHO}vote {_ON} (?P<c>{_THING})"
    rf"|(?:what was|how was) the vote (?:on|about) (?P<d>{_THING})",
    re.I,
)
_DECIDED = r"(?:decided|settled|resolved|agreed(?: up)?on|voted on|put to the vote)"
_TAKEN = r"(?:a|any) (?:final )?(?:decision|vote) (?:been )?(?:taken|made|reached)(?: yet)?"
_WHETHER = re.compile(
    r"(?:was|were|is|has|have) (?:the (?:question|matter|issue) of )?(?P<a>.{3,80}?)(?: (?:question|matter|issue))?"
    rf" (?:been )?(?:yet )?{_DECIDED}(?: yet)?"
    rf"|(?:was|has) {_TAKEN} {_ON} (?P<b>{_THING}?)(?: yet)?",
    re.I,
)


@dataclass(frozen=True)
class Decided:
    """A question after a decision: on what, and whether it asks if there is one."""

    matter: str
    whether: bool


def decided_of(question: str) -> Decided | None:
    """What a question wants to know the decision on; None for another question.

    Args:
        question: as it stands alone.
    """
    plain = " ".join(question.replace("’", "'").split()).strip(" .?!")
    for pattern, whether in ((_WHAT, False), (_WHETHER, True)):
        if match := pattern.fullmatch(plain):
            matter = next(text for text in match.groups() if text)
            return Decided(matter.strip(), whether)
    return None
