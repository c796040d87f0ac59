"""Who speaks in a sentence, and whose words a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.speech import asked_of, speakers


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did the mayor say about the bridge?", "the mayor"),
        ("According to Ofcom, how many children are online?", "Ofcom"),
        ("How many women experience violence, according to the WHO study of attacks?", "the WHO study of attacks"),
        ("In Jenkinson’s opinion, is it safe?", "Jenkinson"),
        ("In the opinion of the ministry, is it good?", "the ministry"),
        ("Who opened the bridge?", None),
    ],
)
def test_asked_of(question, who):
    assert asked_of(question) == who


def test_a_speaker_is_named_outside_the_quotation():
    first, second, third, fourth = speakers(
        [
            "“The bridge of Tarnow is safe,” said Ada Lund, the engineer.",
            "“It will last,” she added.",
            "The river Wisla froze.",
            "According to Bo Krog, it will not.",
        ]
    )
    assert {"ada", "lund", "engin"} <= first and "tarnow" not in first
    assert second == first
    assert third == frozenset()
    assert "krog" in fourth and "lund" not in fourth


def test_a_bare_quotation_goes_on_with_the_speaker_before():
    said = speakers(["Ada Lund said the bridge was safe.", "“We tested it for three years. It stands.”"])
    assert "lund" in said[1]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_every_sentence_gets_an_entry(texts):
    assert len(speakers(texts)) == len(texts)


def test_a_quotation_over_several_sentences_has_one_speaker():
    said = speakers(
        [
            "Bo Krog came late.",
            "“The bridge is safe.",
            "It will stand for years,” said Ada Lund.",
            "Nobody else came.",
        ]
    )
    assert "lund" in said[1] and "lund" in said[2] and not said[3]
