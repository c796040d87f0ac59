"""Questions after who voted how: "Who voted against the levy?", "Did Ms Orr abstain?", "How did Pym vote on the fees?".

Fixed wordings of meetings; what was decided has its own (`decided_asked`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.text.roll_calls import Side

_FOR = r"(?:vot(?:ed?|ing) (?:for|in favou?r of|yes (?:to|on)|to (?:approve|adopt|accept|support))|(?:was|were) in favou?r of|support(?:ed)?|back(?:ed)?)"
_AGAINST = (
    r"(?:vot(?:ed?|ing) (?:against|no (?:to|on)|down|to (?:reject|oppose))|(?:was|were) (?:against|opposed to)|oppos(?:ed?)"
    r"|dissent(?:ed)? from)"
)
_ABSTAINED = r"abstain(?:ed)?(?: from voting)?"
_BARE_FOR = r"vot(?:ed?) (?:for it|in favou?r|yes)|(?:was|were) in favou?r"
_BARE_AGAINST = r"vot(?:ed?) (?:against(?: it)?|no)|(?:was|were) against(?: it)?|dissent(?:ed)?"
_ON = r"(?:from|on|over|about|in|when|at|for|during)"
_PHRASE = (
    rf"(?:(?P<for>{_FOR}) (?P<a>.+)|(?P<against>{_AGAINST}) (?P<b>.+)|(?P<abstained>{_ABSTAINED})(?: {_ON} (?P<c>.+))?"
    rf"|(?P<for_>{_BARE_FOR})(?: {_ON} (?P<d>.+))?|(?P<against_>{_BARE_AGAINST})(?: {_ON} (?P<e>.+))?)"
)
_NAME = r"(?P<name>(?!(?:he|she|it|they|we|you|i|there|any\w*|some\w*|every\w*|no\w*)\b)[^,;?]{2,50}?)"
_WHO = re.compile(rf"who(?: all| else)? (?:did )?{_PHRASE}|which (?:of the )?(?:[\w'-]+ ){{1,3}}?{_PHRASE.replace('(?P<', '(?P<w_')}", re.I)
_HOW_MANY = re.compile(rf"how many(?: of (?:them|the \w+)| [\w'-]+){{0,2}} {_PHRASE}", re.I)
_ANYONE = re.compile(rf"(?:did|was|were) any(?:one|body| \w+) {_PHRASE.replace('(?:was|were) ', '')}", re.I)
_DID = re.compile(rf"(?:did|was) {_NAME} {_PHRASE.replace('(?:was|were) ', '')}", re.I)
_HOW = re.compile(
    rf"how did {_NAME} vote(?: {_ON} (?P<a>.+))?|(?:was|did) {_NAME.replace('name', 'other', 1)} (?:vote )?"
    rf"(?:for or against|against or for) (?P<b>.+)",
    re.I,
)
_ALL = re.compile(
    r"(?:the |our |their )?(?:council(?:lors)?|committee|board|members?|senate|parliament|commons|house|trustees|governors"
    r"|meeting|commission(?:ers)?|directors|public|people|residents|shareholders|panel|jury|city|town|country|village|club)\b",
    re.I,
)

Wanted = Literal["who", "how many", "anyone", "whether", "how"]


@dataclass(frozen=True)
class VoteAsked:
    """What is asked of a vote: on which side, or how `name` voted; `topic` as it is put, or ""."""

    wanted: Wanted
    side: Side | None
    topic: str
    name: str = ""


def vote_asked(question: str) -> VoteAsked | None:
    """What a question wants to know of a vote; None for another question.

    Args:
        question: as it stands alone.
    """
    plain = " ".join(question.replace("’", "'").split()).strip(" .?!")
    if re.search(r"\bn't\b|n't |\bnot\b|\bwhy\b", plain, re.I):
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
            said = {k.removeprefix("w_"): v for k, v in match.groupdict().items() if v}
            side = next(s for s in ("for", "against", "abstained") if s in said or f"{s}_" in said)
            topic = next((said[k] for k in "abcde" if k in said), "")
            name = said.get("name", "")
            return None if _ALL.match(name) else VoteAsked(kind, side, topic, name)  # type: ignore[arg-type]
    return None
