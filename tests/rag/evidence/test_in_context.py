"""What is measured of a sentence in a table, a list or a talk, asked of an index of its own."""

from __future__ import annotations

import pytest
from tiny_embedder import TinyEmbedder

from rag.asking.understand import understand
from rag.evidence.features import Candidate, Surroundings
from rag.evidence.measured import Measured, measured
from rag.evidence.yes_no import _of_another
from rag.index.build import build_index
from rag.index.reader import Index
from rag.index.retrieve import retrieve
from rag.types import Sentence

FILES = {
    "fares.md": "# Fares\n\n| Fare | Single | Return |\n|---|---|---|\n| Adult | 2.10 | 3.80 |\n| Dog | free | free |\n",
    "talk.txt": (
        "A talk with Ada Lund of the ferry company\n\nQ: Does the ferry pay?\nA: No. It never has.\n\n"
        "Q: What of the café?\nA: It earns its keep.\n"
    ),
    "buoy.txt": "HOST: The buoy is made of iron.\nGUEST: No: it is of cork.\nHOST: And the chain?\nGUEST: Of steel.\n",
    "radio.txt": (
        "MORNING SHOW\n\nBERG: Tell us about the storm.\n\nLUND: The storm took the pier.\n\n"
        "MAYOR: The storm was the worst in years.\n\nLUND: We shall mend the pier.\n\nMAYOR: The town will pay.\n"
    ),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    build_index([folder], folder / ".index", embedder=TinyEmbedder())
    opened = Index.open(folder / ".index")
    yield opened
    opened.close()


def asked(index: Index, question: str) -> Measured:
    embedder, taken_apart = TinyEmbedder(), understand(question)
    query = embedder.embed_query(taken_apart.standalone)
    passages = retrieve(taken_apart.words, query, index, None)
    return measured(taken_apart, query, passages, index, embedder, None)


def features(of: Measured, begins: str):
    return next(f for c, f in zip(of.candidates, of.rules, strict=True) if c.sentence.text.startswith(begins))


def test_a_row_holds_the_names_of_its_columns(index):
    found = asked(index, "What is a return for a dog?")
    assert features(found, "| Dog").row == 1.0
    assert features(found, "| Dog").coverage > features(found, "| Adult").coverage > 0


def test_a_head_and_a_question_are_no_answers(index):
    texts = [c.sentence.text for c in asked(index, "Does the ferry pay a return fare?").candidates]
    assert texts and not any(t.startswith(("| Fare", "Q:")) for t in texts)


def test_what_was_put_and_denied_is_an_answer_only_to_who_said_it(index):
    def texts(question: str) -> list[str]:
        return [c.sentence.text for c in asked(index, question).candidates]

    claim = "HOST: The buoy is made of iron."
    assert claim not in texts("What is the buoy made of?")
    assert claim in texts("Who said that the buoy is made of iron?")
    [reply] = [
        c for c in asked(index, "What is the buoy made of?").candidates if c.sentence.text.startswith("GUEST: No")
    ]
    assert reply.surroundings.asked and reply.surroundings.asked.text == claim


def test_the_guest_speaks_the_answers(index):
    found = asked(index, "What did Ada Lund say about the café?")
    assert features(found, "A: It earns").speaks == 1.0
    assert features(found, "A: It earns").coverage > features(found, "It never has").coverage


def test_turns_of_others_are_told_apart(index):
    found = asked(index, "What did the mayor say about the storm?")
    assert features(found, "MAYOR: The storm").speaks == 1.0
    assert features(found, "LUND: The storm").others_speak == 1.0


def test_chunks_are_found_by_their_context_and_sentences_by_their_own_words(index):
    [row] = [s for s in index.find("dog", None)]
    assert row.text == "| Dog | free | free |"
    assert [s.text for s in index.find("return", None)] == ["| Fare | Single | Return |"]  # counted once
    assert index.lexical(["ada", "earns"], 9, None)


def test_an_item_that_goes_on_with_its_lead_in_says_neither_yes_nor_no(tmp_path):
    (tmp_path / "wish.txt").write_text(
        "We ask for two things:\n\n1. that the gate is painted;\n2. a key for Ms Roe.\n", "utf-8"
    )
    build_index([tmp_path], tmp_path / ".index", embedder=TinyEmbedder())
    index = Index.open(tmp_path / ".index")
    found = asked(index, "Is the gate painted?")
    item = next(c for c in found.candidates if c.sentence.text.startswith("1."))
    assert _of_another(found.question, "yes", item)
    lead = next(c for c in found.candidates if c.sentence.text.startswith("We"))
    assert not _of_another(found.question, "yes", lead)
    index.close()


@pytest.mark.parametrize(
    ("clause", "other"),
    [
        ("5.1 ride a horse on the lawn;", True),
        ("(b) ride a horse on the lawn;", True),
        ("5.1 Guests may ride a horse on the lawn.", False),
        ("Guests may ride a horse on the lawn.", False),
    ],
)
def test_a_clause_that_goes_on_with_the_line_above_says_neither_yes_nor_no(clause, other):
    sentence = Sentence(1, "rules.txt", 1, 0, len(clause), clause)
    one = Candidate(sentence, 0, 0.9, Surroundings(frozenset(), frozenset(), frozenset()))
    assert _of_another(understand("May guests ride a horse on the lawn?"), "yes", one) is other
