"""A topic's forms, and the places where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.corpus.term import term, tidy
from rag.language.inflection import forms, noun_forms


def found(topic: str, text: str) -> list[str]:
    return [p.surface for p in term(tidy(topic)).places(text) if not p.lowered]


@pytest.mark.parametrize(
    ("topic", "text", "surfaces"),
    [
        ("sanctions", "Sanctions, sanctioned; a sanction’s end", ["Sanctions", "sanctioned", "sanction’s"]),
        ("news", "new news", ["news"]),
        ("organ", "an organisation with organs", ["organs"]),
        ("organisation", "organizations", ["organizations"]),
        ("children", "a child and children’s toys", ["child", "children’s"]),
        ("WHO", "who said so? The WHO’s chief, Who else, W.H.O.", ["WHO’s", "W.H.O."]),
        ("US", "the U.S. told us about the US’s plan", ["U.S.", "US’s"]),
        ("Nato", "NATO and Nato", ["NATO", "Nato"]),
        ("MPs", "an MP and two MPs", ["MP", "MPs"]),
        ("nuclear weapons", "nuclear-weapon tests; nuclear, weapons", ["nuclear-weapon"]),
        ("ceasefire", "a cease-fire, the ceasefires", ["cease-fire", "ceasefires"]),
        ("cease-fire", "a ceasefire", ["ceasefire"]),
        ("Bogota", "in Bogotá", ["Bogotá"]),
        ("William", "Williams and William’s", ["William’s"]),
        ("Lloyd's Register", "Lloyd’s Register", ["Lloyd’s Register"]),
        ("the “selfie”", "selfies", ["selfies"]),
        ("C++ (language)", "the C++ (language)", ["C++ (language"]),
    ],
)
def test_forms(topic, text, surfaces):
    assert found(topic, text) == surfaces


def test_a_name_without_its_capital_is_marked():
    assert [p.lowered for p in term("Apple").places("Apple sells apples to apple pickers.")] == [False, True, True]


@given(st.text(max_size=60))
def test_any_topic_is_found_where_it_stands(topic):
    bare = tidy(topic)
    if not bare:
        return
    try:
        wanted = term(bare)
    except ValueError:
        return
    text = f"One said {bare} and left."
    for place in wanted.places(text):
        assert text[place.start : place.end] == place.surface


@given(st.lists(st.sampled_from("ice bucket Anna Lund river storms e-mail GPS Zürich".split()), min_size=1, max_size=4))
def test_a_phrase_of_words_finds_itself(parts):
    topic = " ".join(parts)
    assert any(term(tidy(topic)).is_exact(p.surface) for p in term(tidy(topic)).places(f"So {topic} it is."))


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_a_word_is_a_form_of_itself(word):
    assert word in forms(word) and word in noun_forms(word)


def test_nothing_to_look_for():
    assert tidy(" ?! “” ") == tidy("") == ""
    assert tidy("the WHO.") == "WHO" and tidy("the U.S.") == "U.S."
