"""A yes/no question that an earlier document answers otherwise than a later one, or leaves open: both are told.

"The council has not decided whether to close the baths" (March), "The council closed the baths" (May). Precision comes
first: both sentences must hold all that is asked, one of them must plainly say Yes or No by its words, nothing may be
conditional, and both documents must speak of one matter. A false "it was otherwise" is worse than silence.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rag.answering.compose import Composition, marked, opening
from rag.answering.quote import Quote, quote_of
from rag.asking.question import Form, Question
from rag.evidence.articles import Articles
from rag.evidence.features import matched_places
from rag.evidence.polarity import contradicted
from rag.evidence.weighed import Weighed, Weighing
from rag.language.declarative import statement
from rag.language.names import name_stems
from rag.language.negation import Cue, cues
from rag.language.restated import restated
from rag.language.unsaid import UnsaidKind, unsaid
from rag.language.words import content_stems, words
from rag.types import Citation, Claim, Stance
from rag.ways.said import answers
from rag.ways.told_on import Told, told_on

Side: TypeAlias = Literal["yes", "no", "open"]

_BETWEEN = frozenset("yet been be being to ever any the a an all now after".split())  # a negator and what it denies
_FRONTED = re.compile(  # "In May the council will …"
    rf"^(?:In|On|By|From|At|This|Next|Last|Since|Early in|Late in)\s(?:the\s)?(?:early\s|late\s|mid-?\s?|\d{{1,2}}\s)?"
    rf"(?:{'|'.join((*month_name[1:], *day_name))}|spring|summer|autumn|winter|week|month|year|[12]\d{{3}})"
    r"(?:\s\d{1,4})?,?\s"
)
_UNREAL = re.compile(r"\b(?:(?i:if|unless|would|could|might|should)|may)\b")
_PARTLY = re.compile(  # "will not sell it before May" says nothing of later
    r"\b(?:before|until|till|unless|without|except|only|just|merely|solely|all|every|any\s+more|again|alone|entirely"
    r"|wholly|necessarily|immediately|at\s+once|so\s+much|because|for\s+(?:less|more))\b",
    re.I,
)
_OPEN: tuple[UnsaidKind, ...] = ("undecided", "unknown", "not yet")
_LEAST = 3  # words of a question that two sentences must share, names counted
_SHARED = 2  # names that both documents hold where the question has none
_STANCES: dict[Side, Stance] = {"yes": "stated", "no": "denied", "open": "undecided"}
_THEN: dict[Side, str] = {"yes": "", "no": "", "open": ", left open"}


@dataclass(frozen=True)
class Stand:
    """Where a document or entry stands on a yes/no question: its sentence, what that says, and when."""

    weighed: Weighed
    side: Side
    day: Told

    @property
    def source(self) -> str:
        """The document."""
        return self.weighed.sentence.source


def turned(question: Question, weighing: Weighing, articles: Articles) -> tuple[Stand, Stand] | None:
    """The latest document that says Yes or No, and an earlier one that says the opposite or leaves it open.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
        articles: the open index.
    """
    if question.form is not Form.POLAR or question.negated or len(question.stems) < _LEAST:
        return None
    stands: dict[Told, Stand] = {}
    for w in weighing.sentences:
        day = told_on(w, articles)
        if (day.date or day.said) and day not in stands and (side := side_of(question, w)):
            stands[day] = Stand(w, side, day)
    for newest in stands.values():
        earlier = [s for s in stands.values() if newest.day.is_after(s.day)]
        if newest.side == "open" or any(s.day.is_after(newest.day) for s in stands.values()):
            continue
        for other in sorted(earlier, key=lambda s: (s.day.date, s.day.entry), reverse=True):
            if other.side != newest.side and _one_matter(question, newest, other, articles):
                return newest, other
    return None


def side_of(question: Question, w: Weighed) -> Side | None:
    """What a sentence plainly says to a yes/no question by its words; None where that isn't sure."""
    text = w.sentence.text
    if not question.stems <= content_stems(text):
        return None
    plain = restated(statement(question.asked) or "", _FRONTED.sub("", text))
    if not plain and not answers(w):
        return None
    found = unsaid(text)
    if {m[0].lower() for m in _UNREAL.finditer(text)} - {m[0].lower() for m in _UNREAL.finditer(question.asked)}:
        return None
    if found and found.kind in _OPEN:
        return "open"
    if (only := cues(text))[1:]:
        return None
    if only and only[0].kind == "denied" and _denies_it(question, text, only[0]):
        return "no"
    return None if cues(text) or found or contradicted(question, text) else "yes"


def _denies_it(question: Question, text: str, cue: Cue) -> bool:
    """Whether a negator stands right before what is asked: "will not sell it", not "will sell it and not the barn".

    In ", which has not been touched" it stands within reach of the same words and denies another thing.
    """
    asked = {place.start for place in matched_places(question, text)}
    after = next((w for w in words(text[cue.end :]) if w.lower not in _BETWEEN), None)
    if after is None or cue.end + after.start not in asked:
        return False
    return not _PARTLY.search(text)


def _one_matter(question: Question, a: Stand, b: Stand, articles: Articles) -> bool:
    if question.names:
        return True
    held = [
        frozenset().union(*(name_stems(s.text) for s in articles.article_sentences(stand.source))) for stand in (a, b)
    ]
    return len(held[0] & held[1]) >= _SHARED


def told_turned(found: tuple[Stand, Stand], chosen: Sequence[Quote], articles: Articles) -> Composition:
    """Both quotes with their dates, the newer first; Yes or No stands before it where the answer alone would say it.

    Args:
        found: the newer and the older one.
        chosen: what would be quoted without them.
        articles: the open index.
    """
    newer, older = found
    citations, claims = [], []
    for n, stand in enumerate(found, start=1):
        sentence = stand.weighed.sentence
        own = next((q for q in chosen[:1] if q.best == sentence), None)
        quote = own or quote_of(stand.weighed, (sentence,), articles)
        said = opening(own) if own and stand is newer and own.said == newer.side else ""
        day = newer.day.in_words
        lead = (f"{said}, as of {day}" if said else f"As of {day}") if stand is newer else ""
        lead = lead or f"Earlier, {older.day.in_words}{_THEN[older.side]}"
        citations.append(
            Citation(
                n, quote.source, quote.title, quote.text, quote.start, quote.end, round(quote.support, 4), quote.answer
            )
        )
        claims.append(Claim(f"{lead}: {marked(quote.text)} [{n}]", (n,), "quoted", _STANCES[stand.side]))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))
