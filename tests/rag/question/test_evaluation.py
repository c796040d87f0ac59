"""The scoring rules, and the shape of what they are applied to."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rag.errors import RagError
from rag.evaluation.compare import Change, compare, read_run
from rag.evaluation.run import read_rows
from rag.evaluation.score import Row, fabricated, holds, score
from rag.types import Answer, Citation, Claim, Span, Timings

TEXT = "The call lasted ninety minutes. Sanctions were not discussed."
QUOTE = "Sanctions were not discussed."
AT = TEXT.index(QUOTE)
ROW = Row(
    "1",
    "a.txt",
    "Were sanctions discussed?",
    "yesno-denial",
    ("answered",),
    (("not",),),
    ("yes",),
    "no",
    ("not discussed",),
)
ANSWER = Answer(
    question=ROW.question,
    standalone_question=ROW.question,
    status="answered",
    text=f"No: “{QUOTE}” [1]",
    claims=(Claim(f"No: “{QUOTE}” [1]", (1,), "quoted", "denied"),),
    citations=(Citation(1, "a.txt", None, QUOTE, AT, AT + len(QUOTE), 0.9, Span(AT, AT + 3)),),
    absence=None,
    model="extractive",
    timings=Timings(0.1, 0.1, None, 0.1),
)


def marked(row=ROW, answer=ANSWER):
    return score(row, answer, lambda _: TEXT)


def test_a_right_answer():
    result = marked()
    assert result.right and (result.quotes, result.exact, result.relevant) == (1, 1, 1)


@pytest.mark.parametrize(
    "answer",
    [
        replace(ANSWER, text="Yes [1]"),
        replace(ANSWER, status="not_mentioned"),
        replace(ANSWER, text=ANSWER.text + " word" * 90),
        replace(ANSWER, citations=(replace(ANSWER.citations[0], start=0, end=4),)),
        replace(ANSWER, citations=ANSWER.citations * 5),
    ],
)
def test_wrong_answers(answer):
    assert marked(answer=answer).right is False


def test_absent_is_right_only_when_not_mentioned():
    row = replace(ROW, kind="absent")
    assert marked(row).right is False
    assert marked(row, replace(ANSWER, status="not_mentioned")).right


@pytest.mark.parametrize(
    ("text", "alternative", "found"),
    [
        ("It is not so.", "not", True),
        ("It is noted.", "not", False),
        ("It wasn’t so.", "n't", True),
        ("Criticised by all", "critic", True),
        ("uncritical", "critic", False),
        ("No, never", "no,", True),
    ],
)
def test_alternatives(text, alternative, found):
    assert holds(text.replace("’", "'").lower(), alternative) is found


def test_numbers_and_names_from_nowhere_are_fabrications():
    assert fabricated(ANSWER) == ()
    assert fabricated(replace(ANSWER, text="The call with Macron took 15 minutes. [1]")) == ("Macron", "15")


def test_answers_survive_json():
    assert Answer.from_dict(json.loads(json.dumps(ANSWER.to_dict()))) == ANSWER


def test_two_runs_are_compared_answer_by_answer(tmp_path):
    before = {"answers": {"a": {"right": True}, "b": {"right": False}, "c": {"right": True}, "d": {"right": None}}}
    after = {"answers": {"a": {"right": False}, "b": {"right": True}, "c": {"right": True}, "e": {"right": True}}}
    assert compare(before, after) == Change(better=("b",), worse=("a",))
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"set.jsonl": before}))
    assert read_run(path)["set.jsonl"] == before
    path.write_text('{"set.jsonl": {}}')
    with pytest.raises(RagError, match="no run"):
        read_run(path)


def test_a_line_that_is_no_question_is_named(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "1"}\n')
    with pytest.raises(Exception, match="Line 1"):
        read_rows(path)
