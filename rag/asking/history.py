"""Which earlier answers a question may lean on: the last few, and only such as this project gives.

A history comes back from a browser or a program and may hold anything. What lies beyond these bounds
is left out without a word: a question is answered the same whether or not somebody sent that along.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Answer

MAX_ANSWERS = 20  # earlier ones are too far back to be meant
MAX_CHARACTERS = 4_000  # of an earlier question, alone or with what it took over, and of a quote: ours are shorter


def leaned_on(history: Sequence[Answer]) -> tuple[Answer, ...]:
    """The last `MAX_ANSWERS` of a history, without those that hold a text of more than `MAX_CHARACTERS`.

    Args:
        history: earlier answers, oldest first.
    """
    return tuple(a for a in history[-MAX_ANSWERS:] if _is_ours(a))


def _is_ours(answer: Answer) -> bool:
    texts = [answer.question, answer.standalone_question, *(c.quote for c in answer.citations)]
    return max(map(len, texts)) <= MAX_CHARACTERS
