"""What a model may reply where it is asked for searches, and what is made of anything else."""

from __future__ import annotations

import json

import pytest

from models.grammar import check
from rag.answering.searches import LONGEST, MOST, read_searches, searches_grammar, searches_schema

ASKED = "What did the quay cost?"


def read(*searches, before=""):
    return read_searches(before + json.dumps({"searches": list(searches)}), ASKED)


def test_searches_are_read_each_once_and_never_the_question_itself():
    assert read("Price of the quay", "price of the QUAY?", ASKED, "Paid for the quay", before="Sure: ") == (
        "Price of the quay",
        "Paid for the quay",
    )


def test_there_are_so_many_of_such_a_length():
    found = read(*(f"Price of pier {n} {'x' * 500}" for n in range(20)))
    assert len(found) == MOST and all(len(one) == LONGEST for one in found)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "no",
        "[]",
        '{"searches": "all"}',
        '{"search": ["a quay"]}',
        '{"searches": ["a quay"',
        "[" * 100_000,
        '{"a": 1}',
    ],
)
def test_another_form_is_none(raw):
    assert read_searches(raw, ASKED) == ()


def test_what_says_nothing_is_no_search():
    assert read("", "?!", 3, None, ["quay"], "\u200b", "the of") == ()


def test_grammar_and_schema_are_of_one_form():
    check(searches_grammar())
    assert searches_schema()["required"] == ["searches"]
