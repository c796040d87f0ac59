"""Names that a text withholds, and why."""

from __future__ import annotations

import pytest

import rag

TALK = """A talk with the master of Holm Quay

Weir Weekly, 3 June 2024. Interview: Jon Tarn

TARN: Somebody wanted to buy the crane last year.
QUILL: Yes, and I laughed.

TARN: Who was that?
QUILL: I won't say. My lawyer is strict.

TARN: How many ships came in May?
QUILL: Forty-one.
"""
AWARD = """# Report of the guild of Torby

Published 2 July 2024

## The golden herring

Three winners were chosen. Their names will not be told until the feast.

## The hall

The hall was painted.
"""


@pytest.fixture(scope="module")
def chat(written):
    _, assistant = written(talk=TALK, award=AWARD)

    def say(*turns: str) -> list[rag.Answer]:
        answers: list[rag.Answer] = []
        for turn in turns:
            answers.append(assistant.ask(turn, answers))
        return answers

    return say


def quotes(answer) -> str:
    return " ".join(c.quote for c in answer.citations)


def test_who_is_not_told_is_quoted_with_its_question(chat):
    who, why = chat("Who wanted to buy the crane of Holm Quay?", "Why won't she say?")
    assert "I won't say" in quotes(who) and not who.text.startswith("Jon Tarn")
    assert "lawyer" in quotes(why)


def test_names_below_a_heading(chat):
    (who,) = chat("Who gets the golden herring?")
    assert "names will not be told" in quotes(who)


def test_a_name_of_another_thing_is_not_withheld(chat):
    assert "names" not in quotes(chat("Who painted the hall?")[0])
