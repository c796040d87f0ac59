"""Topics whose words stand in an article, but not in a row."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.corpus.apart import words_apart
from rag.index.build import build_index
from rag.settings import Settings

FILES = {
    "a.txt": "A barn burned in Olden on Friday. Nobody slept there. The fire was out by noon.\n",
    "b.txt": "Olden has a new school. The barn of Marrow Farm was sold.\n",
    "c.txt": "The bakery of Tarn closed. A fire was lit on the hill.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apart")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), settings=Settings(draft=False))


def test_all_names_and_all_words_but_one_must_be_there(assistant):
    index = assistant.index()
    assert set(words_apart("Olden barn fire", index, None)) == {"a.txt", "b.txt"}  # b lacks the fire alone
    assert set(words_apart("Olden fire", index, None)) == {"a.txt"}
    assert words_apart("Tarn barn school", index, None) == {}  # c has neither barn nor school
    assert words_apart("fire", index, None) == {}
    [hit] = words_apart("Olden barn", index, frozenset({"a.txt"}))["a.txt"]
    assert hit.sentence.text == "A barn burned in Olden on Friday." and hit.surfaces == ("barn", "Olden")


def test_the_answer_says_that_they_are_not_in_a_row(assistant):
    found = assistant.ask("Which articles are about or mention the Olden fire?")
    assert found.text.startswith("1 of the 3 articles holds the words of “Olden fire”, though not in a row")
    assert [c.source for c in found.citations] == ["a.txt"] * len(found.citations)


def test_was_it_mentioned_stays_exact(assistant):
    assert assistant.ask("Was the Olden fire mentioned?").status == "not_mentioned"


def test_how_many_there_are_names_the_first(assistant):
    found = assistant.ask("How many articles are there?")
    assert found.status == "answered" and found.text.startswith("There are 3 articles, with 7 sentences")
    assert [c.source for c in found.citations] == ["a.txt", "b.txt", "c.txt"]
