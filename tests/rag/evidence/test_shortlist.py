"""Which few sentences get a second look: by what they share with the question, and by what the reader sees in them."""

from __future__ import annotations

import numpy as np
import pytest

from rag.asking.understand import understand
from rag.evidence.features import measure
from rag.evidence.measured import gather
from rag.evidence.rarity import Rarity
from rag.evidence.reading import Found
from rag.evidence.shortlist import MOST, first_values, likeliest
from rag.index.retrieve import retrieve
from rag.types import Span

WEIR = (
    "The weir at Olden was rebuilt by the brothers Hask. Eels pass it in spring. A lantern hangs over the bridge. "
    "Two anglers were fined for fishing at night. The café sells plum tart. Its terrace has nine tables. "
    "A heron has nested in the alders. The keeper retires after thirty years. Swimming is at your own risk. "
    "Willows line the path. The ferry bell is cracked. Nobody mows the north bank."
)
QUESTION = "Who rebuilt the weir at Olden?"


@pytest.fixture(scope="module")
def gathered(written, embedder):
    index, _ = written(weir=WEIR)
    question = understand(QUESTION)
    query = embedder.embed_query(question.standalone)
    candidates = gather(query, retrieve(question.words, query, index, None), index, embedder)
    assert len(candidates) == 12
    return question, candidates, measure(question, candidates, Rarity(index))


def seen(candidates, scores):
    """What a reader finds: scores by the beginning of a sentence, for the others a low one."""

    def found(sentence):
        score = next((s for begins, s in scores.items() if sentence.text.startswith(begins)), -9.0)
        mass = 1 / (1 + np.exp(-score))
        kinds = {"span": mass, "yes": 0.0, "no": 0.0, "absent": 1.0 - mass}
        return (Found(score, mass / 9, kinds, Span(sentence.start, sentence.end)),)

    return {c.sentence.id: found(c.sentence) for c in candidates}


def texts(chosen):
    return [c.sentence.text for c in chosen]


def test_what_speaks_of_the_question_is_looked_at_though_the_reader_finds_others_likelier(gathered):
    question, candidates, rules = gathered
    others = (
        "Eels",
        "A lantern",
        "Two",
        "The café",
        "Its terrace",
        "A heron",
        "Swimming",
        "Willows",
        "The ferry",
        "Nobody",
    )
    assert len(others) > MOST
    found = seen(candidates, {"The weir": -4.0} | dict.fromkeys(others, -3.5))
    chosen = texts(likeliest(question, candidates, rules, found))
    assert len(chosen) <= MOST and chosen[0].startswith("The weir")


def test_what_the_reader_is_sure_of_is_looked_at_though_it_shares_no_word(gathered):
    question, candidates, rules = gathered
    chosen = texts(likeliest(question, candidates, rules, seen(candidates, {"The keeper": 8.0})))
    assert "The keeper retires after thirty years." in chosen[:2]


def test_what_hardly_answers_is_not_looked_at_but_the_best_is(gathered):
    question, candidates, rules = gathered
    unlike = [(c, r) for c, r in zip(candidates, rules, strict=True) if "weir" not in c.sentence.text]
    found = seen(candidates, {"The keeper": -8.0})
    assert len(likeliest(question, *map(list, zip(*unlike, strict=True)), found)) < MOST
    assert len(likeliest(question, candidates[3:4], rules[3:4], found)) == 1
    assert likeliest(question, [], [], {}) == []


def test_nothing_of_a_second_look_counts_for_the_first(gathered):
    question, candidates, rules = gathered
    for values in first_values(question, candidates, rules, seen(candidates, {})):
        assert not [name for name in values if "closer" in name or "judge" in name]
        assert "cosine" in values and "reader_answer" in values and "polar_cosine" in values
