"""Drafts in the model's own words: what may go on to be judged, and by which check the rest is stopped."""

from __future__ import annotations

import pytest

from rag.answering.own_words import Basis, unfounded
from rag.asking.understand import understand

BRIDGE = "The bridge at Tarn, which Ada Lund built in 1931 for 40,000 crowns, was closed after the flood."


def checks(statement, sentence, question, answer="", opening=""):
    return {f.check for f in unfounded(statement, understand(question), Basis((sentence,), sentence, answer), opening)}


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Ada Lund built it in 1931.", "Who built the bridge at Tarn?"),
        ("It carries the B12 from Tarn and cost 40,000 crowns.", "What does the bridge of the B12 cost?"),
        ("The Tarn bridge cost 40,000 crowns.", "How much did the bridge at Tarn cost?"),
        ("It was closed because of the flood.", "Why was the bridge at Tarn shut?"),
    ],
)
def test_what_a_person_would_say_goes_on(statement, question):
    assert not checks(statement, BRIDGE, question)


@pytest.mark.parametrize(
    ("statement", "sentence", "question", "check"),
    [
        ("It was built in 1932.", BRIDGE, "When was the bridge built?", "number"),
        ("It cost 40,000 euros.", BRIDGE, "How much did the bridge cost?", "unit"),
        ("Karl Weber built it in 1931.", BRIDGE, "Who built the bridge?", "name"),
        ("It was “closed for good” then.", BRIDGE, "What happened to the bridge?", "quotation"),
        ("We closed the bridge.", BRIDGE, "What happened to the bridge?", "voice"),
        ("The bridge was closed.", BRIDGE, "Was the bridge at Tarn closed?", "incomplete"),
        ("Only the bridge was closed after the flood.", BRIDGE, "What was closed?", "doubt"),
        ("The pier is pulled down.", "The pier may be pulled down.", "What happens to the pier at Tarn?", "doubt"),
        ("Some 40 boats came.", "At least 40 boats came if it rained.", "How many boats came?", "condition"),
        ("It had 40 boats.", "The harbour had nearly 40 boats.", "How many boats were there?", "doubt"),
        ("The pier is safe.", "Ada Lund said the pier is safe.", "What is safe at Tarn?", "speaker"),
        ("Karl Weber said the pier is safe.", "“The pier is safe,” said Ada Lund.", "What did Karl Weber call safe?", "speaker"),
        ("She built it in 1931.", "Kim Lund built it in 1931.", "When did Kim Lund build it?", "pronoun"),
        ("It had 40 boats and it had 40 boats.", "It had 40 boats.", "How many boats were there?", "again"),
        ("It had 40 boats.", "It had 40 boats, when in fact 30 were wrecks.", "How many boats were there?", "contrast"),
        ("It sails.", "It sails as long as the wind holds.", "What of the ferry?", "condition"),
        ("No boats ever reached it.", BRIDGE, "What reached the bridge?", "polarity"),
        ("Fishermen hated iron barges rusting quietly.", BRIDGE, "What of the bridge?", "new"),
    ],
)  # fmt: skip
def test_what_the_sentence_does_not_bear_is_stopped(statement, sentence, question, check):
    answer = "after the flood" if check == "incomplete" else ""
    assert check in checks(statement, sentence, question, answer)


def test_yes_denies_nothing():
    assert "polarity" in checks("It is not open.", "The pier is not open.", "Is the pier closed?", opening="Yes")
    assert not checks("It is not open.", "The pier is not open.", "Is the pier open?", opening="No")
