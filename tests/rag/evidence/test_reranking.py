"""Passages by their best sentence: what is drowned in its chunk comes up, in the same order whatever was asked before."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.evidence.reranking import PASSAGES, reranked
from rag.index.reader import Index
from rag.index.retrieve import retrieve

DROWNED = (
    "The harvest festival filled the square. A brass band from Lorn played polkas. Children rode on the carousel. "
    "The chemist lets out the flat above his shop. Sausages were sold out by noon."
)
PARISH = (
    "The parish owns four cottages. It mends their roofs each autumn. The cottages stand by the church. "
    "Their gardens are let to the school. A cottage has two rooms."
)


@pytest.fixture(scope="module")
def index(written):
    others = {
        f"note{n}": f"Note {n}. The cottage garden has {n} rows of leeks. A rake leans on its wall." for n in range(30)
    }
    return written(festival=DROWNED, parish=PARISH, **others)[0]


def ranked(by, question, index, embedder, *more):
    taken = understand(question)
    return by(taken.words, embedder.embed_query(taken.standalone), index, *more)


def place(passages, source):
    return next((n for n, p in enumerate(passages) if p.source == source), len(passages))


def test_a_sentence_among_others_of_another_matter_lifts_its_passage(index, embedder):
    question = "Who rents out an apartment over the pharmacy?"
    before = place(ranked(retrieve, question, index, embedder, None, 32), "festival.txt")
    after = place(ranked(reranked, question, index, embedder, None, embedder), "festival.txt")
    assert after < before and after < 3


def test_they_are_so_many_and_best_first(index, embedder):
    found = ranked(reranked, "What does a cottage have?", index, embedder, None, embedder)
    assert len(found) == PASSAGES
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert len({p.chunk_id for p in found}) == PASSAGES
    few = ranked(reranked, "What does a cottage have?", index, embedder, None, embedder, 3)
    assert few == found[:3]


def test_a_scope_is_kept_to_and_an_empty_one_holds_nothing(index, embedder):
    found = ranked(reranked, "What does a cottage have?", index, embedder, frozenset({"parish.txt"}), embedder)
    assert {p.source for p in found} == {"parish.txt"}
    assert ranked(reranked, "What does a cottage have?", index, embedder, frozenset(), embedder) == ()


def test_what_was_asked_before_changes_nothing(index, embedder):
    questions = ("Who owns the cottages?", "What did the band play?", "How many rows of leeks are there?")
    first = {q: ranked(reranked, q, index, embedder, None, embedder) for q in questions}
    anew = Index.open(index.folder)
    again = {q: ranked(reranked, q, anew, embedder, None, embedder) for q in reversed(questions)}
    assert again == first
