"""Questions to begin with: made of sentences, and offered only where the answer quotes the sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag import Assistant, build_index
from rag.corpus.offers import COUNT, Offer, candidates, is_answered, offers
from rag.types import Answer, Citation, Sentence, Timings

TEXTS = {
    "harbour": "The new harbour costs £4 million. It is not known who will pay for the pier.",
    "school": "The school will open on 3 May. Ben Ek, a teacher from Zell, painted it.",
    "ferry": "The ferry was late because the captain had lost his keys. The trip lasted nine hours, he said.",
    "strike": "The strike was not discussed. Nobody asked about it.",
    "museum": "The museum was founded in 1912 by Ada Lund, a doctor of the town, and her two sisters.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("offered")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build_index([folder], folder / "index", embedder=embedder)
    return Assistant(folder / "index", embedder=embedder)


def test_sentences_make_questions_of_many_kinds(assistant):
    made = {offer.kind: offer.question for offer in candidates(assistant.index())}
    assert made["money"] == "How much does the new harbour cost?"
    assert made["when"] == "When will the school open?"
    assert made["why"] == "Why was the ferry late?"
    assert made["duration"] == "How long did the trip last?"
    assert made["past"] == "When was the museum founded?"
    assert made["who"] in ("Who is Ben Ek?", "Who is Ada Lund?")
    assert made["not discussed"] == "What was not discussed?"


def test_every_offer_is_answered_and_no_two_are_alike(assistant):
    found = list(assistant.offers())
    assert 2 <= len(found) <= COUNT
    by_question = {offer.question: offer for offer in candidates(assistant.index())}
    assert all(is_answered(by_question[q], assistant.ask(q)) for q in found)
    assert (
        len({by_question[q].kind for q in found}) == len({by_question[q].sentence.source for q in found}) == len(found)
    )


def test_what_is_answered_otherwise_is_not_offered(assistant):
    asked = []

    def ask(question):
        asked.append(question)
        return replace(ANSWER, question=question)

    assert list(offers(assistant.index(), ask)) == []
    assert len(asked) > COUNT, "it goes on trying"


SENTENCE = Sentence(1, "a.txt", 0, 10, 30, "The gate costs £1.")
CITED = Citation(1, "a.txt", None, "The gate costs £1.", 10, 30, 0.9)
ANSWER = Answer(
    "q", "q", "answered", "Elsewhere. [1]", (), (replace(CITED, source="b.txt"),), None, "", Timings(0, 0, None, 0)
)


def test_an_answer_has_to_quote_the_sentence_and_little_else():
    offer = Offer("How much does the gate cost?", "money", SENTENCE)
    right = replace(ANSWER, citations=(CITED,), text="“The gate costs £1.” [1]")
    assert is_answered(offer, right)
    assert not is_answered(offer, ANSWER), "another article"
    assert not is_answered(offer, replace(right, citations=(replace(CITED, start=30, end=50),))), "another sentence"
    assert not is_answered(offer, replace(right, status="not_mentioned"))
    assert not is_answered(offer, replace(right, text="word " * 80)), "a page"
    assert is_answered(replace(offer, kind="undecided"), replace(right, text="word " * 80)), "it gathers"


def test_the_seed_article_gives_questions(tmp_path, seed_folder, embedder):
    build_index([seed_folder], tmp_path / "index", embedder=embedder)
    assert len(list(Assistant(tmp_path / "index", embedder=embedder).offers())) >= 2
