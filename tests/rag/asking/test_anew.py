"""The last question with another question word."""

from __future__ import annotations

import pytest

from rag.asking.anew import asked_anew, why_anew


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


@pytest.mark.parametrize(
    ("question", "earlier", "denied", "anew"),
    [
        ("Why?", "Was the mill sold?", False, "Why was the mill sold?"),
        ("And why not?", "Was the mill sold?", True, "Why wasn't the mill sold?"),
        ("How come?", "Will she stand again?", True, "Why won't she stand again?"),
        ("Why is that?", "Isn't the ferry running?", True, "Why isn't the ferry running?"),
        ("Why?", "Who sold the mill?", False, None),
        ("Why did she leave?", "Did she leave?", False, None),
    ],
)
def test_a_bare_why_asks_of_what_was_answered(question, earlier, denied, anew):
    assert why_anew(question, earlier, denied=denied) == anew
