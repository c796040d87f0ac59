"""Who does it, where a sentence says so in the question's own words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rag.asking.understand import understand
from rag.evidence.doer import names_doer


def named(question: str, best: str) -> bool:
    weighed = SimpleNamespace(sentences=(SimpleNamespace(sentence=SimpleNamespace(text=best)),))
    return names_doer(understand(question), weighed)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Who winds the tower clock?", "The verger winds the tower clock and the two bells."),
        ("Who painted the ferry house?", "In 1912, Ada Lund painted the ferry house."),
        ("And who chairs the lock committee?", "Mr Zell chairs the lock committee; his sister keeps its books."),
    ],
)
def test_the_doer_is_named(question, best):
    assert named(question, best)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Who winds the tower clock?", "Nobody winds the tower clock."),
        ("Who winds the tower clock?", "It is not known whether the verger winds the tower clock."),
        ("Who winds the tower clock?", "She winds the tower clock."),
        ("Who winds the tower clock?", "Winds the tower clock."),
        ("Who winds the tower clock?", "The verger, who is old, looks after the tower clock."),
        ("Who winds the tower clock in Orme?", "The verger winds the tower clock."),
        ("Who winds the tower clock?", "Does the verger winds the tower clock?"),
        ("When was the ferry house painted?", "In 1912, Ada Lund painted the ferry house."),
    ],
    ids=["denied", "open", "a pronoun", "nobody", "other words", "more", "a question", "no who"],
)
def test_nobody_is_taken_for_it(question, best):
    assert not named(question, best)
