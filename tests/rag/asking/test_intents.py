"""What is wanted where no fixed wording tells: the model's intent where it is sure, and what it is about."""

from __future__ import annotations

import pytest

from models import load_understander
from models.protocols import INTENTS, Part, Understanding
from rag.asking.intents import SURE, request_heard, whole_heard
from rag.asking.phrasing import Asked
from rag.asking.question import Request
from rag.asking.understand import understand


@pytest.fixture(scope="module")
def understander():
    return load_understander()


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("thank you, that was very helpful!", Request.THANKS),
        ("no, that is not what I asked", Request.COMPLAINT),
        ("Could you put the lease of the bakery in a nutshell?", Request.SUMMARY),
        ("When did the bakery of Velden close?", Request.LOOK_UP),
        ("Is the bakery of Velden closed on Mondays?", Request.LOOK_UP),
        ("Which of my notes have got something on the tidal mill?", Request.WHOLE),
        ("how many of my notes talk about the mill?", Request.WHOLE),
        ("list my files please", Request.WHOLE),
    ],
)
def test_what_is_wanted_in_words_of_its_own(understander, text, request_):
    assert understand(text, (), understander).request is request_


def test_what_a_count_is_about(understander):
    whole = understand("Which of my notes have got something on the tidal mill?", (), understander).whole
    assert whole and (whole.asked, whole.topic) == (Asked.WHICH, "tidal mill")
    listed = understand("which documents do you have in there", (), understander).whole
    assert listed and listed.asked is Asked.LISTED


def heard(intent: str, probability: float, *parts: Part) -> Understanding:
    rest = (1 - probability) / (len(INTENTS) - 1)
    return Understanding(tuple(probability if i == intent else rest for i in INTENTS), 0.0, parts)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("How many lamps does the warden say are broken?", False),
        ("How many beds do they think the ward will have?", False),
        ("How many notes do say something about lamps?", True),
        ("How many of my notes speak of lamps?", True),
    ],
)
def test_a_number_that_somebody_tells_is_no_count_of_texts(text, counts):
    lamps = Part("topic", 9, 14)
    assert (whole_heard(text, heard("count_mention", 0.99, lamps)) is not None) is counts


def test_what_isnt_sure_is_looked_up():
    assert request_heard(heard("thanks", 0.8)) is None
    assert whole_heard("x", heard("which_mention", SURE - 0.01, Part("topic", 0, 1))) is None


def test_small_talk_names_nothing_and_a_count_does():
    assert request_heard(heard("thanks", 0.99)) is Request.THANKS
    assert request_heard(heard("thanks", 0.99, Part("topic", 0, 1))) is None
    assert whole_heard("x", heard("which_mention", 0.99)) is None


def test_topics_are_joined_as_they_are_written():
    text = "Anything on the levy or the harbour, but not on fees?"
    parts = (Part("topic", 16, 20), Part("topic", 28, 35), Part("without", 48, 52))
    whole = whole_heard(text, heard("which_mention", 0.99, *parts))
    assert whole and (whole.topic, whole.unwanted) == ("levy or the harbour", "fees")


def test_what_is_left_out_alone_is_a_question_for_the_others():
    whole = whole_heard("Which ones lack fees?", heard("which_mention", 0.99, Part("without", 16, 20)))
    assert whole and whole.negated and whole.topic == "fees"


@pytest.mark.parametrize(("words", "asked"), [("newest", Asked.LAST), ("oldest", Asked.FIRST), ("best", None)])
def test_first_and_last_need_a_word_that_says_which(words, asked):
    whole = whole_heard(f"the {words} one", heard("first_last", 0.99))
    assert (whole and whole.asked) is asked


def test_what_was_spoken_of_at_an_occasion_is_looked_up(understander):
    for text in ("Were wages discussed at the dinner?", "Was the levy talked about during the visit of the mayor?"):
        whole = understand(text, (), understander).whole
        assert whole is None or whole == understand(text).whole
