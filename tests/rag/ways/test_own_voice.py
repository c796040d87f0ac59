"""What an author says of herself is found by her name."""

from __future__ import annotations

import pytest

import rag

LETTER = """Sir,

The lamps in Mill Street have been dark since Easter. "I never promised lamps," the mayor said to me. I demand two things:

1. that the lamps be lit before November;
2. that the cable be buried.

My dog was run over in May.

Yours faithfully,

Mara Quill
Torby, 3 June 2024
"""
OTHER = """The fair at Holm

Holm, 4 June 2024

The fair at Holm lasts three days. Jon Tarn promised a wheel of lights.
"""


@pytest.fixture(scope="module")
def ask(written):
    _, assistant = written(letter=LETTER, other=OTHER)

    def ask(*turns: str) -> list[rag.Answer]:
        answers: list[rag.Answer] = []
        for turn in turns:
            answers.append(assistant.ask(turn, answers))
        return answers

    return ask


def test_what_the_author_demands_is_quoted_with_its_list(ask):
    demands, second = ask("What does Mara Quill demand?", "The second one?")
    assert "I demand two things" in demands.citations[0].quote and "buried" in demands.citations[0].quote
    assert second.citations[0].quote == "2. that the cable be buried."


def test_what_the_author_does_not_say_is_no_answer(ask):
    (promise,) = ask("What does Mara Quill promise?")
    assert not promise.text.startswith("Mara Quill: ")
