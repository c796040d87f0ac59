"""What counts as a mention in other languages: the words in a row, in their forms, or characters as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.corpus.foreign_mentions import foreign_term


def places(topic: str, language: str, text: str) -> list[str]:
    return [text[p.start : p.end] for p in foreign_term(topic, language).places(text)]


@pytest.mark.parametrize(
    ("topic", "language", "text", "found"),
    [
        ("Haus", "de", "Die Häuser am Haus des Hausmeisters.", ["Häuser", "Haus"]),
        ("Müller", "de", "Mueller, Muller und MÜLLER mahlten Müll.", ["Mueller", "Muller", "MÜLLER"]),
        ("alte Brücke", "de", "Bei der alten Brücke, nicht der alten, neuen Brücke.", ["alten Brücke"]),
        ("Bäcker", "de", "Der Back ist kein Bäcker.", ["Bäcker"]),
        ("cheval", "fr", "Les chevaux et la chevalerie d'un cheval.", ["chevaux", "cheval"]),
        ("réunion", "fr", "Deux REUNIONS, une réunion.", ["REUNIONS", "réunion"]),
        ("perro", "es", "Los perros pero no el perrito.", ["perros"]),
        ("barca", "pt", "A barca e as barcas, não o barco a vapor.", ["barca", "barcas"]),
        ("fiets", "nl", "De fietsen en een fiets in het fietsenrek.", ["fietsen", "fiets"]),
        ("casa", "it", "Una casa, due case e un caso.", ["casa", "case"]),
        ("puerto", "es", "Los puertos y la puerta.", ["puertos"]),
        ("reunião", "pt", "A reunião e as reuniões.", ["reunião", "reuniões"]),
        ("brief", "nl", "Een brief, twee brieven.", ["brief", "brieven"]),
        ("DVD", "ja", "ＤＶＤは二枚、dvdは一枚。", ["ＤＶＤ", "dvd"]),
        ("図書館", "ja", "町立図書館の図書館長", ["図書館", "図書館"]),
        ("水", "zh", "水费和雨水", ["水", "水"]),
        ("屋顶", "zh", "屋内的顶", []),
    ],
)
def test_places(topic, language, text, found):
    assert places(topic, language, text) == found


@given(st.text(alphabet="Hausäüé ß中文あＡ７İ.-\u0301", max_size=30), st.sampled_from(["Haus", "中文", "あ", "A", "7"]))
def test_every_place_holds_the_topic(text, topic):
    term = foreign_term(topic, "de")
    last = 0
    for place in term.places(text):
        assert last <= place.start < place.end <= len(text)
        assert list(foreign_term(topic, "de").places(text[place.start : place.end]))
        last = place.end
