"""Tell questions for all that somebody said: "Everything the mayor said about the weir", "What all did Brandt say?".

And those for who said a thing: "Who said that the weir would hold?".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAID = r"(?:(?:has|have|had|ever|is|was|were) )*(?:said|says?|told|stated|quoted (?:as saying|saying|on)|quoted)"
_ABOUT = r"(?: (?:about|on|of|regarding|concerning) (?P<topic>.{2,80}))?"
_ALL = r"(?:everything|anything|all|each thing|all (?:that|the things)|every (?:word|statement|quote|remark)|whatever)"
_QUOTES = r"(?:all|every|the|any|each)(?: the)? (?:quotes?|quotations?|statements?|remarks?|words|utterances?)"
_LEAD = r"(?:(?:list|show(?: me)?|give(?: me)?|find|quote|collect|tell me)(?: me)? )?"
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_LEAD}{_ALL}(?: that| which)? (?P<who>.{{2,60}}?) {_SAID}{_ABOUT}",
        rf"{_LEAD}{_QUOTES} (?:by|from|of) (?P<who>.{{2,60}}?){_ABOUT}",
        rf"what all (?:did|does|has) (?P<who>.{{2,60}}?) (?:say|said){_ABOUT}",
    )
)
_ABOUT_A_THING = re.compile(
    r"what (?:did|does|has|had) (?P<who>.{2,60}?) (?:say|said|tell(?: us)?|told(?: us)?) "
    r"(?:about|on|of|regarding) (?P<topic>.{2,80})",
    re.I,
)
_WHO_SAID = re.compile(
    r"who (?:was it (?:that|who) |else )?(?:said|says|told|claimed|claims|argued|argues|warned|insisted)\b", re.I
)


@dataclass(frozen=True)
class SaidBy:
    """Whose words are wanted, and about what; "" for all of them."""

    who: str
    topic: str


def said_by(question: str) -> SaidBy | None:
    """Whose words a question wants all of; None for another question."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(plain):
            return SaidBy(match["who"].strip(), (match["topic"] or "").strip())
    return None


def said_about_a_thing(question: str) -> SaidBy | None:
    """Whose words about what are wanted, if no sentence answers alone: "What did the mayor say about the weir?"."""
    match = _ABOUT_A_THING.fullmatch(" ".join(question.replace("’", "'").split()).rstrip(" ?!."))
    return SaidBy(match["who"].strip(), match["topic"].strip()) if match else None


def said_by_whom(question: str) -> str | None:
    """What somebody said, where a question wants to know who: "the weir would hold"; None for another question."""
    match = _WHO_SAID.match(question.strip())
    said = question.strip()[match.end() :].strip(" ?!.") if match else ""
    return said.removeprefix("that ").strip() or None


def asks_who_said(question: str) -> bool:
    """Whether it asks who said a thing."""
    return bool(_WHO_SAID.match(question.strip()))
