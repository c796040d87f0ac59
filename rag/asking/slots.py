"""Where in a question a fragment belongs: what of it is a time, a place, or the thing that it is asked of.

Rules over words alone; nothing is looked up.
"""

from __future__ import annotations

import re
from enum import StrEnum

from rag.language.verbs import kinds
from rag.language.words import STOP_WORDS, Word, words

AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?![ ](?-i:[A-Z]))"  # "May Lund" is somebody
)
WHEN = re.compile(
    r"(?:(?:in|on|at|during|since|until|by|for|from|before|after) )?(?:the )?"
    r"(?:(?:this|last|next|first|second|previous|following) )?"
    r"(?:(?:1[5-9]|20)\d\d|year|month|week|weekend|season|summer|winter|spring|autumn|morning|afternoon|evening|night"
    r"|noon|midnight|time|today|tomorrow|yesterday|now|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{1,2}}(?!\d))?(?:,? \d{{4}})?)\b",
    re.I,
)
_PLACE = re.compile(
    r"(?:in|on|at) \S|(?:elsewhere|abroad|overseas|outside|anywhere else|somewhere else|everywhere else|there|here)\b",
    re.I,
)
_PREPOSITION = re.compile(r"(?P<p>for|from|by|to|with|about|against|under|over|before|after|per|without) \S", re.I)
_AT = ("in", "on", "at")  # of places: "on a ward" and "in the garden" answer one "where?"
_STOP = re.compile(
    rf" (?:{AUXILIARY}|in|on|at|for|from|by|to|with|about|during|since|until|cost|costs|have|has|take|takes)\b"
)
_OPENS = re.compile(rf"\b(?P<aux>{AUXILIARY}) (?P<np>(?:the|an?|this|that|these|those|our|your|my) )", re.I)
_OPENS_BARE = re.compile(r"(?P<aux>is|are|was|were|has|have|had) (?P<np>)(?=[a-z])", re.I)
_NOUNS, _MODIFIERS = frozenset({"NN", "NNS"}), frozenset({"NN", "NNS", "JJ", "VBN", "VBG", "CD"})
_NO_NOUN = frozenset(
    "worth like able open closed free due now then still".split()
)  # after "is": said of the noun before them
_DO = re.compile(r"\b(?:do|does|did|will|would|can|could|may|might|must|should)$", re.I)


class Slot(StrEnum):
    """What a fragment answers to."""

    TIME = "time"
    PLACE = "place"
    THING = "thing"


def slot_of(topic: str) -> Slot | str:
    """What a fragment names; of one with another preposition, that: "for" in "for a dog"."""
    if WHEN.match(topic):
        return Slot.TIME
    if _PLACE.match(topic):
        return Slot.PLACE
    match = _PREPOSITION.match(topic)
    return match["p"].lower() if match else Slot.THING


def phrase(preposition: str, asked: str, *, when: bool | None = None) -> tuple[int, int] | None:
    """Where the last phrase with a preposition stands: up to a verb, another preposition or the end.

    Args:
        preposition: its first word.
        asked: the question, without its mark.
        when: take a time only, or none; None for either.
    """
    starts = [m.start() for m in re.finditer(rf"\b{preposition}\b(?= )", asked, re.I) if m.start()]
    if when is not None:
        starts = [start for start in starts if bool(WHEN.match(asked, start)) is when]
    if not starts:
        return None
    after = _STOP.search(asked, starts[-1] + len(preposition) + 1)
    return starts[-1], after.start() if after else len(asked)


def place_phrase(asked: str) -> tuple[int, int] | None:
    """Where a phrase of a place stands: the last with "in", else with "on", else with "at"."""
    found = (phrase(preposition, asked, when=False) for preposition in _AT)
    return next(filter(None, found), None)


def subject(asked: str) -> tuple[int, int] | None:
    """Where the thing stands that a question is asked of: "the oak table" in "What does the oak table weigh?".

    It begins with its article after the auxiliary, and ends with a noun; what may be the verb of "does" is none of it.
    """
    match = _OPENS_BARE.match(asked) or _OPENS.search(asked)
    if match and not match["np"] and _OPENS.match(asked):
        match = _OPENS.match(asked)
    if match is None:
        return None
    does = _DO.search(match["aux"])
    rest = asked[match.end() :]
    run: list[Word] = []
    for word in words(rest):
        lower, own = word.lower, kinds(word.lower)
        if run and rest[run[-1].end : word.start] not in (" ", "-"):
            break
        joins = lower in ("of", "the") and run and (lower == "of" or run[-1].lower == "of")
        ends = lower in _NO_NOUN or lower in STOP_WORDS or not (word.is_capitalised or own & _MODIFIERS or not own)
        if not joins and (ends or run and "VBN" in own and not own & _NOUNS):
            break
        run.append(word)
    after = words(rest[run[-1].end :])[:1] if run else ()
    verb_follows = after and "VB" in kinds(after[0].lower) and after[0].lower not in STOP_WORDS
    if does and len(run) > 1 and "VB" in kinds(run[-1].lower) and not verb_follows:
        run.pop()  # the verb itself
    while run and (run[-1].lower in ("of", "the") or kinds(run[-1].lower) and not kinds(run[-1].lower) & _NOUNS):
        run.pop()
    if len(run) > 1 and rest[run[-1].end :].startswith(" enough"):
        run.pop()
    return (match.start("np"), match.end() + run[-1].end) if run else None
