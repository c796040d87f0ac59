"""Utterances about the last answer itself, and what somebody says to have meant."""

from __future__ import annotations

import pytest

from rag.asking.followup import corrected
from rag.asking.moves import ITEM, Move, Moved, meant, move_of


@pytest.mark.parametrize(
    ("said", "move"),
    [
        ("Who said that?", Move.SPEAKER),
        ("says who", Move.SPEAKER),
        ("And who told you that?", Move.SPEAKER),
        ("Whose words are these words?", Move.SPEAKER),
        ("Are you sure?", Move.SURE),
        ("are you really certain about that figure?", Move.SURE),
        ("Really?!", Move.SURE),
        ("Is that true?", Move.SURE),
        ("How do you know that?", Move.SURE),
        ("I don’t believe it.", Move.SURE),
        ("Tell me more", Move.MORE),
        ("tell me more about it, please", Move.MORE),
        ("Go on …", Move.MORE),
        ("Anything else?", Move.MORE),
        ("What else did he say about it?", Move.MORE),
        ("Which document is that from?", Move.PLACE),
        ("Where does that number come from?", Move.PLACE),
        ("What is your source?", Move.PLACE),
        ("In which file?", Move.PLACE),
        ("Who wrote that?", Move.AUTHOR),
        ("When was this report written?", Move.DATE),
    ],
)
def test_moves_are_heard(said, move):
    assert move_of(said) == Moved(move)


@pytest.mark.parametrize(
    "said",
    [
        "Who said that the weir would hold?",
        "Are you sure that the weir will hold?",
        "Tell me more about the weir",
        "Which document mentions the weir?",
        "Where does the river come from?",
        "Who wrote the letter about the weir?",
        "Is that bridge older than the mill?",
        "What else grows there?",
        "When was the mill built?",
        "Who came in the first world war?",
        "What happened at the second meeting?",
        "Why?",
        "",
    ],
)
def test_questions_of_their_own_are_none(said):
    assert move_of(said) is None


@pytest.mark.parametrize(
    ("said", "place", "rest"),
    [
        ("The second one?", 2, ""),
        ("and the last?", -1, ""),
        ("What about the third point?", 3, ""),
        ("How much is the second one?", 2, f"How much is {ITEM}"),
        ("What happened to the first?", 1, f"What happened to {ITEM}"),
    ],
)
def test_items_are_counted(said, place, rest):
    assert move_of(said) == Moved(Move.ITEM, place, rest)


def test_what_was_meant_becomes_a_follow_up():
    assert meant("No, I meant the boats.") == "the boats"
    assert meant("Sorry, I was asking about the ferry") == "the ferry"
    assert meant("I meant well when I wrote that, and what I wrote was true?") is not None
    assert meant("Who meant that?") is None
    assert corrected("No, I meant the boats.") == "And the boats?"
    assert corrected("I asked who owns it.") == "Who owns it?"
    assert corrected("no, I meant the price of the boats") == "What is the price of the boats?"
    assert corrected("Who owns it?") == "Who owns it?"
