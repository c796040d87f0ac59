"""What of a question a fragment answers to."""

from __future__ import annotations

import pytest

from rag.asking.slots import Slot, phrase, place_phrase, slot_of, subject


@pytest.mark.parametrize(
    ("topic", "slot"),
    [
        ("in 2011", Slot.TIME),
        ("on Friday", Slot.TIME),
        ("the year before", Slot.TIME),
        ("in the evening", Slot.TIME),
        ("3 May 2019", Slot.TIME),
        ("May Lund", Slot.THING),
        ("on the upper deck", Slot.PLACE),
        ("abroad", Slot.PLACE),
        ("for a goat", "for"),
        ("the lantern", Slot.THING),
    ],
)
def test_a_fragment_has_its_slot(topic, slot):
    assert slot_of(topic) == slot


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("What is the brass lantern worth", "the brass lantern"),
        ("What does the brass lantern weigh", "the brass lantern"),
        ("What does the lantern cost", "the lantern"),
        ("What did the mending of the sail cost", "the mending of the sail"),
        ("Is honey sold at the gate", "honey"),
        ("Has the pier been mended", "the pier"),
        ("Was the lamp oil mentioned at the meeting", "the lamp oil"),
        ("Is the rope long enough", "the rope"),
        ("Who sails on Saturday", None),
    ],
)
def test_what_a_question_is_asked_of(asked, found):
    at = subject(asked)
    assert (asked[at[0] : at[1]] if at else None) == found


def test_a_time_is_no_place():
    asked = "Who was drowned off Holm in 1904"
    assert phrase("in", asked, when=False) is None and place_phrase(asked) is None
    at = phrase("in", asked, when=True)
    assert at and asked[at[0] : at[1]] == "in 1904"
