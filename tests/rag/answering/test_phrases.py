"""The catalogue: every language has every phrase, with the same values in it."""

from __future__ import annotations

from string import Formatter

import pytest

from rag.answering.phrases import catalogue, either, ended, led, say
from rag.language.tongue import SPOKEN


def values(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_every_language_that_is_answered_in_has_phrases():
    assert set(catalogue()) == set(SPOKEN)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_phrase_is_there_with_its_values(language):
    model, own = catalogue()["de"], catalogue()[language]
    assert {k for k in model if not k.endswith("_one")} == {k for k in own if not k.endswith("_one")}
    for key, phrase in own.items():
        base = key if key in model else key.removesuffix("_one")
        assert values(phrase) <= values(model[base])
        if key in model:
            assert values(phrase) == values(model[key])


def test_one_thing_is_said_of_as_one():
    assert say("fr", "in_sentences", 1, n=1, total=9) == ", dans 1 phrase sur 9"
    assert say("fr", "in_sentences", 2, n=2, total=9) == ", dans 2 phrases sur 9"


def test_marks_are_those_of_the_language():
    assert led("fr", "Oui", "c’est là") == "Oui\xa0: c’est là" and led("zh", "是", "有") == "是：有"
    assert ended("ja", "はい", "", "いいえ。") == "はい。いいえ。" and ended("de", "Ja", "Nein") == "Ja. Nein."
    assert either("es", ["a", "b", "c"]) == "a, b o c"
