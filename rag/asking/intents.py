"""What is wanted, where no fixed wording tells: the understander's intent, taken where it is sure.

The wordings that `collection` and `requests` know are few and exact; a model knows others ("in wie vielen Dokumenten
kommt Diabetes vor", "anything in there on the levy and not on fees?"). A look-up that is taken for a count is worse
than a count that is looked up, so from a measured probability on only. "Was X mentioned?" is left to the grammar of
`mentioned`: the model doesn't tell what the texts mention from what was mentioned at a meeting they tell of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from models.protocols import INTENTS, Part, Understanding
from rag.asking.collection import WholeQuestion
from rag.asking.phrasing import NOUN, Asked
from rag.asking.question import Request
from rag.asking.unsaid_asked import kinds_of

SURE = 0.95  # of 265 held-back utterances without a fixed wording: 50 taken, 1 of them wrongly; at 0.8 68 and 3
_OFTEN = re.compile(r"\b(?:often|times|frequent\w*|occurrences?|mentions|appearances?)\b", re.I)
# "How many posts does she say are empty?" looks a number up; who counts texts asks what these say.
_TOLD = re.compile(
    r"\b(?:do|does|did) .{1,60}? (?:say|think|believe|claim|expect|hope|report|reckon|estimate|guess|suppose|suggest"
    r"|tell (?:me|us|them)|fear|promise)\b(?! (?:about|of|on|anything|something)\b).{0,60}? "
    r"(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should)\b",
    re.I,
)
_LATE = re.compile(r"\b(?:latest|newest|last|most\s+recent\w*|lately|recent)\b", re.I)
_EARLY = re.compile(r"\b(?:first|earliest|oldest|originally)\b", re.I)
# "When was the last fire drill?" asks when it was held, and not which text is the last to speak of it.
_WHEN = re.compile(r"\W*(?:and |so |but )?when (?:was|were|is|are|did|had|has)\b", re.I)
_IN_TEXTS = re.compile(
    rf"\b(?:{NOUN}|mention\w*|news|words?|letters?|e?mails?|messages?|minutes|notes?|papers?|posts?|editions?"
    r"|com(?:e|es|ing) up|came up|crop(?:s|ped)? up|appear\w*|rais(?:ed?|ing)|discuss\w*|report\w*|refer\w*|named?"
    r"|cover(?:ed|age)?|(?:talk|sp[eo]ak|spoken?|wr[io]te|written|heard?|hear|t[eo]ld?) (?:of|about)|about)\b",
    re.I,
)
_JOINS = re.compile(r"[\s,]*(?:and|or|both|also|as well as|,)?[\s,]*(?:(?:the|an?)\s+)?", re.I)

_TALK_SURE = 0.9  # of all its kinds together
_TALK: Mapping[str, Request] = {
    "greeting": Request.GREETING,
    "smalltalk": Request.GREETING,
    "thanks": Request.THANKS,
    "abilities": Request.ABILITIES,
    "complaint": Request.COMPLAINT,
}


def talk_heard(heard: Understanding) -> Request | None:
    """The kind of small talk that an utterance is, if it surely is some. It names nothing; what does is looked up."""
    likely = {intent: heard.intents[INTENTS.index(intent)] for intent in _TALK}
    if heard.parts or sum(likely.values()) < _TALK_SURE:
        return None
    return _TALK[max(likely, key=lambda intent: likely[intent])]


def request_heard(heard: Understanding) -> Request | None:
    """What else than a look-up is wanted, if that is sure."""
    summary = heard.intent == "summary" and max(heard.intents) >= SURE
    return Request.SUMMARY if summary else talk_heard(heard)


def whole_heard(question: str, heard: Understanding) -> WholeQuestion | None:
    """The question to all articles that an utterance is, if that is sure and what it is about is named."""
    read = _READ.get(heard.intent)
    if read is None or max(heard.intents) < SURE or heard.intent == "count_mention" and _TOLD.search(question):
        return None
    return read(question, heard)


def topic_heard(question: str, heard: Understanding) -> str | None:
    """What a summary is wanted of; None for all there is."""
    return _named(question, heard, "topic") or None


def _named(question: str, heard: Understanding, name: str) -> str:
    """The parts of one name as they are written, from the first to the last if only conjunctions stand between."""
    parts = [p for p in heard.parts if p.name == name]
    if not parts:
        return ""
    if all(_JOINS.fullmatch(question[a.end : b.start]) for a, b in _pairs(parts)):
        return question[parts[0].start : parts[-1].end]
    return " and ".join(question[p.start : p.end] for p in parts)


def _pairs(parts: list[Part]) -> list[tuple[Part, Part]]:
    return list(zip(parts, parts[1:], strict=False))


def _counted(asked: Asked) -> Callable[[str, Understanding], WholeQuestion | None]:
    def read(question: str, heard: Understanding) -> WholeQuestion | None:
        topic, without = _named(question, heard, "topic"), _named(question, heard, "without")
        if not topic:
            return WholeQuestion(asked, without, negated=True) if without else None
        often = asked is Asked.HOW_MANY and bool(_OFTEN.search(question))
        return WholeQuestion(Asked.HOW_OFTEN if often else asked, topic, without)

    return read


def _dated(question: str, heard: Understanding) -> WholeQuestion | None:
    late, early = _LATE.search(question), _EARLY.search(question)
    if bool(late) == bool(early) or _WHEN.match(question) and not _IN_TEXTS.search(question):
        return None
    return WholeQuestion(Asked.LAST if late else Asked.FIRST, _named(question, heard, "topic"))


def _listed(question: str, heard: Understanding) -> WholeQuestion | None:
    topic = _named(question, heard, "topic")
    return WholeQuestion(Asked.WHICH, topic) if topic else WholeQuestion(Asked.LISTED)


def _quoted(question: str, heard: Understanding) -> WholeQuestion | None:
    asked = Asked.NOT_QUOTED if heard.negated > 0.5 else Asked.QUOTED
    return WholeQuestion(asked, _named(question, heard, "topic"))


def _unsaid(question: str, heard: Understanding) -> WholeQuestion | None:
    """Only where nothing is named that it is about, nor whose: what was not said of a thing is looked up."""
    if any(part.name in ("topic", "without", "speaker", "document") for part in heard.parts):
        return None
    kinds = kinds_of(question)
    return WholeQuestion(Asked.UNSAID, kinds=kinds) if kinds else None


_READ: Mapping[str, Callable[[str, Understanding], WholeQuestion | None]] = {
    "which_mention": _counted(Asked.WHICH),
    "count_mention": _counted(Asked.HOW_MANY),
    "first_last": _dated,
    "list_documents": _listed,
    "who_quoted": _quoted,
    "not_said": _unsaid,
}
