"""What a fragment takes the place of in the question before it."""

from __future__ import annotations

import pytest

from models.protocols import Carried
from rag.asking.exchange import exchanged, is_fragment, is_time, named_by


@pytest.mark.parametrize(
    ("topic", "earlier", "expected"),
    [
        ("the year before", "What did the ferry earn in 2019?", "What did the ferry earn in 2018?"),
        ("the following year", "What did the ferry earn in 2019?", "What did the ferry earn in 2020?"),
        ("the season before", "How many geese were seen in 2019/20?", "How many geese were seen in 2018/19?"),
        ("the year after", "How many geese were seen in 2019-2020?", "How many geese were seen in 2020-2021?"),
        ("2011/12", "How many geese were seen in 2019/20?", "How many geese were seen in 2011/12?"),
        ("swans", "How many geese were seen in 2019/20?", "How many swans were seen in 2019/20?"),
        ("dotterels", "How many geese were seen in Orme?", "How many dotterels were seen in Orme?"),
        ("in 2011", "What did the ferry earn in 2019?", "What did the ferry earn in 2011?"),
        ("for a dog", "What does a ticket for an adult cost?", "What does a ticket for a dog cost?"),
        ("on Sunday", "Who sails on Saturday?", "Who sails on Sunday?"),
        ("3.1", "What is new in version 2.0?", "What is new in version 3.1?"),
        ("elsewhere", "How much may a room in the harbour cost?", "How much may a room elsewhere cost?"),
        ("the Heather Bell", "When was the Grey Lady built?", "When was the Heather Bell built?"),
        ("Rope and Tar", "How many people saw Forty Years of Sails?", "How many people saw Rope and Tar?"),
        ("Lund", "What was Holt’s income?", "What was Lund’s income?"),
        ("in May", "What did the kiosk take in June 2020?", "What did the kiosk take in May 2020?"),
        ("in May 2019", "What did the kiosk take in June 2020?", "What did the kiosk take in May 2019?"),
        ("if I come late", "When must I pay?", "When must I pay if I come late?"),
    ],
)
def test_like_takes_the_place_of_like(topic, earlier, expected):
    assert is_fragment(topic)
    assert exchanged(topic, earlier, ()) == expected


def test_what_is_done_is_no_thing_that_gives_way():
    asked = "Is haymaking being given up at Holt Farm?"
    marked = [Carried(0, asked.index(word), asked.index(word) + len(word)) for word in ("haymaking", "Holt Farm")]
    assert exchanged("the orchard", asked, marked) == "Is the orchard being given up at Holt Farm?"


def test_a_time_is_no_thing_that_gives_way():
    asked = "How many geese were seen in 2019/20?"
    marked = [Carried(0, asked.index(word), asked.index(word) + len(word)) for word in ("geese", "seen")]
    assert exchanged("swans", asked, marked) == "How many swans were seen in 2019/20?"


def test_what_is_like_nothing_comes_after_a_dash():
    assert exchanged("the lantern", "What is it worth?", ()) == "What is it worth – the lantern?"


def test_a_question_is_no_fragment():
    assert not is_fragment("is the lantern lit")
    assert not is_fragment("he was late")


def test_what_an_answer_must_speak_of():
    assert named_by("the brass lantern") == {"brass", "lantern"}
    assert named_by("the year before") == named_by("elsewhere") == named_by("2.0") == frozenset()
    assert is_time("the year before") and is_time("in 2011") and not is_time("the lantern")
