"""Which questions want to know what became of a matter."""

from __future__ import annotations

import pytest

from rag.asking.decided_asked import Decided, decided_of


@pytest.mark.parametrize(
    ("question", "matter", "whether"),
    [
        ("What did the parish council decide about the swings?", "the swings", False),
        ("What was agreed on the bus shelter?", "the bus shelter", False),
        ("How did the governors vote on longer lunches?", "longer lunches", False),
        ("What was the outcome of the ballot on dues?", "the ballot on dues", False),
        ("Was the question of the swings settled?", "the swings", True),
        ("Has a decision been taken about the bus shelter yet?", "the bus shelter", True),
    ],
)
def test_the_matter_is_told(question, matter, whether):
    assert decided_of(question) == Decided(matter, whether)


@pytest.mark.parametrize(
    "question",
    [
        "Has it been decided whether dogs may come?",
        "Who decided about the swings?",
        "What was discussed about the swings?",
        "When was the mill sold?",
    ],
)
def test_others_are_looked_up(question):
    assert decided_of(question) is None
