"""What holds now: of sentences that answer about as well, the latest document's goes first where "now" is asked.

"When is the fair now?" is not answered by last year's notice, however well that fits. Only the order changes: what is
not likely enough for an answer stays so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.asking.answer_types import holds_type
from rag.asking.question import Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighing
from rag.ways.told_on import told_on

_NOW = re.compile(r"\b(?:now|currently|at present|at the moment|these days|as of today)\b", re.I)
_ABOUT_AS_WELL = 0.5  # share of the best one's support


def newest_first(question: Question, weighing: Weighing, articles: Articles) -> Weighing:
    """The candidates with the latest document's best before the others, where it is asked what holds now.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
        articles: the open index.
    """
    ranked = weighing.sentences
    if not ranked or question.form is Form.POLAR or not _NOW.search(question.standalone):
        return weighing
    best, day = ranked[0], told_on(ranked[0], articles)
    for w in ranked[1:]:
        if w.support < _ABOUT_AS_WELL * ranked[0].support:
            break
        later = told_on(w, articles)
        if later.is_after(day) and holds_type(question, w.sentence.text):
            best, day = w, later
    return replace(weighing, sentences=(best, *(w for w in ranked if w is not best)))
