"""Questions that a text tells of, and the denial in reply: "asked whether it could be, she said it could not".

Only the plainest replies count: a verb of saying, a pronoun, and an auxiliary that is denied and closes its clause, or
an assurance that could not be given. "She replied that it could not be mended yet" says something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ASKED = re.compile(
    r"\b[Aa]sked(?:\s(?:by|of)\s(?:[\w’'.-]+\s){1,5}?|\s(?:[\w’'.-]+\s){0,4}?)"
    r"(?:whether|if)\s(?P<asked>[^.?!;]{5,200}?)(?:[.?!]\s|,\s)",
    re.S,
)
_SAYING = r"(?:said|replied|answered|responded|told\s[\w’'. -]{1,30}?|confirmed|stated)"
_DENIED = re.compile(
    rf"(?:(?P<by>[\w’'.\s-]{{1,60}}?)\s)?{_SAYING}\s(?:that\s)?(?:it|he|she|they|this|that|we|there)\s"
    r"(?:(?:could|would|can|will|may|might|should|did|does|do|is|are|was|were|has|have|had)(?:\snot|n['’]t)|cannot|never\s(?:would|had))"
    r"(?:\sgive\s(?:that|such\san|any)\s(?:assurance|promise|guarantee|undertaking)|\spromise\s(?:that|it)|\sso)?"
    r"(?=[.,;:!]|\sand\s|\sbut\s|$)"
)


@dataclass(frozen=True)
class Denied:
    """What was asked, who is told to have denied it ("" where nobody is named), and where that ends."""

    asked: str
    by: str
    end: int


def answered_whether(text: str) -> Denied | None:
    """What somebody asked in indirect speech and was told not to be so; None for another text.

    Args:
        text: one or two sentences.
    """
    match = _ASKED.search(text)
    reply = _DENIED.match(text, match.end()) if match else None
    return Denied(match["asked"], reply["by"] or "", reply.end()) if match and reply else None
