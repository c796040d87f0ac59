"""Which questions ask who or what was chosen."""

import pytest

from rag.asking.choice_asked import choice_asked


@pytest.mark.parametrize(
    "question",
    [
        "Which firm was chosen?",
        "Who was appointed as verger?",
        "What caterer did the school pick?",
        "Who got the contract for the roof?",
        "Which architect won the tender?",
        "Which plumber did they go with?",
    ],
)
def test_a_choice_is_asked_for(question):
    assert choice_asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why was Finch chosen?",
        "How was the winner selected?",
        "Was a firm chosen?",
        "What got the most votes?",
        "Who won the race?",
        "When was the choir master appointed?",
    ],
)
def test_another_thing_is(question):
    assert not choice_asked(question)
