"""What a Yes, No or left open becomes by how the text itself replies to it, or by what it says became of a plan.

The models hear "Was it moved?" before "It was not" as a Yes, and "whether it would be moved" as open whatever follows.
"""

from __future__ import annotations

import re

from rag.evidence.judging import denied_by_reply
from rag.evidence.measured import Measured
from rag.evidence.outcome import is_dropped
from rag.evidence.polarity import Said, asks_if_said
from rag.language.speech import is_reported
from rag.language.unsaid import unsaid
from rag.language.whether import tells_question
from rag.text.line import one_line
from rag.text.shape import is_question
from rag.types import Sentence

_TO_COME = re.compile(r"\W*(?:will|shall|(?:is|are)\b.{0,60}?\b(?:to|going))\b", re.I)
_OPEN = ("undecided", "unknown", "declined", "not yet")
_SURELY = 0.8  # probability of a No


def in_reply(of: Measured, at: int, said: Said | None) -> Said | None:
    """What is said in the end.

    Args:
        of: a yes/no question's candidates as they were measured.
        at: the likeliest one's place.
        said: what it seems to say.
    """
    if said == "yes" and not of.question.negated:
        denied = denied_by_reply(of.judged.get(of.candidates[at].sentence.id))
        said = "yes" if not denied else "no" if denied >= _SURELY else None
    if said in (None, "open") and _is_given_up(of, at):
        return "no"
    if said in ("yes", "no") and _is_not_known(of, at):
        return "open"
    return None if said == "open" and _is_merely_asked(of, at) else said


def _is_given_up(of: Measured, at: int) -> bool:
    """Whether a sentence tells that what is asked about was planned and is given up; the judge sees no Yes in it."""
    one = of.candidates[at].sentence
    judged = of.judged.get(one.id)
    if judged is None or not _TO_COME.match(of.question.asked) or not is_dropped(one.text):
        return False
    return judged.alone["yes"] < judged.alone["no"] + judged.alone["undecided"]


def _is_not_known(of: Measured, at: int) -> bool:
    """Whether the reply to a question of the text begins by saying that it isn't known, or won't be told."""
    asked = of.candidates[at].surroundings.asked
    if asked is None or not is_question(asked.text) or asks_if_said(of.question):
        return False
    found = unsaid(_after(of, asked))
    return found is not None and found.kind in ("unknown", "declined")


def _is_merely_asked(of: Measured, at: int) -> bool:
    """Whether a sentence only tells that it was asked, and the next one what was replied, which leaves nothing open."""
    one = of.candidates[at].sentence
    reply = _after(of, one)
    if not tells_question(one_line(one.text)) or not is_reported(reply):
        return False
    found = unsaid(reply)
    return found is None or found.kind not in _OPEN


def _after(of: Measured, one: Sentence) -> str:
    """The candidate behind a sentence; "" where there is none."""
    found = (c.sentence for c in of.candidates if c.sentence.source == one.source)
    return next((s.text for s in found if s.position == one.position + 1), "")
