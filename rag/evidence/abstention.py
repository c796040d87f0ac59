"""Abstention: whether what was weighed is enough for an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.asking.question import Asks, Form, Question
from rag.evidence.another_time import of_another_time
from rag.evidence.weighed import Weighed, Weighing
from rag.index.reader import Index
from rag.language.names import name_stems
from rag.language.variants import named_in

_WHO = re.compile(r"\W*(?:and |so |but )?who (?!is\b|was\b|are\b|were\b)", re.I)
_OFFERED = re.compile(r"\bor\b", re.I)


def enough(question: Question, weighing: Weighing, index: Index, scope: frozenset[str] | None) -> bool:
    """Whether there is an answer: it is likely enough, and what it is asked about stands in scope at all.

    Every name must; of a topic that may or may not have been discussed, at least one word.
    """
    if question.form is Form.OPEN_DENIAL and weighing.sentences and _only_names(weighing.sentences[0]):
        return False
    best = weighing.sentences[0] if weighing.sentences else None
    if best and (names_only_whom_it_asks(question, best) or of_another_time(question, best, index)):
        return False
    if not weighing.enough or not all(_stands(name, weighing.sentences, index, scope) for name in question.named):
        return False
    return not question.discussed or any(index.find(word, scope) for word in question.discussed)


def names_only_whom_it_asks(question: Question, best: Weighed) -> bool:
    """Whether it is asked who did something to somebody, and what answers is only that somebody.

    "Who rowed the boat while Ann was ill?" isn't Ann, whose boat it is. Of two that are offered it may be one.
    """
    if question.form is not Form.OPEN or question.asks is not Asks.PERSON or best.found is None:
        return False
    if not best.found.is_sure or _OFFERED.search(question.asked) or not _WHO.match(question.asked):
        return False
    at, span = best.sentence.start, best.found.span
    named = name_stems(best.sentence.text[span.start - at : span.end - at])
    return bool(named) and named <= question.names


def _only_names(best: Weighed) -> bool:
    """Whether it is a title, which without a denial is no answer to what was *not* so."""
    return best.sentence.position == 0 and bool(best.features.unfinished and best.features.lacks_denial)


def _stands(name: str, weighed: Sequence[Weighed], index: Index, scope: frozenset[str] | None) -> bool:
    """Whether a name, or a variant of it among the weighed sentences, stands anywhere in scope."""
    if any(named_in(name, w.sentence.text) for w in weighed):
        return True
    return bool(index.find(name, scope))
