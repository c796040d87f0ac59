"""A slip in the word that asks is taken for what was meant; words that are some are left alone."""

from __future__ import annotations

import pytest

from rag.asking.question import Asks
from rag.asking.slips import righted
from rag.asking.understand import understand


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("wen does the kiln cool down?", "when does the kiln cool down?"),
        ("Waht did the potter owe?", "What did the potter owe?"),
        ("hwo many kilns are there", "how many kilns are there"),
        ("hwo owns the kiln", "who owns the kiln"),
        ("Wich kiln is the oldest?", "Which kiln is the oldest?"),
        ("Wheer is it?", "Where is it?"),
    ],
)
def test_a_slip_is_righted(said, meant):
    assert righted(said) == meant
    asked = understand(said)
    assert (asked.text, asked.standalone) == (said, meant)


@pytest.mark.parametrize(
    "said",
    [
        "Were the kilns sold?",
        "Then what?",
        "Hens or ducks?",
        "Witch trials",
        "What's new?",
        "Show the rent",
        "Whey",
        "Ho",
    ],
)
def test_a_word_stays(said):
    assert righted(said) == said


def test_what_is_asked_for_is_known_in_spite_of_it():
    assert understand("wen will the kiln be hot?").asks is Asks.TIME


def test_himself_is_no_topic():
    assert understand("What did the potter make for himself?").topics == ("potter",)
    assert "Unself" in understand("Who wrote Unself?").topics
