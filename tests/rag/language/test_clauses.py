"""What may be said of a sentence on its own, and what may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.clauses import pieces, text_of


def said_of(sentence):
    return [text_of(sentence, kept) for kept in pieces(sentence)]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        # a connective at the head
        ("But the ferry was sold in May.", "The ferry was sold in May."),
        ("However, the ferry was sold in May.", "The ferry was sold in May."),
        # an apposition, an age, a relative clause, between commas or at the end
        ("Nora Bell, a pilot from Leeds, has bought the ferry.", "Nora Bell has bought the ferry."),
        ("Nora Bell, 41, has bought the ferry.", "Nora Bell has bought the ferry."),
        ("The ferry, which was built in 1912, has a new owner.", "The ferry has a new owner."),
        ("The council has met Nora Bell, who owns the ferry.", "The council has met Nora Bell."),
        ("“It leaks,” said Nora Bell, a pilot from Leeds.", "“It leaks,” said Nora Bell."),
        # brackets and dashes
        ("The Harbour Safety Board (HSB) has closed the pier.", "The Harbour Safety Board has closed the pier."),
        ("The ferry – the oldest of the lake – sank in 1987.", "The ferry sank in 1987."),
        # examples, and what somebody caused
        ("The crew has rescued all animals, including two cows.", "The crew has rescued all animals."),
        ("The storm has closed the road, threatening three farms.", "The storm has closed the road."),
        # a main clause beside another one, a second verb of one subject
        ("The ferry was old, and the pier is new.", "The ferry was old."),
        ("The ferry was old, and Leeds has a new one.", "Leeds has a new one."),
        ("The ferry was cheap, but Nora Bell is rich.", "Nora Bell is rich."),
        ("The town has bought the ferry and will repair it.", "The town has bought the ferry."),
    ],
)
def test_a_whole_clause_may_be_said(sentence, clause):
    assert clause in said_of(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        # attributed, at the head, in the middle, at the end
        "Nora Bell said the ferry was old, and the pier is new.",
        "Nora Bell said that the ferry was old and will sink.",
        "The ferry has been sold, police said.",
        "The ferry, according to Nora Bell, has been sold.",
        "The ferry has been sold (Nora Bell).",
        "The ferry has been sold (KBC).",
        # a condition, an exception, a time, a denial
        "If it rains, the ferry is late, and the bus is late.",
        "The ferry is free, where the room has been paid.",
        "All ferries are safe, except the old one.",
        "All ferries are safe, excluding two old ones.",
        "The ferry was safe (until 1987).",
        "The ferry was new (1912).",
        "Until May the ferry was free, and the bus was free.",
        "The ferry is sold, but the town has not been paid.",
        "The ferry was sold, and nobody has paid.",
        "It is not true that the ferry sank and was sold.",
        "It is not just a ferry, and the town is not just a port.",
        # another one's words and who it was
        "It was Nora Bell, who owns the ferry.",
        "People who own a ferry and are rich pay more.",
        # a list, a verb's object
        "The town has a ferry, a bus and a train.",
        "The town has sold and will sell ferries.",
        "The crew saved cows, pigs and hens and was thanked.",
        "But here, too, fishing is a menace.",
        # one of two brackets, a figure in brackets, an item of a list, a note
        "The ferry has a crew (which is paid) and guests (which are not).",
        "The town has paid (a) the crew and (b) the owner.",
        "- Nora Bell, who has left, owns the ferry.",
    ],
)
def test_where_something_would_be_lost_only_the_whole_is_said(sentence):
    assert said_of(sentence) == [text_of(sentence, pieces(sentence)[0])]
    assert len(pieces(sentence)[0]) == 1


def test_a_clause_that_only_points_back_is_not_said_alone():
    assert said_of("The ferry was old, and it was sold.")[1:] == ["The ferry was old."]
    assert said_of("The ferry was old, and Leeds too has one.")[1:] == ["The ferry was old."]


@pytest.mark.parametrize(
    "sentence",
    ["Was the ferry sold?", "“The ferry is old.", "It leaks.”", "“Why now?” asked Nora Bell.", '"The ferry is old.'],
)
def test_of_a_question_or_half_a_speech_nothing_is_said(sentence):
    assert pieces(sentence) == ()


def test_parts_go_together_or_one_by_one():
    sentence = "Nora Bell, 41, has met Ada Lund, who owns the ferry."
    assert said_of(sentence)[-1] == "Nora Bell has met Ada Lund."
    assert len(pieces(sentence)) == 4


@given(st.text(alphabet="aA bB.,;:–—()“”\"'?\nwho and is was said the ", max_size=120))
def test_pieces_are_ranges_of_the_sentence_in_order(sentence):
    for kept in pieces(sentence):
        edges = [edge for span in kept for edge in (span.start, span.end)]
        assert edges == sorted(edges) and 0 <= edges[0] and edges[-1] <= len(sentence)
        rest = iter(sentence)
        assert all(c in rest for span in kept for c in sentence[span.start : span.end])
