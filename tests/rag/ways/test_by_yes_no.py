"""Which rows say Yes or No under a column that the question names."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

FILES = {
    "stewards.csv": "Steward,Section,Trained,Radio,Hours\nUlla Brandt,North,yes,no,12\nPeer Lunde,East,no,yes,8\n"
    "Maia Holm,East,no,no,15\nJonas Eide,West,yes,yes,20\n",
    "jars.md": "# Jars in the cellar\n\n| Jar | Year | Sealed |\n|---|---|---|\n| Quince | 2023 | y |\n| Plum | 2022 | n |\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("yes_no")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which stewards aren't trained?", "“Trained” is “no” for: Peer Lunde [1], Maia Holm [2]."),
        ("Which stewards are trained?", "“Trained” is “yes” for: Ulla Brandt [1], Jonas Eide [2]."),
        ("Who has a radio?", "“Radio” is “yes” for: Peer Lunde [1], Jonas Eide [2]."),
        ("Which jars were not sealed?", "“Sealed” is “n” for: Plum [1]."),
    ],
)
def test_the_rows_that_say_so_are_told(assistant, question, text):
    answer = assistant.ask(question)
    assert answer.text == text
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote


@pytest.mark.parametrize(
    "question",
    [
        "Which stewards are trained and have a radio?",
        "Which divers aren't trained?",
        "Which stewards of the north are trained?",
        "How many stewards are trained?",
        "Why aren't all stewards trained?",
        "Who has a whistle?",
    ],
)
def test_what_is_not_sure_is_looked_up_like_anything(assistant, question):
    assert " for: " not in assistant.ask(question).text
