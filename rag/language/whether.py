"""Questions that a text tells of, and the plain reply: "asked whether it could be, she said it could not".

The reply may be the next sentence: "I asked whether dogs may come. They may not." Only the plainest count: yes or no,
or a pronoun and an auxiliary that close their clause, said by somebody or standing alone; or an assurance that could
not be given. "She replied that it could not be mended yet" says something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_PUT = r"\b(?:[Aa]sked|[Ww]anted\sto\sknow|[Ee]nquired|[Ii]nquired|[Ww]ondered|question\s(?:is|was))"
_ASKED = re.compile(
    rf"{_PUT}(?:\s(?:by|of)\s(?:[\w’'.-]+\s){{1,5}}?|\s(?:[\w’'.-]+\s){{0,4}}?)"
    r"(?:whether|if)\s(?P<asked>[^.?!;]{5,200}?)(?P<stop>[.?!](?:\s|$)|,\s)",
    re.S,
)
_SAYING = r"(?:said|replied|answered|responded|told\s[\w’'. -]{1,30}?|confirmed|stated)"
_PRONOUN = r"(?:it|he|she|they|this|that|we|there|you|I)"
_AUXILIARY = r"(?:could|would|can|will|may|might|must|should|did|does|do|is|are|was|were|has|have|had)"
_NOT = rf"(?:{_AUXILIARY}(?:\snot|n['’]t)|cannot|never\s(?:would|had))"
_CLOSED = r"(?=[.,;:!]|\sand\s|\sbut\s|$)"
_SAID = re.compile(
    rf"(?:(?P<by>[\w’'.\s-]{{1,60}}?)\s)?{_SAYING}\s(?:that\s)?(?:(?P<no>no\b|{_PRONOUN}\s{_NOT}"
    r"(?:\sgive\s(?:that|such\san|any)\s(?:assurance|promise|guarantee|undertaking)|\spromise\s(?:that|it)|\sso)?)"
    rf"{_CLOSED}|(?P<yes>(?:yes\b|{_PRONOUN}\s{_AUXILIARY}))(?=[.!]|$))"
)
_BARE = re.compile(
    rf"(?i:(?P<no>no\b(?=[.!,])(?!,\s(?:but|if|not)\b)|(?:no,\s)?{_PRONOUN}\s{_NOT}(?=[.!:;]|$))"
    rf"|(?P<yes>yes\b(?=[.!])|(?:yes,\s)?{_PRONOUN}\s{_AUXILIARY}(?=[.!:;]|$)))"
)
_VERB = re.compile(rf"\b(?:{_AUXILIARY}|cannot)\b", re.I)
# What is asked: whether it will be, may be, must be, or is so. "They may not" says nothing of whether they did.
_MODES = re.compile(
    r"\b(?:(?P<future>will|would|shall|won['’]t|going to)|(?P<may>may|might|can|could|cannot|allowed|permitted)"
    r"|(?P<must>must|should|need|have to|has to|ought))\b",
    re.I,
)


@dataclass(frozen=True)
class Replied:
    """What was asked, what is replied, who is told to have said it ("" where nobody is named), and where that ends."""

    asked: str
    said: Literal["yes", "no"]
    by: str
    end: int


def answered_whether(text: str) -> Replied | None:
    """What somebody asked in indirect speech, and was told to be so or not to be; None for another text.

    Args:
        text: one or two sentences.
    """
    match = _ASKED.search(text)
    if match is None:
        return None
    reply = _SAID.match(text, match.end())
    by = (reply["by"] or "") if reply else ""
    if reply is None and match["stop"][0] != ",":
        reply = _BARE.match(text, match.end())
    if reply is None:
        return None
    said: Literal["yes", "no"] = "no" if reply["no"] else "yes"
    if (said == "yes" or not by) and not _goes_with(reply[0], match["asked"]):
        return None
    return Replied(match["asked"], said, by, reply.end())


def tells_question(sentence: str) -> bool:
    """Whether a sentence tells of a question and ends with it: "I asked whether dogs may come."."""
    match = _ASKED.search(sentence)
    return match is not None and match["stop"][0] in ".!" and match.end() == len(sentence)


def replies_shortly(sentence: str) -> bool:
    """Whether a sentence begins as a reply does that says nothing by itself: "They may not.", "She said no."."""
    return bool(_BARE.match(sentence) or _SAID.match(sentence))


def mode(text: str) -> str:
    """Whether a text is of what will be, may be or must be, by its first word of the kind; "" for what is or was."""
    match = _MODES.search(text)
    return (match.lastgroup or "") if match else ""


def _goes_with(reply: str, asked: str) -> bool:
    """Whether the auxiliary of a reply is one of the question's kind: "it might" is no Yes to "whether it would"."""
    return _VERB.search(reply) is None or mode(reply) == mode(asked)
