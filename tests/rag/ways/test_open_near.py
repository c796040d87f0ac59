"""What a text leaves open beside the last quote is told to a follow-up about it."""

from __future__ import annotations

import pytest

import rag

SPONSOR = """A new sponsor for the rowers

Torby, 3 June 2024

The rowers of Torby have signed Larch & Sons, a carpenter's shop, as sponsor of their blue boat. The club has not said
what it will be paid. Members had hoped for a baker.

In the autumn the boat will be painted anew. Four firms have offered to do that. The club would not give their names.
"""


@pytest.fixture(scope="module")
def chat(written):
    _, assistant = written(sponsor=SPONSOR)

    def say(*turns: str) -> list[rag.Answer]:
        answers: list[rag.Answer] = []
        for turn in turns:
            answers.append(assistant.ask(turn, answers))
        return answers

    return say


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


def test_what_is_not_said_of_it_is_told(chat):
    first, pay = chat("Who sponsors the blue boat of the rowers?", "What do they pay?")
    assert "Larch & Sons" in quotes(first) and "has not said" in quotes(pay)


def test_names_that_are_withheld_are_told(chat):
    first, who = chat("How many firms have offered to paint the boat?", "Who are they?")
    assert "Four firms" in quotes(first) and "names" in quotes(who)
