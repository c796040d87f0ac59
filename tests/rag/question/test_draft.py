"""What the LLM is told to say, how it may say it, and what of that is shown; with a reader and quotes as they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import load_llm, load_reader
from models.grammar import check
from rag.compose import Quote
from rag.draft import brief, parse, with_names
from rag.language.words import content_stems
from rag.prompts import draft_grammar, draft_prompt, learnt_prompt, pointed
from rag.types import Sentence
from rag.understand import understand


def quote_of(*texts: str, best: int = 0, stance="stated") -> Quote:
    whole, sentences = "", []
    for position, text in enumerate(texts):
        start = len(whole) + bool(whole)
        whole = f"{whole} {text}" if whole else text
        sentences.append(Sentence(position, "a.txt", position, start, start + len(text), text))
    return Quote(tuple(sentences), None, whole, 0.9, stance, sentences[best])


@pytest.fixture(scope="module")
def reader():
    return load_reader()


BRIDGE = quote_of("The bridge cost 12 million euros.", "It was built in 1912 by Ada Lund.", best=1)


def test_it_reads_the_sentence_that_answers_and_no_neighbour(reader):
    told = brief(understand("When was the bridge built?"), [BRIDGE], reader)
    assert told.sentences == ("It was built in 1912 by Ada Lund.",)
    assert "1912" in told.answer and told.lead == ""
    assert brief(understand("Who built the bridge?"), [BRIDGE], None).sentences == told.sentences


def test_a_sentence_stands_alone_without_what_joins_it_to_the_one_before():
    told = brief(understand("When was the mill built?"), [quote_of("But the mill was built in 1912.")], None)
    assert told.sentences == ("The mill was built in 1912.",)
    assert brief(understand("Who drew it?"), [quote_of("Andy drew it.")], None).sentences == ("Andy drew it.",)


def test_yes_or_no_is_decided_before(reader):
    denied = quote_of("The bridge was not built by Ada Lund.", stance="denied")
    assert brief(understand("Was the bridge built by Ada Lund?"), [denied], reader).lead == "No,"
    left_open = quote_of("It is unclear who will own the bridge.", stance="undecided")
    assert brief(understand("Will Ada Lund own the bridge?"), [left_open], reader).lead == "Undecided:"


def test_where_several_things_are_asked_for_it_reads_all(reader):
    several = understand("Which events of the fair were there?")
    assert brief(several, [quote_of("There was a race.", "There was a dance.")], None).quotes == (0, 0)


def test_a_speech_is_not_cut(reader):
    speech = quote_of("Ada Lund said: “The truth is out today.", "Tomorrow is for justice.”")
    assert brief(understand("Did Ada Lund speak of the truth?"), [speech], None) is None
    last = quote_of("Ada Lund said: “The truth is out today.", "Tomorrow is for justice.”", best=1)
    assert brief(understand("Did she speak of justice?"), [last], None).sentences == ("“Tomorrow is for justice.”",)


@given(st.lists(st.integers(0, 9), max_size=4), st.text(st.characters(exclude_characters="[]"), max_size=60))
def test_what_is_pointed_at_is_found_again(places, text):
    drafted = parse(pointed(text, places), 10)
    assert drafted.pointers == tuple(dict.fromkeys(places))
    assert drafted.text == " ".join(text.split())


@pytest.mark.parametrize("lead", ["", "Yes,", "Undecided:", "No, that is left open:"])
def test_every_grammar_is_one(lead):
    check(draft_grammar(4, lead))


def test_the_model_does_not_decide_that_nothing_answers():
    llm = load_llm()
    for lead in ("", "Yes,"):
        messages = learnt_prompt("Who sold the ferry?", ["The bridge was built in 1912."])
        said = "".join(llm.stream(messages, max_tokens=24, grammar=draft_grammar(1, lead)))
        assert said.startswith(lead) and not said.removeprefix(lead).lstrip().startswith("Not")


def test_a_sentence_before_the_one_that_names_who_is_asked_about_is_not_told_alone():
    asked = understand("How much does Giraffe take?")
    others, own = "Zizzi takes 8% of the tips.", "Other chains such as Giraffe take 10%."
    assert brief(asked, [quote_of(others, own)], None) is None
    assert brief(asked, [quote_of(others, own, best=1)], None).sentences == (own,)
    assert brief(asked, [quote_of("Giraffe is a chain.", "It takes 10%.", best=1)], None).sentences == (
        "It takes 10%.",
    )


def test_what_is_listed_beside_the_answer_is_required_too(reader):
    several = quote_of("The bridge was built by Ada Lund and the brothers Holm in 1912.")
    told = brief(understand("Who built the bridge?"), [several], reader, content_stems("built"))
    assert {"Ada", "Lund", "Holm"} <= set(told.required.split()) and not told.restated
    assert brief(understand("When was the bridge built?"), [several], reader).required == "1912"


def test_a_name_keeps_its_capital_after_yes():
    told = brief(understand("Is the ferry in Tarnow old?"), [quote_of("Tarnow has an old ferry.")], None)
    assert with_names("Yes, tarnow has an old ferry.", told) == "Yes, Tarnow has an old ferry."
    assert with_names("Yes, the old ferry.", told) == "Yes, the old ferry."


def test_only_a_question_whose_words_stand_there_is_taken_up(reader):
    asked = understand("When was the old bridge built?")
    assert not brief(asked, [BRIDGE], reader).restated
    assert brief(asked, [BRIDGE], reader, content_stems("an old bridge")).restated
    assert not brief(understand("Why was the bridge built?"), [BRIDGE], reader).restated


def test_a_trained_model_needs_no_rules():
    asked = learnt_prompt("Who?", ["A  b.\nc."], "b.\nc")
    assert [m.role for m in asked] == ["system", "user"]
    assert asked[1].content == "[s1] A b. c.\n\nQuestion: Who?\nAnswer: b. c"
    restated = learnt_prompt("Who?", ["A."], restated=True)
    assert restated[1].content == "[s1] A.\n\nQuestion: Who?" and restated[0] != asked[0]
    assert len(draft_prompt("Who?", ["A."])) == 4
