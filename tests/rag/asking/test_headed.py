"""Who runs a thing, by office."""

from __future__ import annotations

import pytest

from rag.asking.headed import asked_by_office, names_office, runs


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Who runs the brickworks?", "the brickworks"),
        ("who is in charge of Holt Farm", "Holt Farm"),
        ("Who heads the Weir Trust?", "the Weir Trust"),
        ("Who ran away?", None),
        ("Who runs?", None),
    ],
)
def test_who_runs_what(question, what):
    assert runs(question) == what


def test_it_is_asked_by_office():
    assert asked_by_office("the brickworks")[:2] == [
        "Who is the chief executive of the brickworks?",
        "Who is the director of the brickworks?",
    ]


@pytest.mark.parametrize(
    ("quote", "so"),
    [
        ("“We are full,” said Ada Lund, chief executive of the brickworks.", True),
        ("The manager, Jon Tarn, opened the gate.", True),
        ("Contact: Ivo Falk, head of sales", False),
        ("Mara Quill, the finance director, was away.", False),
    ],
)
def test_an_office_at_the_head(quote, so):
    assert names_office(quote) is so
