"""Pronouns in a conversation stand for whom the last answer named."""

from __future__ import annotations


def test_she_is_whom_the_answer_named(case):
    asked = case("follow-up-pronouns")
    mayor, comment = asked.chat("Who is the mayor of Marwick?", "Did she comment?")
    assert comment.standalone_question == "Did Ruth Oster comment?"
    assert not comment.text.startswith("Yes") and "refused to comment" in comment.text


def test_he_is_whom_the_question_named(case):
    *_, minister = case("follow-up-pronouns").chat("Who is Karl Weber?", "Is he a minister?")
    assert minister.standalone_question == "Is Karl Weber a minister?"
    assert minister.status == "answered" and "Foreign minister Karl Weber" in minister.text


def test_he_is_whom_the_answer_named(case):
    *_, said = case("follow-up-pronouns").chat("Who leads the union?", "What did he say?")
    assert said.standalone_question == "What did Paul Brandt say?"
    assert said.status == "answered" and "1,250 workers" in said.text


def test_they_are_all_whom_the_answer_named(case):
    *_, agreed = case("follow-up-pronouns").chat("Who met in Riyadh?", "What did they agree on?")
    assert {"Weber", "Lopes"} <= set(agreed.standalone_question.replace("?", "").split())
    assert "ceasefire" in agreed.text
