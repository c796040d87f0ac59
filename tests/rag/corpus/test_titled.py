"""A person who is asked for with a title is found where the texts name them otherwise."""

from __future__ import annotations

import pytest

LIDO = """Council keeps the lido

Mrs Vera Olde, who lives beside it, voted against. The petition was brought by Mark Pell and Dr. Ida Strand-Moe.
Yesterday Quill rested, as the lake did. The feast was held at Lake Orban, near Castle Brigg.
Judge Ida Lorne sat there. Ford Motors said that it paid, and the High Street and William Street were shut.
"""


@pytest.fixture(scope="module")
def assistant(written):
    return written(lido=LIDO)[1]


@pytest.mark.parametrize(
    ("asked", "written_as"),
    [
        ("Mrs Olde", "Mrs Vera Olde"),
        ("Ms Olde", "Mrs Vera Olde"),
        ("Councillor Olde", "Mrs Vera Olde"),
        ("Mr Pell", "Mark Pell"),
        ("mr pell", "Mark Pell"),
        ("Judge Lorne", "Judge Ida Lorne"),
        ("Mr Mark Pell", "Mark Pell"),
        ("Dr Strand-Moe", "Dr. Ida Strand-Moe"),
    ],
)
def test_who_is_named_otherwise_is_mentioned(assistant, asked, written_as):
    found = assistant.mentions(asked)
    assert [s.quote for a in found.articles for s in a.sentences if written_as in s.quote]
    assert written_as in found.variants
    assert assistant.ask(f"Was {asked} mentioned?").text.startswith("Yes")


@pytest.mark.parametrize(
    "asked",
    [
        "Mr Olde",
        "Mrs Orban",
        "Mr Brigg",
        "Dr Quill Pell",
        "Mrs Ida Olde",
        "General Motors",
        "King Street",
        "King William Street",
    ],
)
def test_another_is_not(assistant, asked):
    assert assistant.mentions(asked).articles == ()
    assert assistant.ask(f"Was {asked} mentioned?").text.startswith("No")


def test_an_absence_says_that_the_person_stands_there(assistant):
    answer = assistant.ask("How old is Mrs Olde?")
    assert answer.status == "not_mentioned"
    assert "mention" in answer.text and "don’t mention “Mrs Olde”" not in answer.text
