"""One of several things that a letter tells apart is answered by what is said of it, not of the one beside it."""

from __future__ import annotations

import pytest

LETTER = """Three ways to mend the bandstand

Dear Ines, here is what I found out.

Plan A: patch the roof with felt for £1,150. It would hold for five winters.
Plan B: lay new slates for £8,400. Upkeep would be £90 a year.
Plan C: take the roof off and leave it open for £2,700.

I would choose Plan A. Olaf likes C better.
"""


@pytest.fixture(scope="module")
def assistant(written):
    return written(letter=LETTER)[1]


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "held", "other"),
    [
        ("What would Plan A cost?", "£1,150", "£8,400"),
        ("How much is plan C for the bandstand?", "£2,700", "£8,400"),
    ],
)
def test_its_own_line_is_quoted(assistant, question, held, other):
    told = quotes(assistant.ask(question))
    assert held in told and other not in told


def test_upkeep_of_another_plan_is_not_given(assistant):
    assert "£90" not in quotes(assistant.ask("How much a year would the upkeep of Plan A be?"))


def test_a_follow_up_keeps_to_the_one_that_was_chosen(assistant):
    first = assistant.ask("Which plan would the writer choose?")
    cost = assistant.ask("What would that cost?", [first])
    assert "£8,400" not in quotes(cost) and "£2,700" not in quotes(cost)
