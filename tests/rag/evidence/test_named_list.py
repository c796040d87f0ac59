"""A list is found by what stands above it, and only by that."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.understand import understand
from rag.evidence.named_list import with_named_list
from rag.evidence.weigh import weigh
from rag.index.build import build_index
from rag.index.reader import Index
from rag.index.retrieve import retrieve

FILES = {
    "audit.md": (
        "# Audit of the Halden swimming bath\n\nThe audit took nine days.\n\n## Recommendations\n\n"
        "- Replace the second pump before October.\n- Train every attendant in first aid.\n- Keep the log in ink.\n\n"
        "## Findings\n\n- The gauge was painted over.\n- Nobody had read the manual.\n"
    ),
    "camp.txt": "Rules of the camp\n\nGuests should bring:\n- a lamp;\n- a sheet;\n- sturdy shoes.\n\nThe camp opens in May.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    opened = Index.open(folder / ".index")
    yield opened
    opened.close()


def first(index: Index, words: str) -> str | None:
    embedder, question = TinyEmbedder(), understand(words)
    query = embedder.embed_query(question.standalone)
    passages = retrieve(question.words, query, index, None)
    found = with_named_list(question, weigh(question, query, passages, index, embedder, None), index)
    return found.sentences[0].sentence.text if found.listed else None


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("What does the audit recommend?", "- Replace the second pump before October."),
        ("List the findings of the audit.", "- The gauge was painted over."),
        ("What should guests of the camp bring?", "- a lamp;"),
    ],
)
def test_what_stands_above_a_list_names_it(index, question, item):
    assert first(index, question) == item


@pytest.mark.parametrize(
    "question",
    [
        "How many findings are in the audit?",  # a number
        "What does the mayor recommend to the camp?",  # nobody's list
        "Did the audit recommend a new pump?",
        "When does the camp open?",
        "What is the audit about?",
    ],
)
def test_other_questions_are_left_alone(index, question):
    assert first(index, question) is None
