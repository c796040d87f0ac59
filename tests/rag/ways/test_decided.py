"""What became of a matter, where the sentence that says so holds no word of it."""

from __future__ import annotations

import pytest

MINUTES = """TORBY PARISH COUNCIL
Minutes of the meeting held on 4 March 2024

1. Swings
Mrs Holt moved that the swings on the green be painted red. Mr Lund thought that blue would do.
The motion was put to the vote and was lost, four members voting for and six against.

2. Hens
Mr Lund asked whether hens might be kept on the green. The neighbours have not answered.
Deferred to the April meeting.

3. Bus shelter
Miss Brandt reported that the shelter leaks. It was agreed to mend the roof for £300.
"""
CLUB = """TORBY ROWING CLUB
Minutes of the meeting held on 6 March 2024

1. Hens
Mr Dahl complained of hens in the boathouse. It was agreed to mend the door.

2. Oars
Six oars were bought.
"""


@pytest.fixture(scope="module")
def council(written):
    return written(council=MINUTES)[1]


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


def test_the_outcome_is_quoted(council):
    answer = council.ask("What did the parish council decide about painting the swings?")
    assert "was lost" in quotes(answer) and "blue" not in quotes(answer)
    answer = council.ask("How did the council vote on the swings?")
    assert "six against" in quotes(answer)
    answer = council.ask("What was decided about the bus shelter?")
    assert "£300" in quotes(answer)


def test_whether_it_was_decided_is_said(council):
    answer = council.ask("Was the question of the hens decided?")
    assert answer.text.startswith("No: ") and "Deferred" in quotes(answer)
    assert answer.claims[0].stance == "undecided"
    answer = council.ask("Has a decision been taken on the bus shelter?")
    assert answer.text.startswith("Yes: ") and "agreed" in quotes(answer)


def test_of_what_two_documents_decide_neither_is_taken_alone(written):
    _, both = written(council=MINUTES, club=CLUB)
    answer = both.ask("Was the question of the hens decided?")
    assert not answer.text.startswith(("Yes: It", "Yes: “It"))


def test_what_is_no_matter_there_is_not_decided(council):
    answer = council.ask("What did the parish council decide about the lanterns?")
    assert answer.status == "not_mentioned"
