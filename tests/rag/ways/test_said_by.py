"""All that somebody said, and who said a thing."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.answering.quote import Quote
from rag.answering.who_said import with_speaker
from rag.asking.said_by import SaidBy, asks_who_said, said_about_a_thing, said_by, said_by_whom
from rag.asking.understand import understand
from rag.assistant import Assistant
from rag.index.build import build_index
from rag.index.reader import Index
from rag.settings import Settings

FILES = {
    "weir.txt": "The weir\n\n“The weir will hold,” said Ada Brandt. “It is of oak,” she added. Ola Krog said he doubted it.\n",
    "mill.txt": "The mill\n\nAda Brandt told reporters that the mill grinds rye. The miller keeps geese.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("said")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return folder / ".index"


@pytest.fixture(scope="module")
def assistant(folder):
    return Assistant(folder, embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Everything Ada Brandt said about the weir", SaidBy("Ada Brandt", "the weir")),
        ("Show me all that the mayor has said.", SaidBy("the mayor", "")),
        ("List all quotes by Krog on oak", SaidBy("Krog", "oak")),
        ("What all did Brandt say?", SaidBy("Brandt", "")),
        ("What did Brandt say about the weir?", None),
        ("Is everything said?", None),
        ("Who said everything was lost?", None),
    ],
)
def test_whose_words_are_wanted(question, wanted):
    assert said_by(question) == wanted


def test_every_sentence_of_a_person_is_quoted(assistant):
    answer = assistant.ask("Everything Brandt said")
    assert answer.text.startswith("Ada Brandt is quoted in 3 sentences of 2 articles: ")
    assert [c.quote for c in answer.citations] == [
        "Ada Brandt told reporters that the mill grinds rye.",
        "“The weir will hold,” said Ada Brandt.",
        "“It is of oak,” she added.",
    ]


def test_only_what_a_person_said_of_a_thing(assistant):
    answer = assistant.ask("Everything Ada Brandt said about the mill")
    assert [c.quote for c in answer.citations] == ["Ada Brandt told reporters that the mill grinds rye."]


def test_nobody_is_made_to_speak(assistant):
    assert "is quoted" not in assistant.ask("Everything Ole Pett said").text


def test_who_said_it_is_told_where_the_quote_says_only_she(folder):
    index = Index.open(folder)
    sentence = next(s for s in index.article_sentences("weir.txt") if "oak" in s.text)
    quote = Quote((sentence,), None, sentence.text, 0.9, "stated", sentence)
    question = "Who said that the weir is of oak?"
    assert asks_who_said(question)
    assert with_speaker(understand(question), [quote], index)[0].told == "Ada Brandt: ““It is of oak,” she added.”"
    assert not with_speaker(understand("What is the weir made of?"), [quote], index)[0].told


RADIO = (
    "HARBOUR RADIO, 3 June 2025\nA talk with Ines Dahl, keeper of the lighthouse, by Otto Falk\n\n"
    "FALK: Does the lamp still turn?\n\nDAHL: The lamp has turned every night since 1911. A storm broke one pane.\n\n"
    "FALK: And the goats?\n\nDAHL: The goats belong to my sister. They eat whatever the visitors leave behind.\n"
)


def test_what_was_said_about_a_thing_and_by_whom():
    assert said_about_a_thing("What did the keeper say about the goats?") == SaidBy("the keeper", "the goats")
    assert said_about_a_thing("What did the keeper eat?") is None
    assert said_by_whom("Who said that the lamp turns every night?") == "the lamp turns every night"
    assert said_by_whom("Who turned the lamp?") is None


def test_words_of_a_turn_are_found_though_the_reader_is_in_doubt(written):
    _, assistant = written(radio=RADIO)
    about = assistant.ask("What did Dahl say about the goats?")
    assert about.status == "answered" and "The goats belong to my sister." in about.citations[0].quote
    who = assistant.ask("Who said the goats eat whatever the visitors leave behind?")
    assert who.status == "answered" and "Ines Dahl" in who.text
    assert "leave behind" in who.citations[0].quote
    assert assistant.ask("What did Dahl say about whales?").status == "not_mentioned"
    assert assistant.ask("Who said that the whales are blue?").status == "not_mentioned"
