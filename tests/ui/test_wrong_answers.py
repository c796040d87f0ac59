"""Answers that a person called wrong: a file of one's own, which is a question set."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace

import pytest

import rag
from rag.errors import RagError
from rag.evaluation.run import evaluate, read_rows
from rag.index.layout import Layout
from rag.index.manage import forget
from rag.types import Answer, Answered, Timings
from ui.page.actions import Actions
from ui.page.conversation import Conversation
from ui.page.turn import Turn
from ui.wrong_answers import write_down, wrong_answer

TEXT = "The mill at Torby was built in 1802 by Jens Holt. It grinds rye for four bakeries."


@pytest.fixture
def assistant(tmp_path, embedder):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "mill.txt").write_text(TEXT, "utf-8")
    rag.build_index([tmp_path / "articles"], tmp_path / "index", embedder=embedder)
    return rag.Assistant(tmp_path / "index", embedder=embedder)


def asked(assistant, question):
    return next(e for e in assistant.stream(question) if isinstance(e, Answered))


def test_what_is_written_down_is_read_by_eval(assistant):
    said = asked(assistant, "When was the mill built?")
    file = write_down(wrong_answer(said.answer, (), None, said.trace), assistant.index_dir)
    nothing = asked(assistant, "Who owns the harbour?")
    assert write_down(wrong_answer(nothing.answer, (said.answer,), ["mill.txt"], ()), assistant.index_dir) == file
    rows = read_rows(file)
    assert [r.question for r in rows] == ["When was the mill built?", "Who owns the harbour?"]
    assert rows[1].history == ("When was the mill built?",)
    assert [r.score.right for r in evaluate(rows, assistant)] == [False, False], "they are answered as before"
    assert said.trace and said.trace[0][1] in file.read_text("utf-8")


def test_another_answer_counts_as_right(assistant):
    said = asked(assistant, "When was the mill built?")
    other = replace(said.answer, text="Something else [1]")
    file = write_down(wrong_answer(other, (), None, ()), assistant.index_dir)
    assert [r.score.right for r in evaluate(read_rows(file), assistant)] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are told otherwise there")
def test_only_its_owner_reads_it(assistant):
    said = asked(assistant, "When was the mill built?")
    file = write_down(wrong_answer(said.answer, (), None, ()), assistant.index_dir)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_forget_deletes_it(assistant):
    said = asked(assistant, "When was the mill built?")
    file = write_down(wrong_answer(said.answer, (), None, ()), assistant.index_dir)
    forget(assistant.index_dir)
    assert not file.exists()


def test_a_folder_that_cannot_be_written_says_so(assistant, tmp_path):
    said = asked(assistant, "When was the mill built?")
    with pytest.raises(RagError, match="cannot be written"):
        write_down(wrong_answer(said.answer, (), None, ()), tmp_path / "nowhere")


def test_the_page_writes_a_turn_down_once_and_says_where(assistant):
    said = asked(assistant, "When was the mill built?")
    conversation = Conversation.of([Turn(0, said.answer.question, None).after(said)])
    assert "Wrong answer" in conversation.current_html()
    actions = Actions(assistant)
    assert actions.report(conversation, 0)
    assert not actions.report(conversation, 0) and not actions.report(conversation, 7)
    assert len(read_rows(Layout(assistant.index_dir).wrong_answers)) == 1
    assert "wrong-answers.jsonl" in conversation.current_html() and "Wrong answer<" not in conversation.current_html()


def test_what_a_follow_up_was_taken_for_is_shown():
    turn = Turn(0, "And the mill?", None)
    said = Answer(
        "And the mill?",
        "When was the mill built?",
        "answered",
        "x",
        (),
        (),
        None,
        "extractive",
        Timings(0, None, None, 0),
    )
    shown = str(turn.after(Answered(said)).html())
    assert "Asked as: When was the mill built?" in shown and 'data-act="reword"' in shown
    same = replace(said, standalone_question="and the mill")
    assert "Asked as" not in str(turn.after(Answered(same)).html())
    assert "Asked: all articles" in shown
