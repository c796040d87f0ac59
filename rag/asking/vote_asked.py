"""Questions after who voted how: "Who voted against the levy?", "Did Ms Orr abstain?", "How did Pym vote on the fees?".

Fixed wordings of meetings; what was decided has its own (`decided_asked`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.text.roll_calls import Side

_FOR = (
    r"(?:vot(?:ed?|ing) (?:for|in favou?r of|yes (?:to|on)|to (?:approve|adopt|accept|support)"
    r"|to(?! (?:reject|oppose)))"
    r"|(?:(?:was|were) )?in favou?r of|support(?:ed)?|back(?:ed)?)"
)
_AGAINST = (
    r"(?:vot(?:ed?|ing) (?:against|no (?:to|on)|down|to (?:reject|oppose))|(?:(?:was|were) )?(?:against|opposed to)"
    r"|oppos(?:ed?)|dissent(?:ed)? from)"
)
_ABSTAINED = r"abstain(?:ed)?(?: from voting)?"
_BARE_FOR = r"vot(?:ed?) (?:for it|in favou?r|yes)|(?:(?:was|were) )?in favou?r"
_BARE_AGAINST = r"vot(?:ed?) (?:against(?: it)?|no)|(?:(?:was|were) )?against(?: it)?|dissent(?:ed)?"
_ON = r"(?:from|on|over|about|in|when|at|for|during)"
_PHRASE = (
    rf"(?:(?P<for>{_FOR}) (?P<a>.+)|(?P<against>{_AGAINST}) (?P<b>.+)"
    rf"|(?P<abstained>{_ABSTAINED})(?: {_ON} (?P<c>.+))?"
    rf"|(?P<bare_for>{_BARE_FOR})(?: {_ON} (?P<d>.+))?|(?P<bare_against>{_BARE_AGAINST})(?: {_ON} (?P<e>.+))?)"
)
_NAME = r"(?!(?:he|she|it|they|we|you|i|there|any\w*|some\w*|every\w*|no\w*)\b)[^,;?]{2,50}?"
_WHO = re.compile(rf"(?:who(?: all| else)?|which (?:of the )?(?:[\w'-]+ ){{0,2}}?[\w'-]+) {_PHRASE}", re.I)
_HOW_MANY = re.compile(rf"how many(?: of (?:them|the \w+)| [\w'-]+){{0,2}} {_PHRASE}", re.I)
_ANYONE = re.compile(rf"(?:did|was|were) any(?:one|body| \w+) {_PHRASE}", re.I)
_DID = re.compile(rf"(?:did|was) (?P<name>{_NAME}) {_PHRASE}", re.I)
_HOW = re.compile(
    rf"how did (?P<name>{_NAME}) vote(?: {_ON} (?P<a>.+))?"
    rf"|(?:was|did) (?P<other>{_NAME}) (?:vote )?(?:for or against|against or for) (?P<b>.+)",
    re.I,
)
_ALL = re.compile(
    r"(?:the |our |their )?(?:council(?:lors)?|committee|board|members?|senate|parliament|commons|house|trustees"
    r"|governors|meeting|commission(?:ers)?|directors|public|people|residents|shareholders|panel|jury|city|town|country"
    r"|village|club)\b",
    re.I,
)
_OTHERWISE = re.compile(r"n't\b|\bnot\b|\bwhy\b", re.I)

_SIDES: tuple[Side, ...] = ("for", "against", "abstained")
Wanted: TypeAlias = Literal["who", "how many", "anyone", "whether", "how"]


@dataclass(frozen=True)
class VoteAsked:
    """What is asked of a vote: on which side, or how `name` voted; `topic` as it is put, or "".

    Who "voted to leave the league" was for it where leaving was moved, and against it where staying was: `deed` is the
    word that the motion must then hold.
    """

    wanted: Wanted
    side: Side | None
    topic: str
    name: str = ""
    deed: str = ""


def vote_asked(question: str) -> VoteAsked | None:
    """What a question wants to know of a vote; None for another question.

    Args:
        question: as it stands alone.
    """
    plain = " ".join(question.replace("’", "'").split()).strip(" .?!")
    if _OTHERWISE.search(plain):
        return None
    if match := _HOW.fullmatch(plain):
        name = match["name"] or match["other"]
        return None if _ALL.match(name) else VoteAsked("how", None, match["a"] or match["b"] or "", name)
    wanted: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
        ("who", _WHO),
        ("how many", _HOW_MANY),
        ("anyone", _ANYONE),
        ("whether", _DID),
    )
    for kind, pattern in wanted:
        if match := pattern.fullmatch(plain):
            said = {key: value for key, value in match.groupdict().items() if value}
            side = next(s for s in _SIDES if s in said or f"bare_{s}" in said)
            topic = next((said[k] for k in "abcde" if k in said), "")
            name = said.get("name", "")
            deed = topic.partition(" ")[0] if said.get("for", "").endswith(" to") and side == "for" else ""
            return None if _ALL.match(name) else VoteAsked(kind, side, topic, name, deed)
    return None
