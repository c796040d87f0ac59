"""Yes and No under negation, exceptions, idioms and conditionals; denials in other words than "not"."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "Was the bank sold?",
        "Was Bangladesh invited to the summit?",
        "Did the band play in Marwick?",
        "Was the failing school closed?",
    ],
)
def test_words_that_look_like_negation(case, question):
    answer = case("negation-ban-words").ask(question)
    assert answer.text.startswith("No")


@pytest.mark.parametrize(
    "question",
    [
        "Were sanctions discussed?",
        "Was the status of Crimea discussed?",
        "Did the governor come?",
        "Was the treaty signed?",
        "Did the mayor call?",
    ],
)
def test_two_negators_in_a_clause(case, question):
    answer = case("negation-neither-nor").ask(question)
    assert answer.text.startswith("No")


@pytest.mark.parametrize(
    "question",
    [
        "Were the talks friendly?",
        "Is the plan finished?",
        "Was the dam repaired?",
        "Did the mayor resign?",
        "Does the firm still produce cranes?",
        "Was the bishop invited?",
        "Did the ministers discuss oil?",
    ],
)
def test_idioms_and_what_would_have_been(case, question):
    answer = case("negation-idioms-conditionals").ask(question)
    assert answer.status == "answered"
    assert answer.text.startswith(("No", "Undecided", "The text says"))


@pytest.mark.parametrize("source", ["d0.txt", "d1.txt", "d2.txt", "d3.txt", "d4.txt"])
def test_what_was_not_discussed_in_other_words(case, source):
    answer = case("denial-phrases-missed").ask("Were sanctions discussed?", source)
    assert answer.status == "answered" and answer.text.startswith("No")
    assert "anctions" in answer.citations[0].quote
