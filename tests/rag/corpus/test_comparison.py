"""Two reports of one thing: what one leaves out, and where they differ."""

from __future__ import annotations

import json

import pytest

import rag
from rag.types import Answer

LONG = (
    "A fire destroyed the old mill of Aldermoor on Tuesday night. Forty firefighters fought the flames for six hours. "
    "“It was the heart of our town,” said the mayor, Lena Brook. The mill was built in 1847. "
    "Two cats were rescued from the roof by a crane driver. The damage is put at 3 million euros."
)
SHORT = (
    "A fire destroyed the old mill in Aldermoor on Tuesday night. Twenty-five firefighters fought the flames for six "
    "hours. “It was the heart of our town,” said the baker, Paul Gray. The mill was built in 1847."
)


@pytest.fixture(scope="module")
def mill(written):
    return written(long=LONG, short=SHORT, other="Bread prices rose in Velden. Nobody was surprised.")[1]


def test_what_is_left_out_and_what_differs(mill):
    found = mill.compare("long.txt", "short.txt")
    left_out = [one.quote for one in found.left_out]
    assert left_out == [
        "Two cats were rescued from the roof by a crane driver.",
        "The damage is put at 3 million euros.",
    ]
    assert found.added == () and found.same == 4 and found.sentences == (6, 4)
    assert {d.kinds for d in found.different} == {("numbers",), ("who said it",)}
    for one in found.left_out:
        assert mill.document("long.txt").text[one.start : one.end] == one.quote
    for d in found.different:
        for side in (d.a, d.b):
            assert mill.document(side.source).text[side.start : side.end] == side.quote
    data = json.loads(json.dumps(found.to_dict()))
    assert set(data) == {"a", "b", "left_out", "added", "different", "same", "sentences"}


def test_without_an_evidence_model_the_alignment_decides(written, embedder):
    index, _ = written(long=LONG, short=SHORT)
    from rag.corpus.comparison import compare

    found = compare("long.txt", "short.txt", index, embedder, None)
    assert len(found.left_out) == 2 and len(found.different) == 2


def checked(answer: Answer, assistant) -> Answer:
    for c in answer.citations:
        assert assistant.document(c.source).text[c.start : c.end] == c.quote
        assert f"[{c.n}]" in answer.text
    assert (answer.absence is None) == (answer.status == "answered") == bool(answer.claims)
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "What does long.txt report that short.txt leaves out?",
        "What does short leave out that long reports?",
        "What does the article about bread leave out that long.txt reports?",
    ],
)
def test_left_out_in_the_chat(mill, question):
    answer = checked(mill.ask(question), mill)
    assert answer.status == "answered" and "leaves out: [1]" in answer.text
    assert "Two cats were rescued from the roof by a crane driver." in [c.quote for c in answer.citations]


def test_a_comparison_in_the_chat_cites_both_sides(mill):
    answer = checked(mill.ask("Where do long.txt and short.txt differ?"), mill)
    assert answer.text.startswith("long.txt and short.txt differ in 2 places: numbers [1][2], who said it [3][4].")
    assert {c.source for c in answer.citations} == {"long.txt", "short.txt"}
    assert len(answer.claims) == 2


def test_nothing_left_out_is_said(mill):
    answer = checked(mill.ask("What does short.txt report that long.txt leaves out?"), mill)
    assert answer.status == "not_mentioned"
    assert answer.text == "long.txt leaves out nothing that short.txt reports, compared sentence by sentence."


def test_articles_that_are_not_there_make_it_another_question(mill):
    answer = mill.ask("Compare prices and firefighters")
    assert "leaves out" not in answer.text


def test_an_article_is_not_compared_with_itself(mill):
    with pytest.raises(rag.BadQuestion):
        mill.compare("long.txt", "long.txt")
    with pytest.raises(rag.UnknownSource):
        mill.compare("long.txt", "nowhere.txt")
