"""A verb that a sentence says of something else than the question: "the fee has been paid, the rent is due in June".

No parser is at hand. Clauses are what commas, semicolons, dashes and conjunctions part, if each has a verb of its own
that can only be finite; where the words leave a doubt, nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.declarative import subject_and_rest
from rag.language.verbs import NO_SUBJECT, POINTING, finite_places
from rag.language.words import Word, content_words, words

_PARTS = re.compile(r"\s*[,;:–—]\s+(?:(?:and|but|while|whereas|yet)\s+)?|\s+(?:and|but|while|whereas|yet)\s+", re.I)
_BEHIND = re.compile(r"\s(?:of|to|for|in|on|at|from|with|by|about|near|between)\s", re.I)  # what belongs to a noun
_DONE = re.compile(
    r"(?:has|have|had|was|were|did)\b", re.I
)  # a question after what has been, which "is to be paid" is not
_COMING = re.compile(
    r"\b(?:to|will|shall|must|should|may)\s+(?:(?:\w+ly|still|only|not)\s+)?(?:be\s+)?(?P<verb>[\w’'-]+)", re.I
)
_LONGEST = 400  # characters of a sentence that is looked at


def is_of_another(question: str, sentence: str) -> bool:
    """Whether one clause says the question's verb of a subject of its own, and only another has the question's.

    Args:
        question: as it is asked, "Has the rent to the council been paid?".
        sentence: what seems to say Yes.
    """
    parts = subject_and_rest(question)
    if parts is None:
        return False
    subject, rest = parts
    heads, verbs = content_words(_BEHIND.split(subject)[0]), content_words(rest)[:1]
    clauses = _clauses(sentence[:_LONGEST])
    if len(clauses) < 2 or not heads or not verbs:
        return False
    done = _DONE.match(question.strip()) is not None
    of_verb = [n for n, c in enumerate(clauses) if _holds(c, verbs) and not (done and _is_coming(c, verbs))]
    of_subject = [n for n, clause in enumerate(clauses) if _holds(clause, heads[-1:])]
    if len(of_verb) != 1 or not of_subject or of_verb[0] in of_subject:
        return False
    return _has_its_own_subject(clauses[of_verb[0]])


def _clauses(sentence: str) -> list[str]:
    """The clauses of a sentence; what has no verb of its own belongs to the one before it."""
    found: list[str] = []
    at = 0
    for mark in [*_PARTS.finditer(sentence), None]:
        piece = sentence[at : mark.start() if mark else len(sentence)]
        if found and not (finite_places(piece) and finite_places(found[-1])):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
        at = mark.end() if mark else at
    return found


def _is_coming(clause: str, verbs: Sequence[Word]) -> bool:
    return any(_holds(m["verb"], verbs) for m in _COMING.finditer(clause))


def _has_its_own_subject(clause: str) -> bool:
    """Whether a clause begins with a subject that names something, and its verb follows."""
    found, places = words(clause), finite_places(clause)
    before: Sequence[Word] = found[: places[0]] if places else ()
    if not before or before[0].lower in NO_SUBJECT or any(w.lower in POINTING for w in before):
        return False
    return any(w.is_content for w in before)


def _holds(clause: str, wanted: Sequence[Word]) -> bool:
    known = {w.stem for w in words(clause)}
    return all(w.stem in known for w in wanted)
