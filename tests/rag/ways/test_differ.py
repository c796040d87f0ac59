"""Whether documents agree, asked of small articles that differ, agree or speak of other things."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.differ_asked import disagreement
from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

FILES = {
    "first.md": "---\ndate: 2024-03-02\n---\n# First report\n\nThe weir at Olden was built in 1911 of oak.\n\nThe miller keeps geese.\n",
    "second.md": "---\ndate: 2024-05-09\n---\n# Second report\n\nThe weir at Olden was built in 1921.\n\nIt needs two new gates.\n",
    "third.md": "# A walk\n\nThe chapel of Olden was painted in 1911 by a sailor.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agree")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    return Assistant(folder / ".index", embedder=TinyEmbedder(), reader=None, settings=Settings(draft=False))


@pytest.mark.parametrize(
    ("question", "about", "polar", "agree"),
    [
        ("Do the reports agree on when the weir was built?", "When the weir was built?", True, True),
        ("Do all the documents give the same price for the oak?", "What is price for the oak?", True, True),
        ("Are there any contradictions about the number of gates?", "What is the number of gates?", True, False),
        ("How do the two reports differ about who built it?", "Who built it?", False, False),
        ("How has the cost of the weir changed?", "What is the cost of the weir?", False, False),
    ],
)
def test_what_is_asked_to_agree(question, about, polar, agree):
    found = disagreement(question)
    assert found is not None
    assert (found.about, found.polar, found.agree) == (about, polar, agree)


@pytest.mark.parametrize(
    "question",
    ["Did the miller agree to the sale?", "Do they agree?", "How did the miller change the weir?", "What differs?"],
)
def test_other_questions_ask_nothing_of_the_kind(question):
    assert disagreement(question) is None


def test_two_years_of_one_thing_differ_and_the_newest_stands_first(assistant):
    found = assistant.ask("Do the reports agree on when the weir at Olden was built?")
    assert found.text.startswith("No: Second report (2024-05-09): ")
    assert [c.source for c in found.citations] == ["second.md", "first.md"]
    for c in found.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote


def test_no_verdict_where_no_year_tells_it(assistant):
    found = assistant.ask("Do the reports agree on the oak of the weir at Olden?")
    assert not found.text.startswith(("No", "Yes"))
