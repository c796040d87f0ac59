"""Which questions only all articles together answer, and what they ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.collection import WholeQuestion, whole_question
from rag.asking.phrasing import Asked

X = "sanctions"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which articles mention sanctions?", WholeQuestion(Asked.WHICH, X)),
        ("Which of these articles never mention sanctions?", WholeQuestion(Asked.WHICH, X, negated=True)),
        ("In which articles are sanctions not mentioned?", WholeQuestion(Asked.WHICH, X, negated=True)),
        ("List every article that mentions sanctions", WholeQuestion(Asked.WHICH, X)),
        ("And how many mention sanctions?", WholeQuestion(Asked.HOW_MANY, X)),
        ("How many of the articles don’t mention sanctions at all?", WholeQuestion(Asked.HOW_MANY, X, negated=True)),
        ("In how many articles is NATO mentioned?", WholeQuestion(Asked.HOW_MANY, "NATO")),
        ("Which articles mention Putin but not Trump?", WholeQuestion(Asked.WHICH, "Putin", "Trump")),
        ("Which texts talk about Putin without mentioning Trump?", WholeQuestion(Asked.WHICH, "Putin", "Trump")),
        ("Do any articles mention sanctions?", WholeQuestion(Asked.ANY, X)),
        ("Are sanctions mentioned in any article?", WholeQuestion(Asked.ANY, X)),
        ("Do all articles mention sanctions?", WholeQuestion(Asked.EVERY, X)),
        ("How often are sanctions mentioned in the articles?", WholeQuestion(Asked.HOW_OFTEN, X)),
        ("How many sentences mention sanctions?", WholeQuestion(Asked.HOW_OFTEN, X)),
        ("Show me all mentions of sanctions.", WholeQuestion(Asked.EVERY_MENTION, X)),
        ("Which article mentions sanctions the most?", WholeQuestion(Asked.MOST, X)),
        ("Which article is the first to mention sanctions?", WholeQuestion(Asked.FIRST, X)),
        ("What is the most recent article about sanctions?", WholeQuestion(Asked.LAST, X)),
        ("Who is quoted?", WholeQuestion(Asked.QUOTED)),
        ("Who isn't quoted in the articles?", WholeQuestion(Asked.NOT_QUOTED)),
        ("How many articles are there?", WholeQuestion(Asked.TOTAL)),
        ("What does a.txt report that b.txt leaves out?", WholeQuestion(Asked.LEFT_OUT, articles=("a.txt", "b.txt"))),
        ("What does b.txt leave out that a.txt reports?", WholeQuestion(Asked.LEFT_OUT, articles=("a.txt", "b.txt"))),
        ("What was not discussed?", WholeQuestion(Asked.UNSAID, kinds=("declined", "not discussed"))),
        ("Which questions are still open?", WholeQuestion(Asked.UNSAID, kinds=("undecided", "unknown", "not yet"))),
        ("List everything that was not decided", WholeQuestion(Asked.UNSAID, kinds=("undecided",))),
        ("Who refused to comment?", WholeQuestion(Asked.UNSAID, kinds=("declined",))),
        ("Where do a.txt and b.txt differ?", WholeQuestion(Asked.DIFFERENT, articles=("a.txt", "b.txt"))),
    ],
)
def test_what_is_asked(question, expected):
    assert whole_question(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What was not discussed about the fares?",
        "What was not repaired?",
        "How many names are on the rota?",
        "Which names are on the rota?",
        "How many articles did she write?",
        "Which articles of the constitution were changed?",
        "Which report was released?",
        "How many people mention sanctions?",
        "Was it mentioned?",
        "Which articles mention that the mayor of the town on the river was seen with the man who had sold him the boat?",
        "Who said that sanctions work?",
        "How many stories does the building have?",
    ],
)
def test_questions_that_look_something_up(question):
    assert whole_question(question) is None


@given(st.text(max_size=300))
def test_any_text_is_one_or_the_other(text):
    found = whole_question(text)
    assert found is None or found.asked in Asked
