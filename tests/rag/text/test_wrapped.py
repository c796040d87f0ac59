"""A line break that only ran out of room doesn't cut a sentence; one that was meant ends it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.quoted import unquoted
from rag.text.sentences import split

PROSE = (
    "The ferry to Tarnholm left the quay at seven in the morning with forty passengers and a bus on board. "
    "Captain Ida Brandt said that the sea was calm and that nobody had been worried about the old engine. "
    "The owners will decide in August whether a new ship is to be built."
)
SENTENCES = PROSE.replace("board. ", "board.|").replace("engine. ", "engine.|").split("|")


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


def flat(text: str) -> list[str]:
    return [" ".join(piece.replace("\n> ", "\n").split()).removeprefix("> ") for piece in pieces(text)]


@pytest.mark.parametrize("width", [28, 32, 40, 60, 72, 100])
@pytest.mark.parametrize("before", ["", "> ", ">> ", "> > "])
def test_sentences_are_whole_at_any_width_and_in_replies(width, before):
    lines = textwrap.wrap(PROSE, width)
    text = "I agree.\n\n" + "\n".join(before + line for line in lines) + "\n\nRegards"
    found = [" ".join(p.replace(f"\n{before}", "\n").removeprefix(before).split()) for p in pieces(text)]
    assert found == ["I agree.", *SENTENCES, "Regards"]


def test_a_single_break_before_a_small_letter_is_no_end():
    assert flat("The council voted to close the harbour\nby the end of June. It was late.") == [
        "The council voted to close the harbour by the end of June.",
        "It was late.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Anna Smith of the harbour", "Bert Jones of the council", "Carl Lewis of the union", "Dora Field of the port"],
        ["apples", "pears", "milk and butter", "bread"],
        ["12 Quay Street", "Marwick", "MK4 7TT", "United Kingdom"],
        ["- the first of the things to do today", "- the second of the things to do", "- the third of the things"],
        ["1. the mayor spoke of forty jobs", "2. the union spoke of strike", "3. nobody spoke of aid"],
        [
            "Shall I compare thee to a summer’s day",
            "Thou art more lovely",
            "Rough winds do shake",
            "And summer’s lease",
        ],
        ["| Town | Budget of the year |", "| Marwick | 3.1 million |", "| Belcombe | 7.5 million |"],
        ["# the harbour of the town", "the council voted on Monday."],
        ["> You wrote that the harbour was closed", "and I agree with all that you wrote there."],
    ],
)
def test_lines_that_were_meant_stay_apart(lines):
    assert pieces("\n".join(lines)) == [line.removeprefix("> ") for line in lines]


def test_an_item_that_runs_on_is_one():
    assert flat("- the first of the things that must be done\n  before the harbour closes\n- the second") == [
        "- the first of the things that must be done before the harbour closes",
        "- the second",
    ]


LINES = st.lists(
    st.sampled_from(
        [
            "The council voted to close the old", "harbour of the town by June.", "> the mayor said that it was", "",
            ">> deeper and", "- an item of a list", "| a | b |", "small", "# Heading", "    code = 1", "-- ", "1. one", ">", "\t",
        ]
    )
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_nothing_is_lost_or_told_twice(lines, line_end):
    text = line_end.join(lines)
    said, end = unquoted(text), 0
    for span in split(text):
        assert said[end : span.start].strip() == ""
        end = span.end
    assert said[end:].strip() == ""
