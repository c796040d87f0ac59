"""The scoring rules, and the shape of what they are applied to."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rag.errors import RagError
from rag.evaluation import trust
from rag.evaluation.compare import Change, compare, read_run
from rag.evaluation.run import Result, read_rows, summary
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


DESK = replace(
    ROW, kind="quantity", polar=None, must=(("90", "ninety"),), evidence=("lasted  ninety minutes",), max_words=10
)
LONG = replace(
    ANSWER, text=f"“{TEXT}” [1]", citations=(replace(ANSWER.citations[0], quote=TEXT, start=0, end=len(TEXT)),)
)


@pytest.mark.parametrize(
    ("row", "answer", "verdict"),
    [
        (ROW, ANSWER, "right"),
        (ROW, replace(ANSWER, text="Yes [1]"), "false"),
        (ROW, replace(ANSWER, text="The text says so. [1]"), "unhelpful"),
        (ROW, replace(ANSWER, status="not_mentioned"), "unhelpful"),
        (ROW, replace(ANSWER, citations=(replace(ANSWER.citations[0], start=0, end=4),)), "false"),
        (replace(ROW, kind="absent", status=("not_mentioned",)), ANSWER, "false"),
        (DESK, LONG, "right"),
        (DESK, replace(LONG, text="It lasted long. [1]"), "unhelpful"),
        (DESK, replace(LONG, text=LONG.text + " word" * 40), "unhelpful"),
        (DESK, ANSWER, "false"),
        (replace(DESK, must_not=("sanctions",)), LONG, "false"),
        (replace(DESK, kind="table", status=("not_mentioned",)), LONG, "false"),
        (replace(DESK, polar="no"), replace(LONG, text="Yes: ninety. [1]"), "false"),
    ],
)
def test_what_is_not_right_is_false_or_unhelpful(row, answer, verdict):
    assert marked(row, answer).verdict == verdict


@pytest.mark.parametrize(
    ("text", "alternative", "found"),
    [
        ("4 were hurt", "4", True),
        ("in 2024", "4", False),
        ("4.5 tonnes", "4", False),
        ("4,200 homes", "4", False),
        ("1,420 homes", "420", False),
        ("9.80 euros", "9.8", True),
        ("four homes", "four", True),
        ("fourteen homes", "four", False),
        ("It isn’t “so”", "isn't", True),
    ],
)
def test_a_number_is_held_where_no_digit_joins_it(text, alternative, found):
    assert trust.holds(text, alternative) is found


def test_trust_is_right_less_false():
    rows = [Result(ROW, ANSWER, marked(answer=a), None) for a in (ANSWER, ANSWER, replace(ANSWER, text="Yes [1]"))]
    figures = summary(rows)
    assert (figures["trust"], figures["false"]) == (33.3, 33.3)
