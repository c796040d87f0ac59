"""Requests that look nothing up, and questions that name the article they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

import rag
from rag.asking.question import Request
from rag.asking.requests import request_of, summary_topic
from rag.types import Answered, Evidence, Retrieved

SEED = "000_f067fb6896d73582.txt"
CHEESE = (
    "The cheese fair of Aldermoor drew 4,000 visitors. Farmers from the whole valley sold cheese there. "
    "The mayor, Lena Brook, opened the cheese fair with a speech. A goat ate her notes. It rained in the evening."
)


@pytest.mark.parametrize(
    ("question", "request_"),
    [
        ("hi", Request.GREETING),
        ("Hello there!", Request.GREETING),
        ("Thanks a lot.", Request.THANKS),
        ("What can you do?", Request.ABILITIES),
        ("help", Request.ABILITIES),
        ("Summarise this", Request.SUMMARY),
        ("Can you please summarize these articles for me?", Request.SUMMARY),
        ("main points", Request.SUMMARY),
        ("What are the main points of this article?", Request.SUMMARY),
        ("What’s this about?", Request.SUMMARY),
        ("tl;dr", Request.SUMMARY),
        ("Summarise what is said about sanctions", Request.SUMMARY),
        ("Hi, who won?", Request.LOOK_UP),
        ("What was the main point of Trump’s speech?", Request.LOOK_UP),
        ("What does the article say about Crimea?", Request.LOOK_UP),
        ("Who helped them?", Request.LOOK_UP),
        ("What was not discussed?", Request.WHOLE),
        ("What was not discussed in the morning?", Request.LOOK_UP),
        ("What was not paid?", Request.LOOK_UP),
    ],
)
def test_what_is_wanted(question, request_):
    assert request_of(question) is request_


def test_the_topic_of_a_summary():
    assert summary_topic("Tell me about the sanctions.") == "the sanctions"
    assert summary_topic("Summarise the article") is None


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, seed_folder, embedder) -> rag.Assistant:
    folder = tmp_path_factory.mktemp("two")
    (folder / "fair.txt").write_text(CHEESE)
    rag.build_index([seed_folder, folder / "fair.txt"], folder / "index", embedder=embedder)
    return rag.Assistant(folder / "index", embedder=embedder)


@pytest.mark.parametrize("question", ["Hello", "what can you do?"])
def test_a_greeting_claims_nothing(assistant, question):
    events = list(assistant.stream(question))
    assert [type(e) for e in events] == [Retrieved, Evidence, Answered]
    answer = events[-1].answer
    assert (answer.status, answer.claims, answer.citations) == ("not_mentioned", (), ())
    assert "2 articles" in answer.text
    assert answer.absence.topics == answer.absence.nearest == ()


def test_a_summary_is_made_of_the_articles_own_sentences(assistant):
    both = assistant.ask("What are these articles about?")
    assert {c.source for c in both.citations} == {SEED, "fair.txt"}
    one = assistant.ask("Summarise this", sources=["fair.txt"])
    assert 2 <= len(one.citations) <= 3
    assert one.citations[0].quote.startswith("The cheese fair")
    for c in (*both.citations, *one.citations):
        assert assistant.document(c.source).text[c.start : c.end] == c.quote
    assert [c.start for c in one.citations] == sorted(c.start for c in one.citations)


def test_a_summary_of_a_topic_or_of_nothing(assistant):
    about = assistant.ask("Tell me about the sanctions")
    assert about.status == "answered" and "sanctions" in about.text
    nothing = assistant.ask("Summarise what is said about penguins")
    assert nothing.status == "not_mentioned" and nothing.absence.topics


def test_it_is_the_article_that_was_quoted_last(assistant):
    first = assistant.ask("Who opened the cheese fair?")
    assert first.citations[0].source == "fair.txt"
    assert {c.source for c in assistant.ask("Summarise it", history=[first]).citations} == {"fair.txt"}


@pytest.mark.parametrize(
    "question",
    [
        "What was not discussed in the article about Putin and Trump?",
        f"What was not discussed in {SEED}?",
        "In the article on Putin and Trump, what was not discussed?",
    ],
)
def test_a_question_may_name_its_article(assistant, question):
    answer = assistant.ask(question)
    assert answer.status == "answered" and "sanctions" in answer.text
    assert answer.question == question
    assert {c.source for c in answer.citations} == {SEED}


def test_an_article_that_is_not_there_narrows_nothing(assistant):
    assert assistant.ask("Who opened the fair in the article on Bolivia?").status == "not_mentioned"


def test_a_summary_of_many_articles_takes_typical_ones(tmp_path_factory, news_folder, embedder):
    index: Path = tmp_path_factory.mktemp("many") / "index"
    names = ["amazon", "teff", "wnl-mars", "bolivia", "fitness", "richard-iii", "wnl-cuba", "violence"]
    rag.build_index([news_folder / f"{n}.txt" for n in names], index, embedder=embedder)
    answer = rag.Assistant(index, embedder=embedder).ask("Give me an overview of the news")
    assert 2 <= len(answer.citations) <= 4
    assert len({c.source for c in answer.citations}) == len(answer.citations)
