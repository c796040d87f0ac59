"""Of two things that a sentence contrasts, what it says of the one that a question means."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.contrasted import said_of_one

HENS = "Hens may be kept, cockerels may not."
CARDS = "Cash is accepted at the kiosk but cards aren't."
GUESTS = "Guests can't vote; members can."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("May I keep a cockerel?", HENS, "no"),
        ("May I keep hens?", HENS, "yes"),
        ("May I keep ducks?", HENS, None),
        ("May I keep hens and cockerels?", HENS, None),
        ("Are cockerels noisy?", HENS, None),
        ("Are cards accepted at the kiosk?", CARDS, "no"),
        ("Is cash accepted at the kiosk?", CARDS, "yes"),
        ("Are cards accepted at the gate?", CARDS, None),
        ("Can guests vote?", GUESTS, "no"),
        ("Can members vote?", GUESTS, "yes"),
        ("May I keep a cockerel?", "Hens may be kept, and cockerels may be kept.", None),
        ("May I keep a cockerel?", "Hens may not be kept, and cockerels may not.", None),
        ("Did the baker come?", "The miller came, and the baker said that she would.", None),
        ("Was the bridge closed?", "The road was closed because the bridge was.", None),
        ("May I bring spirits?", "You may bring wine but not spirits.", None),  # which the models read
        (
            "Has she hidden the key?",
            "She was told never to hide the key, and she hasn't.",
            None,
        ),  # nobody is contrasted
        ("Is it warm in May?", "May is warm, but June is not.", None),
    ],
)
def test_of_which_it_is_said(question, sentence, expected):
    assert said_of_one(question, sentence) == expected


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text(question, sentence):
    assert said_of_one(question, sentence) in ("yes", "no", None)


@pytest.mark.parametrize("piece", [" but not a", ", may", "a may ", " is, b", "  "])
def test_a_hostile_text_takes_no_time(piece):
    start = time.process_time()
    said_of_one("May I keep a cockerel?", piece * 100_000)
    assert time.process_time() - start < 2
