"""What the LLM is told to say, how it may say it, and what of that is shown; with a reader and quotes as they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import load_llm, load_reader
from models.grammar import check
from rag.answering.compose import quoted
from rag.answering.draft import brief, parse, settle, stream_draft
from rag.answering.prompts import draft_grammar, learnt_prompt, pointed
from rag.answering.quote import Quote
from rag.asking.understand import understand
from rag.language.clauses import text_of
from rag.types import Sentence


def quote_of(*texts: str, best: int = 0, stance="stated", said=None) -> Quote:
    whole, sentences = "", []
    for position, text in enumerate(texts):
        start = len(whole) + bool(whole)
        whole = f"{whole} {text}" if whole else text
        sentences.append(Sentence(position, "a.txt", position, start, start + len(text), text))
    return Quote(tuple(sentences), None, whole, 0.9, stance, sentences[best], said=said)


def briefed(question, *chosen, reader=None):
    return brief(understand(question), chosen, reader, lambda source: chosen[0].text)


def options(told):
    return [text_of(told.sentence.text, kept) for kept in told.pieces]


@pytest.fixture(scope="module")
def reader():
    return load_reader()


BELL = "Nora Bell, a pilot from Leeds, has bought the ferry."
BRIDGE = quote_of(
    "The bridge cost 12 million euros.", "Later the bridge was built in 1912, which pleased Ada Lund.", best=1
)


def test_it_reads_the_sentence_that_answers_and_no_neighbour(reader):
    told = briefed("When was the bridge built?", BRIDGE, reader=reader)
    assert told.told == "Later the bridge was built in 1912, which pleased Ada Lund."
    assert "1912" in told.answer and told.lead == ""
    assert "Later the bridge was built in 1912." in options(told)
    assert briefed("When was it built?", BRIDGE).told == told.told


def test_a_sentence_stands_alone_without_what_joins_it_to_the_one_before():
    told = briefed("Who has bought the ferry?", quote_of(f"But {BELL}"))
    assert told.told == BELL and options(told) == ["Nora Bell has bought the ferry."]


def test_where_nothing_may_go_or_too_much_would_stay_the_quote_stands():
    long = quote_of(f"Nora Bell, a pilot from Leeds, has bought {'a ferry and ' * 20} a bus.")
    assert briefed("Who has bought the ferry?", long) is None
    assert briefed("When was the mill built?", quote_of("The mill was built in 1912.")) is None
    assert briefed("Where is Nora Bell from?", quote_of("Nora Bell, a pilot from Leeds, sang.")) is None


def test_yes_or_no_is_decided_before(reader):
    told = briefed("Has Nora Bell bought the ferry?", quote_of(BELL, said="yes"), reader=reader)
    assert told.lead == "Yes:"
    assert briefed("Has Nora Bell bought the ferry?", quote_of(BELL), reader=reader) is None


def test_where_several_things_are_asked_for_and_told_the_quotes_stand():
    assert briefed("Which ferries has Nora Bell bought?", quote_of(BELL, "She has a bus.")) is None


@pytest.mark.parametrize(
    ("opened", "closing"), [("Ada Lund said: “It is out.", "”"), ('Ada Lund said: "It is out.', '"')]
)
def test_a_speech_is_not_cut(opened, closing):
    assert briefed("Who has bought the ferry?", quote_of(opened, BELL, best=1)) is None
    assert briefed("Who has bought the ferry?", quote_of(opened + closing, BELL, best=1))


def test_a_sentence_before_the_one_that_names_who_is_asked_about_is_not_told_alone():
    others, own = "The ferry, 41, has taken 8%.", "The bus of Karrholm, 12, has taken 10%."
    assert briefed("How much has Karrholm taken?", quote_of(others, own)) is None
    assert briefed("How much has Karrholm taken?", quote_of(others, own, best=1)).told == own


def test_what_is_listed_beside_the_answer_is_required_too(reader):
    several = quote_of("The bridge was built by Ada Lund and Nils Holm in 1912, which pleased all.")
    told = briefed("Who built the bridge?", several, reader=reader)
    assert {"Ada", "Lund", "Holm"} <= set(told.required.split())


@given(st.lists(st.integers(0, 9), max_size=4), st.text(st.characters(exclude_characters="[]"), max_size=60))
def test_what_is_pointed_at_is_found_again(places, text):
    drafted = parse(pointed(text, places), 10)
    assert drafted.pointers == tuple(dict.fromkeys(places))
    assert drafted.text == " ".join(text.split())


@given(st.lists(st.text(min_size=1, max_size=60).map(lambda t: " ".join(t.split())), min_size=1, max_size=4))
def test_every_grammar_is_one(texts):
    printable = [t for t in texts if t.isprintable()] or ["a"]
    for lead in ("", "Yes:", "Undecided:"):
        check(draft_grammar(printable, lead))


def test_the_model_can_say_nothing_but_a_piece_of_the_sentence():
    llm = load_llm()
    for lead, said in (("", None), ("Yes:", "yes")):
        told = briefed(
            "Has Nora Bell bought the ferry?" if said else "Who has bought the ferry?", quote_of(BELL, said=said)
        )
        raw = "".join(stream_draft(told, llm))
        assert raw.removeprefix(lead).strip() in [f"{text} [s1]" for text in options(told)]


def settled(raw, question, quote):
    told = briefed(question, quote)
    return settle(raw, told, quoted(understand(question), [quote]))


def test_words_that_stand_together_are_an_exact_quote():
    asked, quote = "What has leaked?", quote_of("But the ferry has leaked, which pleased Ada Lund.", "It sank.")
    composition, _, failures = settled("The ferry has leaked. [s1]", asked, quote)
    assert not failures and composition.text == "“the ferry has leaked” [1]"
    assert [(c.verdict, c.citations) for c in composition.claims] == [("quoted", (1,))]
    assert composition.citations[0].quote == quote.text


def test_what_was_put_together_of_two_pieces_is_supported_by_the_quote():
    quote = quote_of(BELL, said="yes")
    composition, _, _ = settled("Yes: Nora Bell has bought the ferry. [s1]", "Has Nora Bell bought the ferry?", quote)
    assert composition.text == "Yes: Nora Bell has bought the ferry. [1]"
    assert composition.claims[0].verdict == "supported"


@pytest.mark.parametrize(
    ("raw", "check"),
    [
        ("Nora Bell has bought Leeds. [s1]", "recombined"),
        ("Nora Bell has bought the ferry.", "pointer"),
        ("Nora Bell has bou", "pointer"),
    ],
)
def test_what_fails_a_check_becomes_nothing(raw, check):
    composition, _, failures = settled(raw, "Who has bought the ferry?", quote_of(BELL))
    assert composition is None and [f.check for f in failures] == [check]


def test_a_trained_model_needs_no_rules():
    asked = learnt_prompt("Who?", ["A  b.\nc."], "b.\nc")
    assert [m.role for m in asked] == ["system", "user"]
    assert asked[1].content == "[s1] A b. c.\n\nQuestion: Who?\nAnswer: b. c"
