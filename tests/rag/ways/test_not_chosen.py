"""Who was chosen, where nobody was: the denial is told, and not who had offered."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.assistant import Assistant
from rag.index.build import build_index
from rag.settings import Settings

ROOF = """Parochial church council, minutes of 4 March

1. Welcome
The chair welcomed Mrs Ebdon.

2. Repair of the tower
Two masons have tendered for the tower: Gribble & Daughter at £41,000 and Stonecraft Ltd at £38,500. {}
The work is to begin after Whitsun.

3. Flowers
Miss Quill will do the flowers in April."""
LEFT = "The council appointed neither of them, since the grant has not come."
OPEN = "The choice between them was put off to the meeting in May."
TAKEN = "The council chose Gribble & Daughter, although they are dearer."


@pytest.fixture
def ask(tmp_path):
    def ask(end: str, question: str):
        (tmp_path / "minutes.txt").write_text(ROOF.format(end), "utf-8")
        build_index([tmp_path], tmp_path / ".index", embedder=TinyEmbedder())
        embedder = TinyEmbedder()
        return Assistant(tmp_path / ".index", embedder=embedder, reader=None, settings=Settings(draft=False)).ask(
            question
        )

    return ask


@pytest.mark.parametrize("end", [LEFT, OPEN])
@pytest.mark.parametrize("question", ["Which mason was chosen?", "Which mason got the contract for the tower?"])
def test_that_nobody_was_is_the_answer(ask, question, end):
    answer = ask(end, question)
    assert answer.status == "answered"
    assert end in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Which mason was chosen?", "Which mason got the contract for the tower?"])
def test_where_one_was_no_denial_is_told(ask, question):
    assert "denied" not in {c.stance for c in ask(TAKEN, question).claims}


@pytest.mark.parametrize("question", ["Which organist was appointed?", "Which mason mends the tower?"])
def test_a_denial_about_another_matter_is_none(ask, question):
    answer = ask(LEFT, question)
    assert LEFT not in answer.text or "denied" not in {c.stance for c in answer.claims}
