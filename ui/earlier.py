"""Earlier answers that come back from outside: from a browser's storage, or a program that asks a follow-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.asking.history import MAX_ANSWERS
from rag.errors import BadQuestion
from rag.types import Answer, Citation, Near


def answers_of(rows: Sequence[object]) -> list[Answer]:
    """A conversation's earlier answers as they came back, oldest first; the last few count.

    Raises:
        BadQuestion: something is no answer.
    """
    try:
        return [answer_of(row) for row in rows[-MAX_ANSWERS:]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem, cure = "The history holds something that is no answer.", "Pass on earlier answers as they came."
        raise BadQuestion(problem, cure) from error


def answer_of(row: object) -> Answer:
    """An answer that came back from outside.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is none of ours.
    """
    if not isinstance(row, Mapping):
        raise TypeError("not an answer")
    answer = Answer.from_dict(row)
    _check(answer)
    return answer


def _check(answer: Answer) -> None:
    """Refuse values of the wrong type.

    Raises:
        TypeError: an offset is no number, or a word is no string.
    """
    words = [
        answer.question,
        answer.standalone_question,
        answer.text,
        *(c.text for c in answer.claims),
        *answer.sent_to,
    ]
    numbers = [c.n for c in answer.citations]
    places: list[Citation | Near] = [*answer.citations, *(answer.absence.nearest if answer.absence else ())]
    for place in places:
        words += [place.quote, place.source]
        numbers += [place.start, place.end]
    for span in (s for c in answer.citations for s in (*c.spans, *((c.answer,) if c.answer else ()))):
        numbers += [span.start, span.end]
    if not all(type(n) is int for n in numbers) or not all(isinstance(w, str) for w in words):
        raise TypeError("not an answer")
