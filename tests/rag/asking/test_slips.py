"""A slip in the word that asks is taken for what was meant; words that are some are left alone, names in capitals, too."""

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


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("What did the potter say was NOT the reason?", "What did the potter say was not the reason?"),
        ("Was the kiln EVER sold, and WHY?", "Was the kiln ever sold, and why?"),
        ("Who DIDN’T like the kiln?", "Who didn’t like the kiln?"),
        ("WHEN WILL THE NEW KILN BE HOT?", "When will the new kiln be hot?"),
        ("WEN WILL THE NEW KILN BE HOT", "When will the new kiln be hot"),
    ],
)
def test_a_raised_voice_makes_no_names(said, meant):
    assert righted(said) == meant
    assert understand(said).topics == understand(meant).topics


@pytest.mark.parametrize("said", ["NATO", "THE WHO", "US AND UK", "Did WHO help the US?", "Is IT run by the NHS?"])
def test_names_keep_their_capitals(said):
    assert righted(said) == said
