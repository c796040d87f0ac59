"""Whole-corpus questions through the same door as all others, and the contract that holds there."""

from __future__ import annotations

import json

import pytest

import rag
from rag.types import Answered, Evidence, Retrieved


@pytest.fixture(scope="module")
def asked(written):
    _, assistant = written(
        harbour=(
            "The harbour of Tarnmouth was closed by a storm. “It was the worst in years,” said Ada Brandt, the mayor. "
            "Storms often close it. The Tarnmouth Fishing Union (TFU) asked for help."
        ),
        ferry="The ferry to Tarnmouth did not sail. Its captain, Per Olsen, 51, blamed the storm. The TFU was silent.",
        bakery="A bakery opened in Velden. “We sold out,” Mia Roth said. She added: “Bread [1] is back.”",
        school="The school in Velden has a new roof. No storm will reach the pupils, it is hoped.",
    )
    return assistant


def checked(answer: rag.Answer, assistant: rag.Assistant) -> rag.Answer:
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote
        assert f"[{c.n}]" in answer.text
        assert c.answer is None or c.start <= c.answer.start < c.answer.end <= c.end
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert rag.Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer
    assert (answer.absence is None) == (answer.status == "answered") == bool(answer.claims)
    return answer


@pytest.mark.parametrize(
    ("question", "start", "sources"),
    [
        (
            "How many articles mention the storm?",
            "3 of the 4 articles mention “storm”, in 4 of",
            "ferry harbour school",
        ),
        ("Which articles don’t mention Velden?", "2 of the 4 articles don’t mention “Velden”", "ferry harbour"),
        ("Which articles mention Velden but not the storm?", "1 of the 4 articles mentions “Velden” but not", "bakery"),
        ("Which articles mention both Velden and storms?", "1 of the 4 articles mentions both “Velden” and", "school"),
        (
            "Which articles mention ferries or bread?",
            "2 of the 4 articles mention “ferries” or “bread”",
            "bakery ferry",
        ),
        ("Which articles mention neither Velden nor the TFU?", "All 4 articles mention", "bakery ferry harbour school"),
        ("How many mention the Tarnmouth Fishing Union?", "2 of the 4 articles mention “Tarnmouth Fi", "ferry harbour"),
        ("Do any articles mention bread?", "Yes: 1 of the 4 articles mentions “bread”", "bakery"),
        ("Do all articles mention the storm?", "No: 1 of the 4 articles doesn’t mention “storm”", "bakery"),
        ("Which article mentions the storm most?", "“storm” is mentioned most, in 2 sentences", "harbour"),
        ("How often is the storm mentioned?", "“storm” stands 4 times", "ferry harbour school"),
        ("Who is quoted?", "2 people are quoted by name in the 4 articles: ", "bakery harbour"),
        ("Who isn’t quoted?", "1 person is named and not quoted", "ferry"),
    ],
)
def test_counts_cite_every_item(asked, question, start, sources):
    answer = checked(asked.ask(question), asked)
    assert answer.status == "answered" and answer.text.startswith(start), answer.text
    assert {c.source for c in answer.citations} == {f"{s}.txt" for s in sources.split()}


def test_a_pronoun_goes_on_quoting_the_speaker(asked):
    answer = asked.ask("Who is quoted?")
    assert "Ada Brandt [" in answer.text and "Mia Roth (2 sentences) [" in answer.text


def test_every_mention_is_every_sentence(asked):
    answer = checked(asked.ask("List all mentions of the storm"), asked)
    assert len(answer.citations) == 4
    assert "harbour.txt [1][2]" in answer.text
    assert "storm" in asked.document(answer.citations[0].source).text[slice(*_span(answer.citations[0]))].lower()


def _span(citation):
    return citation.answer.start, citation.answer.end


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which articles mention xylophones?", "The 4 articles don’t mention “xylophones”."),
        ("How many articles don’t mention xylophones?", "The 4 articles don’t mention “xylophones”."),
        (
            "Which articles mention the ferry and bread?",
            "None of the 4 articles mentions both “ferry” and “bread”: 1 mentions “ferry”, 1 mentions “bread”.",
        ),
        (
            "Which is the latest article about the storm?",
            "None of the 3 articles that mention “storm” gives a date of its own, so first and last can’t be told.",
        ),
        (
            "Which is the latest article about bread?",
            "The one article that mentions “bread” gives no date of its own, so first and last can’t be told.",
        ),
    ],
)
def test_what_isnt_there_is_said_with_its_search(asked, question, text):
    answer = checked(asked.ask(question), asked)
    assert answer.status == "not_mentioned" and answer.text == text
    assert answer.absence.searched.articles == 4 and answer.absence.searched.sentences == 12
    assert bool(answer.absence.nearest) == ("there" not in question)


def test_dates_decide_first_and_last(tmp_path, embedder):
    for day in ("2021-03-04", "2023-05-06"):
        page = f"<html><head><title>Of {day}</title><meta property='article:published_time' content='{day}'></head>"
        words = "<p>The lighthouse of Skagen was painted again, and the keeper was glad of it.</p>" * 6
        (tmp_path / f"{day}.html").write_text(f"{page}<body><article><h1>Of {day}</h1>{words}</article></body></html>")
    (tmp_path / "undated.txt").write_text("The lighthouse is old.")
    rag.build_index([tmp_path], tmp_path / "index", embedder=embedder)
    assistant = rag.Assistant(tmp_path / "index", embedder=embedder)
    first = checked(assistant.ask("Which is the first article about the lighthouse?"), assistant)
    assert "is of 4 March 2021; 1 give" in first.text and first.citations[0].source == "2021-03-04.html"
    assert assistant.ask("What is the latest article?").citations[0].source == "2023-05-06.html"


def test_the_stream_and_a_follow_up(asked):
    events = list(asked.stream("How many articles mention Velden?"))
    assert [type(e) for e in events] == [Retrieved, Evidence, Answered]
    first = events[-1].answer
    follow = asked.ask("And Tarnmouth?", history=[first])
    assert follow.text.startswith("2 of the 4 articles mention “Tarnmouth”")
    again = asked.ask("Which articles mention bread?", history=[first])
    assert {c.source for c in again.citations} == {"bakery.txt"}


def test_a_scope_is_kept_and_named(asked):
    answer = asked.ask("How many articles mention the storm?", sources=["ferry.txt", "bakery.txt"])
    assert answer.text.startswith("1 of the 2 chosen articles mentions “storm”")
    one = asked.ask("How many sentences in harbour.txt mention the storm?")
    assert "The chosen article mentions" in one.text and len(one.citations) == 1


def test_brackets_in_names_are_no_citations(written):
    _, assistant = written(**{"a [1]": "A storm rose.", "b": "A storm fell."})
    answer = assistant.ask("Which articles mention storms?")
    assert r"a \[1].txt [1]" in answer.text
