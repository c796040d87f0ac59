"""Whether a sentence states what is asked, denies it, or leaves it open."""

from __future__ import annotations

from rag.asking.question import Form, Question
from rag.evidence.features import matched_places
from rag.language.negation import Cue, contrary, cues, cues_over
from rag.types import Stance


def stance(question: Question, text: str) -> Stance:
    """The stance of a sentence towards an open question; Yes and No are `rag.evidence.polarity`'s.

    A cue counts when its scope holds words that the question is about. For an open denial
    question any cue counts: the question itself says that a denial is looked for.
    """
    places = matched_places(question, text)
    governing = cues_over(text, places)
    if not governing and (question.form is Form.OPEN_DENIAL or not places):
        governing = cues(text)
    return _of(governing or contrary(text))


def _of(governing: tuple[Cue, ...]) -> Stance:
    if any(c.kind == "undecided" for c in governing):
        return "undecided"
    denials = sum(c.kind == "denied" for c in governing)
    return "denied" if denials % 2 else "stated"  # "did not deny" denies nothing
