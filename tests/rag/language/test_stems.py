"""Words of other languages: forms of one word meet, and every word knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.stems import content, is_part, keys, pairs, stream, tokens


def met(a: str, b: str, language: str) -> bool:
    return bool(keys(tokens(a)[0], language) & keys(tokens(b)[0], language))


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("de", "Müller", "Muller"),
        ("de", "Müller", "Mueller"),
        ("de", "Häuser", "Haus"),
        ("de", "Straße", "Strasse"),
        ("fr", "réunions", "reunion"),
        ("fr", "chevaux", "cheval"),
        ("es", "reuniones", "reunión"),
        ("it", "riunioni", "riunione"),
        ("nl", "vergaderingen", "vergadering"),
        ("pt", "barcas", "barca"),
    ],
)
def test_forms_of_a_word_share_a_key(language, a, b):
    assert met(a, b, language)


@pytest.mark.parametrize(
    ("language", "a", "b"), [("de", "Miete", "Mitte"), ("fr", "pêche", "poche"), ("es", "perro", "pero")]
)
def test_other_words_share_none(language, a, b):
    assert not met(a, b, language)


def test_parts_of_compounds_are_found_at_either_end():
    geräte, leitung, garten = (tokens(w)[0] for w in ("Spielplatzgeräte", "Wasserleitung", "Gartenverein"))
    assert is_part(tokens("Spielplatz")[0], geräte, "de") and is_part(tokens("Leitungen")[0], leitung, "de")
    assert is_part(garten, tokens("Vereins")[0], "de")
    assert not is_part(tokens("platz")[0], tokens("Spielplatzgeräte")[0], "de"), "neither end"
    assert not is_part(tokens("port")[0], tokens("portavoz")[0], "es"), "Spanish writes none"


def test_an_elided_article_is_a_word_of_its_own():
    assert [t.surface for t in content("Combien coûte l'entrée à l’abbaye ?", "fr")] == ["coûte", "entrée", "abbaye"]


def test_runs_are_compared_by_pairs_of_characters():
    assert pairs("图书馆") == ("图书", "书馆") and pairs("水") == ("水",)
    assert stream("图书馆", "zh") == "图书 书馆 馆"
    assert [t.surface for t in content("图书馆的费用是多少", "zh")] == ["图书馆", "费用"]
    assert [t.surface for t in content("図書館はいつ休館しますか", "ja")] == ["図書館", "休館"]


def test_full_width_letters_are_the_same_and_keep_their_places():
    text = "新しいＤＶＤと７月"
    found = {t.lower: text[t.start : t.end] for t in tokens(text)}
    assert found["dvd"] == "ＤＶＤ" and found["7"] == "７"


@given(st.text(max_size=60))
def test_every_word_knows_its_place(text):
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.surface and token.lower
        last = token.start


@given(
    st.text(alphabet="äöüßéèñçãıİſﬁ中文あいウ가나ab0 .'-\u0301", max_size=40),
    st.sampled_from(["de", "fr", "zh", "ja", "ko", "pt"]),
)
def test_what_is_asked_is_a_part_of_the_question(text, language):
    for token in content(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert keys(token, language)
