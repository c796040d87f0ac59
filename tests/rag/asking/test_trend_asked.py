"""Which questions ask how a figure went, and after what is newest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.latest_asked import latest_asked
from rag.asking.trend_asked import trend_asked


@pytest.mark.parametrize(
    ("question", "what", "direction", "side"),
    [
        ("Did the number of kilns rise between 2019 and 2023?", "number of kilns", "up", "between"),
        ("Has the price of clay fallen since 2021?", "price of clay", "down", "since"),
        ("Has the waiting list grown?", "waiting list", "up", None),
        ("How has the number of potters changed?", "number of potters", None, None),
        ("Is the fee higher than in 2022?", "fee", "up", "since"),
        ("Did our rent go up?", "rent", "up", None),
        ("Has the deposit changed this year?", "deposit", "changed", "in"),
    ],
)
def test_how_a_figure_went(question, what, direction, side):
    asked = trend_asked(question)
    assert asked is not None and (asked.what, asked.direction) == (what, direction)
    assert (asked.limit.side if asked.limit else None) == side


@pytest.mark.parametrize(
    "question",
    ["Did the roof fall in?", "Did Ann Lee rise to speak?", "By how much did the fee rise?", "What fell?", "Who rose?"],
)
def test_other_questions_are_no_trend(question):
    assert trend_asked(question) is None


def test_that_it_stayed_the_same_is_asked():
    asked = trend_asked("Has the fee stayed the same?")
    assert asked is not None and asked.unchanged


@pytest.mark.parametrize(
    ("question", "topic", "side", "before"),
    [
        ("What's the latest on the kiln?", "kiln", None, False),
        ("What is the latest news about the clay pit?", "clay pit", None, False),
        ("Latest on the kiln", "kiln", None, False),
        ("What is new on the kiln?", "kiln", None, False),
        ("Any news on the kiln?", "kiln", None, False),
        ("What is new since March?", "", "since", False),
        ("What is new on the kiln since March 2024?", "kiln", "since", False),
        ("What has changed about the kiln since March 2024?", "kiln", "since", True),
        ("What changed since the report of March?", "", "since", True),
    ],
)
def test_what_is_newest(question, topic, side, before):
    asked = latest_asked(question)
    assert asked is not None and (asked.topic, asked.before) == (topic, before)
    assert (asked.limit.side if asked.limit else None) == side


@pytest.mark.parametrize(
    "question",
    [
        "Which is the latest article about the kiln?",
        "What's new?",
        "What is the latest of the documents?",
        "What is the latest of the minutes?",
        "What is the latest report on the kiln?",
        "What is new in version 2.0?",
        "What is the new kiln?",
        "What happened since March?",
        "Who lit the newest kiln?",
    ],
)
def test_other_questions_ask_for_no_news(question):
    assert latest_asked(question) is None


@given(st.text(max_size=160))
def test_no_question_breaks_them(text):
    trend_asked(text)
    latest_asked(text)
