"""The last question with another question word."""

from __future__ import annotations

import pytest

from rag.asking.anew import asked_anew


@pytest.mark.parametrize(
    ("wh", "earlier", "anew"),
    [
        ("when", "Who founded the brewery?", "When was the brewery founded?"),
        ("for how much", "Who bought the mill at Torby?", "For how much was the mill at Torby bought?"),
        ("where", "When will the hearing be held?", "Where will the hearing be held?"),
        ("when", "Was the mill sold?", "When was the mill sold?"),
        ("when", "Which boat did she buy?", "When did she buy the boat?"),
        ("since when", "Does the ferry run?", "Since when does the ferry run?"),
        ("by whom", "What prize is given for the best jam?", "By whom is the prize given for the best jam?"),
        ("when", "Which mason was hired for the tower?", "When was the mason hired for the tower?"),
    ],
)
def test_another_word_asks_of_the_same(wh, earlier, anew):
    assert asked_anew(wh, earlier) == anew


@pytest.mark.parametrize("earlier", ["Who voted against the levy?", "Tell me about the mill.", "Which boats sailed?"])
def test_what_cannot_be_put_together_is_left(earlier):
    assert asked_anew("when", earlier) is None
