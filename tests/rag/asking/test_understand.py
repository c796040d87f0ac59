"""Questions taken apart, and follow-ups made to stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import load_understander
from rag.asking.question import Asks, Form, Request
from rag.asking.understand import MAX_CHARACTERS, understand
from rag.errors import BadQuestion
from rag.types import Answer, Citation, Timings


@pytest.mark.parametrize(
    ("text", "form", "asks"),
    [
        ("Were sanctions discussed?", Form.POLAR, Asks.ANYTHING),
        ("In the opinion of the ministry, is it good for the public?", Form.POLAR, Asks.ANYTHING),
        ("Hasn’t a date been set?", Form.POLAR, Asks.ANYTHING),
        ("What was not discussed?", Form.OPEN_DENIAL, Asks.ANYTHING),
        ("Which topics did they leave out?", Form.OPEN_DENIAL, Asks.ANYTHING),
        ("Who criticized the concessions?", Form.OPEN, Asks.PERSON),
        ("How long did the call last?", Form.OPEN, Asks.QUANTITY),
        ("How much did the bridge cost?", Form.OPEN, Asks.MONEY),
        ("How much rain fell?", Form.OPEN, Asks.QUANTITY),
        ("Which company applied?", Form.OPEN, Asks.ORGANISATION),
        ("What is teff?", Form.OPEN, Asks.DEFINITION),
        ("When did they meet?", Form.OPEN, Asks.TIME),
        ("In which city will they meet?", Form.OPEN, Asks.PLACE),
        ("Why did she resign?", Form.OPEN, Asks.REASON),
        ("What is the trade of the man who won?", Form.OPEN, Asks.ANYTHING),
        ("What does the WHO say clinics should do?", Form.OPEN, Asks.ANYTHING),
        ("Which chief superintendent was there when it happened?", Form.OPEN, Asks.PERSON),
        ("What did the bank pay for the bridge in 2012?", Form.OPEN, Asks.MONEY),
        ("What was Ada Lund’s world ranking?", Form.OPEN, Asks.QUANTITY),
        ("What is the name of the ship that sank?", Form.OPEN, Asks.NAME),
        ("At its April meeting, what did the board decide?", Form.OPEN, Asks.ANYTHING),
        ("The report lacked something. What?", Form.OPEN_DENIAL, Asks.ANYTHING),
        ("For the player who fell ill, how hot was it?", Form.OPEN, Asks.QUANTITY),
    ],
)
def test_form_and_type(text, form, asks):
    question = understand(text)
    assert (question.form, question.asks) == (form, asks)


def test_topics_are_what_the_person_wrote():
    assert understand("Was NATO membership discussed?").topics[:2] == ("NATO", "membership")
    assert "nuclear weapons" in understand("Did they talk about nuclear weapons?").topics


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\u200b", "a" * (MAX_CHARACTERS + 1)])
def test_what_is_no_question_has_a_cure(text):
    with pytest.raises(BadQuestion) as caught:
        understand(text)
    assert caught.value.cure


@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused(text):
    try:
        assert understand(text).standalone
    except BadQuestion:
        assert not any(c.isalnum() for c in text) or len(text) > MAX_CHARACTERS


def said(question: str, quote: str = "") -> Answer:
    citations = (Citation(1, "a.txt", None, quote, 0, len(quote), 0.9),) if quote else ()
    return Answer(question, question, "answered", quote, (), citations, None, "extractive", Timings(0, None, None, 0))


@pytest.mark.parametrize(
    ("history", "text", "words"),
    [
        ([said("Were sanctions discussed?")], "And NATO membership?", ["discussed", "NATO"]),
        (
            [said("Who criticized the concessions?", "Boris Pistorius criticized them.")],
            "What office does he hold?",
            ["Pistorius"],
        ),
        ([said("What did Dmitri Peskow say?")], "Why?", ["Why", "Peskow"]),
        ([said("Where is Doñana?")], "Is it a World Heritage site?", ["Doñana"]),
    ],
)
def test_follow_ups(history, text, words):
    alone = understand(text, history, load_understander()).standalone
    assert all(w in alone for w in words), alone


def test_a_whole_question_is_left_alone():
    question = "Who built the bridge of Tarnow?"
    assert understand(question, [said("Who criticized the concessions?")], load_understander()).standalone == question


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("Which countries signed the statement?", True),
        ("What are the reasons?", True),
        ("Who were the signatories?", True),
        ("Which country signed?", False),
        ("What percentage of women suffer?", False),
        ("What was discussed?", False),
        ("What wage does the verger get?", False),  # "does" is no plural
        ("What did Mrs Hodges sow in May?", False),  # nor is a name's end
        ("What do the swifts nest in there?", True),
    ],
)
def test_whether_several_things_are_asked_for(text, plural):
    assert understand(text).plural is plural


def test_what_was_or_was_not_discussed():
    assert understand("Did the two presidents talk about nuclear weapons?").discussed == ("nuclear", "weapons")
    assert understand("Was NATO membership discussed?").discussed == ("nato", "membership")
    assert understand("Who talked about the weather?").discussed == ()


def test_whose_words_are_asked_for_and_words_about_the_article():
    assert understand("What did Ada Lund say?").speaker == {"ada", "lund"}
    assert "articl" not in understand("What does the article say about Crimea?").stems


def test_a_request_for_a_summary_takes_over_nothing_of_the_question_before():
    asked = understand("What are the main points?", [said("What did the Technology ministry say?")])
    assert asked.standalone == "What are the main points?"
    assert asked.request is Request.SUMMARY


def test_what_there_is_leans_on_nothing():
    asked = understand("Which documents do you have?", [said("What pitch did the Kemble have?")], load_understander())
    assert asked.standalone == "Which documents do you have?" and asked.whole and not asked.whole.topic


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("What has still to be decided?", True),
        ("Which questions remain to be settled?", True),
        ("What still needs to be agreed?", True),
        ("What needs to be painted?", False),
        ("What is to be decided on Friday?", False),
    ],
)
def test_what_is_to_be_decided_is_asked_of_everything(text, whole):
    assert (understand(text).whole is not None) is whole
