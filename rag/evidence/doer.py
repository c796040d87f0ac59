"""Whether the best sentence says who it is in the very words of "Who mends the clock?": "The verger mends the clock.".

The models doubt a short sentence that holds little else. What follows the "who" must stand there word for word, behind
a subject in the same clause, and nothing may deny it or leave it open.
"""

from __future__ import annotations

import re

from rag.asking.question import Asks, Form, Question
from rag.evidence.weighed import Weighing
from rag.language.negation import cues
from rag.language.unsaid import unsaid
from rag.language.verbs import NO_SUBJECT, POINTING
from rag.language.words import words
from rag.text.shape import is_question

_WHO = re.compile(r"\W*(?:and |so |but )?who\s+(?P<does>[^,;:?]+)\W*$", re.I)
_EDGE = re.compile(r"[,;:.!?()“”\"–—]|\b(?:and|but|or|if|unless|whether|when|that|which|who|whom)\b", re.I)
_FEWEST = 2  # words of what is done that aren't of grammar


def names_doer(question: Question, weighing: Weighing) -> bool:
    """Whether the best sentence may be taken for the answer, however likely it seemed.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
    """
    match = _WHO.match(question.standalone)
    if not weighing.sentences or match is None or question.form is not Form.OPEN or question.asks is not Asks.PERSON:
        return False
    asked = words(match["does"])
    text = weighing.sentences[0].sentence.text
    if sum(w.is_content for w in asked) < _FEWEST or is_question(text) or cues(text) or unsaid(text):
        return False
    found, wanted = words(text), [w.lower for w in asked]
    for at in range(1, len(found) - len(wanted) + 1):
        if [w.lower for w in found[at : at + len(wanted)]] != wanted:
            continue
        edge = max((m.end() for m in _EDGE.finditer(text, 0, found[at].start)), default=0)
        before = [w.lower for w in found[:at] if w.start >= edge]
        if before and before[0] not in NO_SUBJECT and before[-1] not in POINTING:
            return True
    return False
