"""The searchable form: one for all ways to write the same, with offsets into the text as it is."""

from __future__ import annotations

import timeit
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.corpus.term import term, tidy
from rag.text.seen import legible, readings, rejoined, seen, visible, written


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Łódź, Tromsø, Straße, Ærø, Đà Nẵng", "Lodz, Tromso, Strasse, AEro, Da Nang"),
        ("Dvor\u030ca\u0301k", "Dvorak"),
        ("Зеленский ΑΘΗΝΆΣ Αθήνας", "Зеленскии ΑΘΗΝΑΣ Αθηνασ"),
        ("ﬁnance ＮＡＴＯ １２", "finance NATO 12"),
        ("treaty² of 10¹² CO₂", "treaty^2 of 10^12 CO2"),
        ("sanc\xadtions par\u200bliament\ufeff", "sanctions parliament"),
        ("the govern-\nment, NATO-\nled, Anglo-\n  Saxon", "the government, NATO-led, Anglo-Saxon"),
        ("sanc\xad\ntions", "sanctions"),
        ("**World** __Health__ _Day_ snake_case 5*3", "World Health Day snake case 5*3"),
        ("O’Neil, O`Neil, OʼNeil, O′Neil", "O'Neil, O'Neil, O'Neil, O'Neil"),
        ("two\n   lines\tand\x00more", "two lines and more"),
        ("हिन्दी 北京 \u1112\u1161\u11ab", "हिन्दी 北京 한"),
    ],
)
def test_forms(text, form):
    assert seen(text).text == form


def test_what_is_typed_with_marks_is_itself_in_either_composition():
    for name in ("Łódź", "Dvořák", "Київ", "Αθήνα", "Đà Nẵng"):
        assert written(unicodedata.normalize("NFD", name)) == written(unicodedata.normalize("NFC", name)) == name
    assert written("Lodz") != written("Łódź")


def test_a_hyphen_at_a_lines_end_is_read_both_ways_where_the_word_may_have_one():
    assert [r.text for r in readings("a well-\nknown one")] == ["a wellknown one", "a well-known one"]
    assert [r.text for r in readings("an-\nother one")] == ["another one"]
    assert rejoined("sanc-\ntions of Marwick-\nshire") == "sanctions of Marwick-shire"


def test_plain_english_costs_next_to_nothing():
    text = "The council voted on Monday to close the “old” harbour – it’s the third one this year in the county. " * 2
    assert seen(text).starts is None
    each = min(timeit.repeat(lambda: seen(text), number=1_000, repeat=5)) / 1_000
    assert each < 30e-6  # 2 µs on an idle core; a look at every character takes 20


@given(st.text(max_size=80))
def test_every_character_of_a_form_knows_its_place(text):
    for form in readings(text):
        last = 0
        for at in range(len(form.text)):
            place = form.span(at, at + 1)
            assert 0 <= last <= place.start < place.end <= len(text)
            last = place.start
    assert written(visible(written(text))) is not None


@given(st.text(max_size=60))
def test_looking_alike_survives_composition(text):
    for normal in ("NFC", "NFD"):
        assert seen(unicodedata.normalize(normal, text)).text == seen(text).text


# ── a term is planted in disguise ───────────────────────────────────────────────────────────
_TERMS = [
    "sanctions",
    "Dvořák",
    "NATO",
    "Marwick fiefdom",
    "Київ",
    "Αθήνα",
    "Łódź",
    "C++",
    "R&D",
    "O'Brien",
    "25%",
    "Tromsø",
]
_WORDS = "the old harbour was closed by council in June again after a long night of talk".split()
_WIDE = {i: i + 0xFEE0 for i in range(ord("A"), ord("z") + 1) if chr(i).isalpha()}


def _soften(word: str, cut: int) -> str:
    return word[:cut] + "\xad" + word[cut:]


def _disguised(word: str, how: str, cut: int) -> str:
    letters = word[:cut].isalpha() and word[cut:].isalpha() and not unicodedata.combining(word[cut])
    if how in ("nfd", "nfc"):
        return unicodedata.normalize(how.upper(), word)
    if how == "wide":
        return word.translate(_WIDE)
    if how == "ligature":
        return word.replace("fi", "ﬁ")
    if how == "apostrophe":
        return word.replace("'", "’")
    if how in ("_", "**"):
        return f"{how}{word}{how}"
    if how == "²":
        return f"{word}²" if word[-1].isalpha() else word
    if how == "\xad":
        return _soften(word, cut)
    if how == "\u200b":
        return word[:cut] + "\u200b" + word[cut:]
    if how == "line" and letters and word[cut].islower() and " " not in word:
        return f"{word[:cut]}-\n{word[cut:]}"
    return word


@st.composite
def planted(draw):
    """(text, topic, the places where the topic stands in it in one disguise or another)."""
    topic = draw(st.sampled_from(_TERMS))
    text, places = "", []
    for _ in range(draw(st.integers(1, 5))):
        text += " ".join(draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5))) + " "
        hows = st.sampled_from(
            ["nfd", "nfc", "wide", "ligature", "apostrophe", "_", "**", "²", "\xad", "\u200b", "line", ""]
        )
        disguised = _disguised(topic, draw(hows), draw(st.integers(1, len(topic) - 1)))
        places.append((len(text), len(text) + len(disguised), disguised))
        text += disguised + draw(st.sampled_from([" ", ", ", ". ", "\n"]))
    return text + "at last", topic, places


@settings(deadline=None)  # the dictionary loads once
@given(planted())
def test_what_is_planted_in_disguise_is_counted_and_quoted_as_it_stands(case):
    text, topic, places = case
    wanted = term(tidy(topic))
    found = list(wanted.places(text))
    assert len(found) == len(places)
    for place, (start, end, disguised) in zip(found, places, strict=True):
        assert start <= place.start < place.end <= end
        assert place.surface == text[place.start : place.end]
        assert place.surface == disguised.strip("_*²")
        assert wanted.is_exact(place.surface)


@pytest.mark.parametrize("unit", ["a-\n", "e\u0301", "_a", " \t", "²a", "\u1100", "a-  "])
def test_no_text_takes_more_than_linear_time(unit):
    def seconds(count: int) -> float:
        text = unit * count
        return min(timeit.repeat(lambda: (written(text), rejoined(text)), number=1, repeat=3))

    assert seconds(8_000) < 40 * seconds(1_000) + 0.05


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They lifted the block-\nade of the port.", "They lifted the blockade   of the port."),
        ("An Anglo-\nSaxon king.", "An Anglo-Saxon  king."),
        ("a-\nb-\nc", None),
        ("Nothing is broken\nhere.", "Nothing is broken\nhere."),
    ],
)
def test_a_model_reads_whole_words_in_their_places(text, wanted):
    read = legible(text)
    assert len(read) == len(text)
    if wanted:
        assert read.split() == wanted.split()
        assert read.index(text.split()[-1]) == text.index(text.split()[-1])
