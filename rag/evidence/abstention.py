"""Abstention: whether what was weighed is enough for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from rag.asking.question import Form, Question
from rag.evidence.weighed import Weighed, Weighing
from rag.index.reader import Index
from rag.language.variants import name_in
from rag.language.words import content_stems, stem


def enough(question: Question, weighing: Weighing, index: Index, scope: frozenset[str] | None) -> bool:
    """Whether there is an answer: it is likely enough, and what it is asked about stands in scope at all.

    Every name must; of a topic that may or may not have been discussed, at least one word.
    """
    if question.form is Form.OPEN_DENIAL and weighing.sentences and _only_names(weighing.sentences[0]):
        return False
    if not weighing.enough or not all(_stands(name, weighing.sentences, index, scope) for name in question.named):
        return False
    return not question.discussed or any(index.find(word, scope) for word in question.discussed)


def _only_names(best: Weighed) -> bool:
    """Whether it is a title, which without a denial is no answer to what was *not* so."""
    return best.sentence.position == 0 and bool(best.features.unfinished and best.features.lacks_denial)


def _stands(name: str, weighed: Sequence[Weighed], index: Index, scope: frozenset[str] | None) -> bool:
    """Whether a name, or a variant of it among the weighed sentences, stands anywhere in scope."""
    if any(name_in(stem(name), content_stems(w.sentence.text)) for w in weighed):
        return True
    return bool(index.find(name, scope))
