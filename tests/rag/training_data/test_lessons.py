"""Lessons: what is shown, what is answered, and what makes none."""

from __future__ import annotations

from models.training.examples import Example
from rag.answering.prompts import NOT_STATED
from rag.training_data.lessons import lessons

MILL = "Tarnow is old. The mill of Tarnow closed in May 1981, which surprised its owner. Nobody lives there."
LONG = (
    "The old mill of Tarnow ground the corn of all farmers between the two rivers and the sea and of all the "
    "bakers of the three towns beside them."
)


def example(question, passage, answer, label="span"):
    at = passage.index(answer)
    return Example("question", question, passage, label, ((at, at + len(answer)),), "squad", "squad:Mill")


def made(*examples, near=None):
    return list(lessons(examples, near or {}, seed=1))


def test_a_question_is_answered_by_a_piece_with_the_id_of_its_sentence():
    (lesson,) = made(example("When did the mill of Tarnow close?", MILL, "May 1981"))
    shown = lesson.messages[-1].content.splitlines()
    place = next(n for n, line in enumerate(shown, start=1) if "1981" in line)
    assert lesson.completion == f"The mill of Tarnow closed in May 1981. [s{place}]"
    passage = "However, the mill of Tarnow was closed because of the flood, which surprised its owner."
    (lesson,) = made(example("Why was the mill of Tarnow closed?", passage, "because of the flood"))
    assert lesson.kind == "squad shortened"
    assert lesson.completion == "The mill of Tarnow was closed because of the flood. [s1]"


def test_a_long_sentence_is_not_repeated_whole():
    assert made(example("Why was the mill of Tarnow old?", LONG, "the three towns")) == []


def test_sentences_are_shown_as_in_use():
    passage = "The mill of Tarnow is closed. But the mill of Tarnow was sold to Ada Lund in May."
    (lesson,) = made(example("Who was the mill of Tarnow sold to?", passage, "Ada Lund"))
    assert "] The mill of Tarnow was sold" in lesson.messages[-1].content


def test_a_denial_is_answered_no_with_its_reason():
    passage = "The mill of Tarnow was not sold."
    (lesson,) = made(example("Was the mill of Tarnow sold?", passage, passage, label="no"))
    assert (lesson.kind, lesson.completion) == ("squad no", "No: The mill of Tarnow was not sold. [s1]")


def test_what_the_passage_does_not_tell_is_said_to_be_missing():
    absent = Example("question", "Who built the mill of Tarnow?", MILL, "absent", (), "squad", "squad:Mill")
    (lesson,) = made(absent)
    assert (lesson.kind, lesson.completion) == ("squad absent", NOT_STATED)


def test_claims_and_answers_that_share_nothing_with_their_question_make_none():
    claim = Example("claim", "The mill closed.", MILL, "supports", (), "wice", "wice:1")
    far = example("What do economists call a downturn?", MILL, "Tarnow is old")
    assert made(claim, far) == []


def test_what_rests_on_several_sentences_is_told_from_the_one_that_says_most():
    spoken = "The mill closed. It was the flood of 1981 that closed the mill of Tarnow, people say."
    span = (0, len(spoken))
    asked = "What closed the mill of Tarnow?"
    told = Example("question", asked, spoken, "span", (span,), "onestopqa", "onestopqa:mill.txt", answer="Water")
    (lesson,) = made(told)
    assert "flood of 1981" in lesson.completion
