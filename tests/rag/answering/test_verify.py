"""Every check of a draft, with drafts that repeat what their sentence claims and drafts that say something else."""

from __future__ import annotations

import pytest

from rag.answering.verify import Source, repeated, verify
from rag.asking.understand import understand


def failures(claim, quote, question="What about it?", opening="", answer=""):
    return [f.check for f in verify(claim, understand(question), Source(quote, opening, answer))]


CRASH = "Two drivers died and 17 passengers were injured in the tunnel."
TALKS = "Ana Holm, a banker from Bergen, has sold the mill to Jan Lund."


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (CRASH, CRASH),
        ("Two drivers died and 17 passengers were injured in the tunnel", CRASH),
        ("Ana Holm has sold the mill to Jan Lund.", TALKS),
        ("The mill is unsafe.", "But the mill is unsafe."),
        ("“I sold it,” said Ana Holm.", "“I sold it,” said Ana Holm, a banker from Bergen."),
        ("The mill was old.", "The mill was old, and the bridge is new."),
        ("I have sold the mill.", "I have sold the mill."),  # it will stand in quotation marks
    ],
)
def test_the_sentence_and_its_whole_clauses_pass(claim, quote):
    assert failures(claim, quote) == []


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        # who did what to whom
        ("Jan Lund has sold the mill to Ana Holm.", TALKS),
        ("Jan Lund, a banker from Bergen, has sold the mill to Ana Holm.", TALKS),
        ("The mill is Bergen.", TALKS),
        ("A banker from Bergen has sold Jan Lund.", TALKS),
        # a number with another noun
        ("Two passengers were injured in the tunnel.", CRASH),
        ("17 drivers died in the tunnel.", CRASH),
        ("Two drivers were injured in the tunnel.", CRASH),
        # the speaker and what was said
        ("Ana Holm said a banker.", "“Nobody pays,” said Ana Holm, a banker from Bergen."),
        ("Nobody pays.", "“Nobody pays,” said Ana Holm, a banker from Bergen."),
        ("A banker said Ana Holm pays.", "Ana Holm said a banker pays."),
        ("The mill is unsafe.", "Ana Holm said that the mill is unsafe."),
        ("The mill is unsafe.", "The mill is unsafe, according to police."),
        # a condition, an exception, a negation, a tense, a time left out or changed
        ("The mill is sold.", "If Ana agrees, the mill is sold."),
        ("The mill is sold.", "The mill is sold if Ana agrees."),
        ("All mills are safe.", "All mills are safe, although not in all towns."),
        ("All mills are safe.", "All mills are safe except two."),
        ("The mill was sold.", "The mill was not sold."),
        ("The mill was sold.", "The mill was never to be sold."),
        ("The mill has been sold.", "The mill will be sold."),
        ("The mill is sold.", "The mill is to be sold."),
        ("The mill was free.", "The mill was free until May."),
        # an apposition glued to what it isn't, a list cut, a part that is no clause
        ("Ana Holm is Jan Lund.", TALKS),
        ("Ana Holm is a banker from Bergen.", TALKS),
        ("The towns are Bergen and Oslo.", "The towns are Bergen, Voss and Oslo."),
        ("She has a mill, two boats.", "She has a mill, two boats, a cow and a dog."),
        ("Bergen has sold the mill to Jan Lund.", TALKS),
        ("Sold the mill caused the fire.", "Ana Holm sold the mill; a stove caused the fire."),
        # other words, other figures
        ("Ana Holm has bought the mill.", TALKS),
        ("The mill cost 12 percent.", "The mill cost 12 million crowns."),
        ("Ana Holm has sold the mill to Jan Lund in May.", TALKS),
        # a question, half a speech
        ("Will the mill be sold?", "Will the mill be sold?"),
        ("It leaks.", "It leaks.”"),
    ],
)
def test_whatever_is_recombined_fails(claim, quote):
    assert failures(claim, quote) == ["recombined"]


@pytest.mark.parametrize(
    ("claim", "quote", "opening", "check"),
    [
        ("The mill was sold.", "The mill was sold.", "Yes", "polarity"),
        ("No: the mill was sold.", "The mill was sold.", "Yes", "polarity"),
        ("Yes: the mill was not sold.", "The mill was not sold.", "Yes", "polarity"),
        ("Anything.", "", "", "pointer"),
    ],
)
def test_other_checks_fail_by_name(claim, quote, opening, check):
    assert failures(claim, quote, opening=opening) == [check]


def test_yes_and_no_are_those_of_the_evidence():
    quote, asked = "But the mill was sold.", "Was the mill sold?"
    assert failures("Yes: The mill was sold.", quote, asked, "Yes") == []
    assert failures("No: the mill was not sold.", "The mill was not sold.", asked, "No") == []


def test_nobody_but_who_is_quoted_says_i():
    quote = "We have seen Nora Bell, who owns the ferry."
    assert failures(quote, quote) == []
    assert failures("We have seen Nora Bell.", quote) == []  # one piece, in quotation marks
    assert failures("Nora Bell has sold us a mill.", "Nora Bell, 41, has sold us a mill.") == ["voice"]
    assert failures("Elizabeth I has sold the US a mill.", "Elizabeth I, 41, has sold the US a mill.") == []


def test_the_words_that_answer_and_those_asked_about_are_not_left_out():
    quote = "Ana Holm, a banker from Bergen, has sold the mill, including two boats."
    short = "Ana Holm has sold the mill."
    assert failures(short, quote, "Who has sold the mill?", answer="Ana Holm") == []
    assert failures(short, quote, "What has Ana Holm sold?", answer="the mill, including two boats") == ["incomplete"]
    assert failures(short, quote, "Has the banker sold the mill?", "") == ["incomplete"]
    assert failures(quote, quote, "Has the banker sold the mill?", "") == []
    assert failures("The mill was sold.", "The mill was sold.", "Why was the mill sold?") == ["incomplete"]


def test_what_is_repeated_is_known_by_its_ranges():
    kept = repeated("Ana Holm has sold the mill to Jan Lund", TALKS)
    assert [TALKS[s.start : s.end] for s in kept] == ["Ana Holm", " has sold the mill to Jan Lund."]
    assert repeated("Ana Holm has sold the mill", TALKS) is None
