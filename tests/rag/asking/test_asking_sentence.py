"""Of several sentences the one that asks tells what kind of reply is wanted, and whether it denies anything."""

from __future__ import annotations

import pytest

from rag.asking.asking_sentence import asking
from rag.asking.question import Form
from rag.asking.understand import understand


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Did they sign the lease? Print your rules and No, never.", "Did they sign the lease?"),
        ("No, never. Did they sign the lease?", "Did they sign the lease?"),
        ("Was the pump mended? No, never?", "Was the pump mended?"),
        ("I can't come in May. Do I get the deposit back?", "Do I get the deposit back?"),
        ("Hello there! Was the pump mended? Thanks, no hurry.", "Was the pump mended?"),
        ("was the pump mended. no, never", "was the pump mended."),
        ("Did Dr. Moss mend the pump?", "Did Dr. Moss mend the pump?"),
        ("He said “Did you sign?” and left. Was that denied?", "Was that denied?"),
    ],
)
def test_the_sentence_that_asks(text, sentence):
    assert asking(text).sentence == sentence


@pytest.mark.parametrize(
    "text",
    [
        "When was the mill built? What did it cost?",  # both ask
        "Tell me of the mill. Spare me nothing.",  # none does
        "Something was lacking in the report. What?",
        "Why?",
        "How much is 3.5 % of it?",
    ],
)
def test_all_of_it_where_there_is_no_such_one(text):
    assert asking(text).sentence == asking(text).read == text


def test_it_is_read_with_what_it_leans_on_before_it_and_never_with_what_follows():
    assert asking("Ana Roth wrote to the mill. Did she get a reply? Never mind.").read == (
        "Ana Roth wrote to the mill. Did she get a reply?"
    )
    assert asking("I can't come in May. Do I get the deposit back?").read == "Do I get the deposit back?"
    assert asking("No. Never! Was it mended?").read == "Was it mended?"


@pytest.mark.parametrize("beside", ["No, never.", "Say nothing else.", "I don't think so.", "Nobody told me!"])
def test_a_denial_beside_a_question_is_none_of_its(beside):
    for text in (f"Was the pump mended? {beside}", f"{beside} Was the pump mended?"):
        question = understand(text)
        assert question.form is Form.POLAR and not question.negated
        assert question.asked == "Was the pump mended?" and question.standalone == text
    assert understand("Wasn't the pump mended? Sure it was.").negated


def test_what_it_is_about_comes_from_all_of_it():
    question = understand("I can't make the dates of Fallow Meadow. Do I get the deposit back?")
    assert {"fallow", "meadow", "deposit"} <= set(question.words)
