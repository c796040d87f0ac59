"""Questions whose very words a sentence leaves open: "Nobody knows who cut the lock" replies to "Who cut the lock?"."""

from __future__ import annotations

from collections.abc import Sequence

from rag.asking.question import Form, Question
from rag.language.unsaid import unsaid
from rag.language.words import content_stems

_OPEN = frozenset({"unknown", "undecided", "declined"})
_FEWEST = 2  # words of the question; a single one stands in too much


def left_open(question: Question, texts: Sequence[str]) -> int | None:
    """The first sentence, by its place, that says of all words of an open question that nobody knows, decides or tells.

    It is the answer where nothing better is: the reader looks for what is asked for, and finds nothing here.

    Args:
        question: what is asked.
        texts: of the candidates, likeliest first.
    """
    if question.form is not Form.OPEN or len(question.stems) < _FEWEST:
        return None
    return next((n for n, text in enumerate(texts) if question.stems <= content_stems(text) and _is_open(text)), None)


def _is_open(text: str) -> bool:
    found = unsaid(text)
    return found is not None and found.kind in _OPEN
