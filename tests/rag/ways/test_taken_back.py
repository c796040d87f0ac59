"""Whether somebody was right: what takes a quote back is told, and only that."""

from __future__ import annotations

import pytest

import rag
from rag.ways.taken_back import asks_if_right

FIRST = """Why the orchard bloomed late

Torby, 2 May 2024

The orchard at Holt Farm bloomed three weeks late. Its gardener, Mara Quill, blamed the new street lamps.
"""
LATER = """A cold spring, says the institute

Torby, 30 May 2024

The institute at Torby measured the orchard of Holt Farm for a month. Mara Quill withdrew her remark about the street
lamps. The pears will be picked in October.
"""
LONE = """The clock of Ersby

Ersby, 3 June 2024

The clock at Ersby stopped at noon. The sexton, Jon Tarn, blamed a nest of wasps in the works.
"""


@pytest.fixture(scope="module")
def chat(written):
    _, assistant = written(first=FIRST, later=LATER, lone=LONE)

    def say(*turns: str) -> list[rag.Answer]:
        answers: list[rag.Answer] = []
        for turn in turns:
            answers.append(assistant.ask(turn, answers))
        return answers

    return say


def test_what_was_taken_back_is_told(chat):
    first, right = chat("What did Mara Quill blame for the late bloom of the orchard?", "Was she right?")
    assert "street lamps" in first.citations[0].quote
    assert right.status == "answered" and "withdrew" in right.citations[0].quote
    assert not right.text.startswith(("Yes", "No"))


def test_nothing_is_taken_back_that_nobody_took_back(chat):
    first, right = chat("What did Jon Tarn blame for the clock at Ersby?", "Was he right?")
    assert "wasps" in first.citations[0].quote
    assert not any("withdrew" in c.quote for c in right.citations) and not right.text.startswith(("Yes", "No"))


@pytest.mark.parametrize(
    ("said", "so"),
    [
        ("Was she right?", True),
        ("Was Mara Quill right to blame the lamps?", True),
        ("And were they wrong about that?", True),
        ("Is the right bank flooded?", False),
        ("Was the wrong boat sold?", False),
    ],
)
def test_it_is_asked_whether_somebody_was_right(said, so):
    assert asks_if_right(said) is so
