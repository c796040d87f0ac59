"""Yes or No where a sentence says so by its words alone: it restates what is asked, or replies to just that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.asking.question import Question
from rag.evidence.polarity import Said
from rag.language.contrasted import said_of_one
from rag.language.declarative import statement
from rag.language.replied import replied, same_polar
from rag.language.restated import restated
from rag.language.whether import answered_whether, mode, tells_question
from rag.language.words import content_stems
from rag.text.denied import is_denial, may_be_put
from rag.text.marks import LABEL
from rag.text.shape import is_question
from rag.types import Sentence

if TYPE_CHECKING:
    from rag.evidence.weighed import Weighed

_BEFORE = 2  # sentences before a reply that are read with it
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_FEW = 2  # words of a question that stand in anything


def restating(question: Question, ranked: Sequence[Weighed]) -> tuple[Weighed, Said] | None:
    """The likeliest sentence that says or denies just what is asked, in its own words, if none says the contrary.

    Or that replies Yes or No to the very question. Of 192 such sentences in statements on news articles 190 said what
    they seemed to; so it needs no bar.
    """
    asked = statement(question.asked)
    found = [(w, said) for w in ranked if (said := _plainly(question, asked, w, _before(w, ranked)))]
    return found[0] if len({said for _, said in found}) == 1 else None


def _told_whether(question: Question, weighed: Weighed, around: str, before: str) -> Said | None:
    """What somebody is told to have been replied who asked just this."""
    own = weighed.sentence.text
    told = answered_whether(own)
    if told is None and tells_question(before):
        told = answered_whether(f"{before} {own}")
    if told is None or question.negated or mode(told.asked) != mode(question.asked):
        return None
    asked = content_stems(told.asked)
    known = asked | content_stems(f"{told.by} {around} {weighed.title or ''}")
    return told.said if len(question.stems & asked) >= _FEW and question.stems <= known else None


def _plainly(question: Question, asked: str | None, weighed: Weighed, before: Sequence[str] = ()) -> Said | None:
    reply = _replied(question, weighed, weighed.asked) if weighed.asked else None
    reply = reply or _told_whether(question, weighed, " ".join(before), before[-1] if before else "")
    if reply or asked is None or weighed.unit and weighed.unit.ends_lead:  # a clause is half a sentence
        return reply
    text = weighed.sentence.text
    return _put(question, asked, weighed) or restated(asked, text) or _contrasted(question, text)


def _contrasted(question: Question, text: str) -> Said | None:
    return None if question.negated else said_of_one(question.asked, text)


def reply_to_it(question: Question, ranked: Sequence[Weighed]) -> Weighed | None:
    """How the only reply to the very yes/no question begins that the text asks, though it says neither Yes nor No."""
    found = [
        w
        for w in ranked
        if w.asked
        and w.sentence.position == w.asked.position + 1
        and same_polar(question.asked, w.asked.text, w.title or "")
    ]
    return found[0] if len(found) == 1 else None


def _before(one: Weighed, of: Sequence[Weighed]) -> list[str]:
    """The sentences before one, of those that were weighed, in their order; the last adjoins it."""
    at = one.sentence
    near = {w.sentence.position: w.sentence.text for w in of if w.sentence.source == at.source}
    return [near[n] for n in range(at.position - _BEFORE, at.position) if n in near] if at.position - 1 in near else []


def _replied(question: Question, weighed: Weighed, asked: Sentence) -> Said | None:
    return replied(question.asked, asked.text, weighed.sentence.text, weighed.title or "")


def _put(question: Question, asked: str, weighed: Weighed) -> Said | None:
    """No, where just what is asked was put to somebody who denies it."""
    put = weighed.asked
    if put is None or is_question(put.text) or tells_question(put.text) or not is_denial(weighed.sentence.text):
        return None
    label = LABEL.match(put.text)
    said = put.text[label.end() if label else 0 :]
    return "no" if restated(asked, said) == "yes" or _holds_it(question, said) else None


def _holds_it(question: Question, put: str) -> bool:
    """Whether what was put holds all words of a question and denies none; a name in it may be "you"."""
    lacking = question.stems - content_stems(put)
    named = lacking <= question.names and _YOU.search(put)
    return not question.negated and may_be_put(put) and len(question.stems) > _FEW and (not lacking or bool(named))
