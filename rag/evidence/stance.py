"""Whether a sentence states what is asked, denies it, or leaves it open."""

from __future__ import annotations

import re

from rag.evidence.features import matched_places
from rag.language.negation import Cue, contrary, cues, cues_over
from rag.question import Form, Question
from rag.types import Stance

# Words by which a question itself asks for a refusal: "Is she against it?" is answered Yes by "she opposes it".
_ASKS_REFUSAL = re.compile(
    r"\b(?:against|avoid\w*|refus\w+|oppos\w+|den(?:y|ies|ied)|reject\w*|declin\w+|fail\w*|lack\w*|bann?\w*|forbid\w*"
    r"|forbidden|prohibit\w*|prevent\w*|exclud\w+|without|impossible|illegal|unlikely|rul(?:e|ed|ing)\s+out)\b",
    re.I,
)


def stance(question: Question, text: str) -> Stance:
    """The stance of a sentence towards the question.

    A cue counts when its scope holds words that the question is about. For an open denial
    question any cue counts: the question itself says that a denial is looked for.
    """
    places = matched_places(question, text)
    governing = cues_over(text, places)
    if not governing and (question.form is Form.OPEN_DENIAL or not places):
        governing = cues(text)
    found = _of(governing or contrary(text))
    if found == "denied" and question.form is Form.POLAR and _ASKS_REFUSAL.search(question.standalone):
        return "stated"
    return found


def _of(governing: tuple[Cue, ...]) -> Stance:
    if any(c.kind == "undecided" for c in governing):
        return "undecided"
    denials = sum(c.kind == "denied" for c in governing)
    return "denied" if denials % 2 else "stated"  # "did not deny" denies nothing
