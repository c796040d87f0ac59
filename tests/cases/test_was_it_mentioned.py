"""Whether something was mentioned is counted, in whatever words it is asked."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("question", "sources", "quote"),
    [
        ("Was NATO mentioned?", (), "NATO sent two observers."),
        ("Does the article mention NATO?", ("t.txt",), "NATO sent two observers."),
        ("Do the articles mention NATO?", (), "NATO sent two observers."),
        ("Is Paul Brandt mentioned in the article?", ("s.txt",), "Paul Brandt, said"),
        ("Does any article mention NATO?", (), "NATO sent two observers."),
        ("So, is there a single word on the blockade in any of this?", (), "criticised the blockade"),
        ("I was asked to find out whether Ana Lopes comes up.", (), "Ana Lopes in Riyadh"),
        ("Before I file these: do the texts touch on the ceasefire?", (), "They agreed on a ceasefire"),
        ("Was the ceasefire talked about?", (), "They agreed on a ceasefire"),
        ("Is there anything about the port in t.txt?", (), "blockade of the port"),
    ],
)
def test_yes_with_the_sentence(case, question, sources, quote):
    answer = case("was-x-mentioned").ask(question, *sources)
    assert answer.status == "answered" and answer.text.startswith("Yes")
    assert any(quote in c.quote for c in answer.citations)


def test_where(case):
    answer = case("was-x-mentioned").ask("Where is Paul Brandt mentioned?")
    assert answer.status == "answered" and [c.source for c in answer.citations] == ["s.txt"]


@pytest.mark.parametrize(
    "question", ["Were sanctions discussed?", "Were sanctions mentioned?", "Did sanctions come up?"]
)
def test_what_is_said_not_to_have_been_discussed(case, question):
    answer = case("was-x-mentioned").ask(question)
    assert answer.status == "answered" and answer.text.startswith("No")
    assert [c.stance for c in answer.claims] == ["denied"]
    assert "sanctions was not discussed" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Was UNESCO mentioned?", "Anything on UNESCO?", "Do they ever touch on UNESCO?"])
def test_no_with_the_proof(case, question):
    answer = case("was-x-mentioned").ask(question)
    assert answer.status == "not_mentioned" and answer.text == "No: the 2 articles don’t mention “UNESCO”."
    assert [(t.term, t.exact, t.variant) for t in answer.absence.topics] == [("UNESCO", 0, 0)]
    assert answer.absence.searched.sentences == 11


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Is NATO mentioned more than once?", "No"),
        ("Is Riyadh mentioned at least once?", "Yes"),
        ("Is the union mentioned at least twice?", "Yes"),
        ("Is Marwick mentioned in more than one article?", "No"),
        ("Isn't NATO mentioned?", "Yes"),
        ("Is it true that NATO is not mentioned?", "No"),
        ("Can you confirm that UNESCO is not mentioned in the texts?", "Yes"),
    ],
)
def test_how_often_at_least_and_whether_not(case, question, lead):
    assert case("was-x-mentioned").ask(question).text.startswith(f"{lead}: ")


@pytest.mark.parametrize(
    "question",
    [
        "Does the article mention how many took part?",
        "Is it mentioned when the strike began?",
        "Do the articles mention it?",
    ],
)
def test_the_questions_own_words_are_no_topic(case, question):
    answer = case("was-x-mentioned").ask(question)
    for word in ("mention", "article"):
        assert f"“{word}" not in answer.text
        assert not answer.absence or all(word not in t.term.lower() for t in answer.absence.topics)


def test_it_is_what_was_asked_before(case):
    _, answer = case("was-x-mentioned").chat("Was the blockade mentioned?", "And was it discussed?")
    assert "blockade" in answer.text and answer.status == "answered"


def test_commands_agree_with_the_answer(case):
    here = case("was-x-mentioned")
    for topic in ("NATO", "sanctions", "Marwick", "ceasefire", "Unesco", "strikes"):
        found = here.assistant.mentions(topic)
        row = here.assistant.coverage([topic]).rows[0]
        answer = here.ask(f"Was “{topic}” mentioned?")
        assert {c.source for c in row.cells if c.count} == set(found.sources) == {c.source for c in answer.citations}
        assert (answer.status == "not_mentioned") == (not found.articles)
