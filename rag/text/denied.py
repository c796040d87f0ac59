"""What an interviewer puts to somebody who denies it.

"You were offered two million." – "No: it was nine hundred." Such a sentence is a question in the form of a statement,
and nobody's word for what it says. In talks among equals both stand, each as its speaker's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.marks import ASKS, LABEL
from rag.types import Span

_ROLES = ASKS | frozenset(
    "interviewer reporter host presenter moderator anchor journalist int interviewerin redaktion".split()
)
_ASKS_OFTEN = 3  # every so many of an interviewer's turns hold a question, at least
_REPLY = 120  # characters in which a denial shows
_DENIES = re.compile(
    r"[\s*_“\"‘'–—-]{0,6}(?:(?:oh|well|ah|but|ach|mais|pero)?,?\s?(?:no|nope|nein|non|nee|não|never|wrong|nonsense"
    r"|not (?:at all|true|so|really|quite))"
    r"\s?(?:[.!,:;–—]|$)(?!\s?(?:but|if|and|or|aber|wenn)\b)"
    r"|(?:that|this|it)(?:(?:'s|’s| is| was) (?:(?:simply|just|plainly|quite|completely|totally|entirely|utterly) )?"
    r"(?:not(?: (?:true|right|so|correct|the case))?|wrong|untrue|false|nonsense|rubbish)\b"
    r"|(?: isn| wasn)['’]t\b)"
    r"|(?:on|quite|just) the (?:contrary|opposite)|(?:i|we) (?:never|didn['’]t|don['’]t|haven['’]t|have not|did not)\b"
    r"|das stimmt nicht|ce n['’]est pas|no es (?:verdad|cierto)|non è vero|dat klopt niet)",
    re.I,
)  # fmt: skip
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_NEGATED = re.compile(
    r"\b(?:no|not|never|nobody|nothing|none|without|nicht|kein\w{0,2}|pas|nunca|non|niet|geen|não)\b|n['’]t\b", re.I
)


@dataclass(frozen=True)
class Turn:
    """What somebody says before another does; `span` begins with the name."""

    name: str
    span: Span
    says: int  # where it goes on behind the name


def is_denial(reply: str) -> bool:
    """Whether a reply begins by denying what was put to it; the speaker's name before it aside."""
    return _DENIES.match(_bare(reply)[:_REPLY]) is not None


def is_bare_denial(reply: str) -> bool:
    """Whether a reply says nothing besides: "No.", "That's not right.": it answers nothing but a yes/no question."""
    said = _bare(reply)
    match = _DENIES.match(said)
    return match is not None and not any(c.isalnum() for c in said[match.end() :])


def _bare(reply: str) -> str:
    label = None if _DENIES.match(reply[:_REPLY]) else LABEL.match(reply[:_REPLY])  # "No: it was ours" has no speaker
    return reply[label.end() if label else 0 :].lstrip(":*_ \t")


def addresses(sentence: str) -> bool:
    """Whether a sentence is put to somebody as a statement: "People say that you never sleep."."""
    return not sentence.rstrip(" ”\"'’*_").endswith("?") and _YOU.search(sentence) is not None


def is_interview(text: str, turns: Sequence[Turn], guest: str) -> bool:
    """Whether one is there to ask: by the role's name, the document's head, or half of all turns and nobody else.

    In a chat who asks more than the other may well tell something: "I'll bring you the keys on Friday".
    """
    asking = _interviewers(text, turns, guest)
    own = [turn for turn in turns if turn.name in asking]
    if not own or guest or any(turn.name.lower() in _ROLES for turn in own):
        return bool(own)
    asks = [turn for turn in turns if "?" in text[turn.span.start : turn.span.end]]
    theirs = sum(turn.name not in asking for turn in asks)
    return len(own) >= _ASKS_OFTEN and 2 * (len(asks) - theirs) >= len(own) and theirs == 0


def put_to_others(text: str, turns: Sequence[Turn], guest: str) -> list[tuple[Span, bool]]:
    """The turns of interviewers to which another speaks next, and whether by denying their last words.

    Args:
        text: the document's.
        turns: all of it, in order.
        guest: who is interviewed, as the document's head names them; "" if it doesn't.
    """
    asking = _interviewers(text, turns, guest)
    return [
        (turn.span, is_denial(text[reply.says : min(reply.span.end, reply.says + _REPLY)]))
        for turn, reply in zip(turns, turns[1:], strict=False)
        if turn.name in asking and reply.name not in asking
    ]


def may_be_put(sentence: str) -> bool:
    """Whether a No denies a sentence: of one that denies something itself it may be the confirmation."""
    return not sentence.rstrip(" ”\"'’*_").endswith("?") and _NEGATED.search(sentence) is None


def _interviewers(text: str, turns: Sequence[Turn], guest: str) -> frozenset[str]:
    """Who asks: by the name of the role; of two who asks more or isn't the guest; of more who asks by far the most."""
    names = Counter(turn.name for turn in turns)
    if named := frozenset(name for name in names if name.lower() in _ROLES):
        return named
    asks = Counter(turn.name for turn in turns if "?" in text[turn.span.start : turn.span.end])
    most, second = ([name for name, _ in asks.most_common(2)] + ["", ""])[:2]
    if len(names) == 2 and asks[most] > asks[second]:
        return frozenset({most})
    if len(names) == 2 and guest:
        others = [name for name in names if not set(name.lower().split()) & set(guest.lower().split())]
        return frozenset(others) if len(others) == 1 else frozenset()
    is_often = bool(most) and asks[most] > 1 + 2 * asks[second] and _ASKS_OFTEN * asks[most] >= names[most]
    return frozenset({most}) if is_often else frozenset()
