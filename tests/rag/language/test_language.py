"""Words, numbers, names and negation, on the cases that news brings up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.names import names
from rag.language.negation import contrary, cues, cues_over
from rag.language.numbers import has_number, measures, numbers
from rag.language.reasons import reason_of_another
from rag.language.variants import initials, named_in, same_name
from rag.language.words import content_stems, words
from rag.types import Span


@given(st.text())
def test_words_stand_where_they_say(text):
    for word in words(text):
        assert text[word.start : word.end] == word.surface


def test_words_compare_without_ligatures_possessives_and_curls():
    assert content_stems("China’s ﬁrst oﬃce") == content_stems("china first office")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("each reportedly worth almost $200,000", {"200000"}),
        ("two hundred thousand people", {"200000"}),
        ("$2.5bn", {"2.5", "2500000000"}),
        ("52 million views", {"52", "52000000"}),
        ("forty-five years", {"45"}),
        ("45-minute shifts", {"45"}),
        ("45.6%", {"45.6"}),
        ("no figure at all", set()),
    ],
)
def test_numbers_by_value(text, values):
    assert numbers(text) == {Decimal(v).normalize() for v in values}
    assert has_number(text) == bool(values)


@given(st.integers(0, 10**9))
def test_a_number_is_itself_with_and_without_commas(number):
    assert numbers(f"about {number} of them") & numbers(f"about {number:,} of them") >= {Decimal(number).normalize()}


@given(st.text())
def test_any_text_has_numbers_names_and_cues_without_failing(text):
    numbers(text), names(text), initials(text)
    for cue in cues(text):
        assert 0 <= cue.scope.start <= cue.start < cue.end <= len(text)


def test_names_are_not_words_at_the_head_of_a_sentence():
    text = "Who criticized the US concessions to Russia? Nobody at NATO."
    assert [w.surface for w in names(text)] == ["US", "Russia", "NATO"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("zelenskyy", "zelenski", True),
        ("russia", "russian", True),
        ("franc", "french", True),
        ("austria", "australia", False),
        ("iran", "iraq", False),
        ("putin", "trump", False),
        ("nato", "nation", False),
    ],
)
def test_variants_of_names(a, b, same):
    assert same_name(a, b) is same
    assert same_name(b, a) is same


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("America", "For the United States nothing has been settled.", True),
        ("British", "It is sold in Great Britain alone.", True),
        ("USA", "The states are united in this.", False),
        ("Ireland", "It is sold in the United Kingdom.", False),
    ],
)
def test_a_country_of_several_words_has_other_names(name, text, stands):
    assert named_in(name, text) is stands


def test_initials_of_organisations():
    assert "who" in initials("the World Health Organization said")
    assert "eu" in initials("in the European Union,")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The issue of sanctions was not discussed.", ["denied"]),
        ("He doesn’t buy into that cynicism.", ["denied"]),
        ("It is too early to speak about the composition.", ["undecided"]),
        ("Why natural sounds calm people is unclear.", ["undecided"]),
        ("She refused to comment.", ["denied"]),
        ("Not only did he come, he stayed.", []),
        ("After a few songs they left.", []),
        ("They met in Paris.", []),
        ("A notable knot of nobles.", []),
    ],
)
def test_cues(text, kinds):
    assert [c.kind for c in cues(text)] == kinds


def test_a_cue_reaches_its_clause_and_no_further():
    text = "The mayor came, but the minister did not speak."
    mayor, minister = text.index("mayor"), text.index("minister")
    assert not cues_over(text, (Span(mayor, mayor + 5),))
    assert cues_over(text, (Span(minister, minister + 8),))


@pytest.mark.parametrize(
    ("text", "place", "governed"),
    [
        ("Relatives, who are often reluctant, were keener on it.", "keener", False),
        ("Relatives, who are often reluctant, were keener on it.", "reluctant", True),
        ("He did not, as he said, resign.", "resign", True),
        ("He plays golf instead of saving.", "golf", False),
        ("He plays golf instead of saving.", "saving", True),
    ],
)
def test_a_relative_clause_keeps_its_denial_to_itself(text, place, governed):
    at = text.index(place)
    assert bool(cues_over(text, (Span(at, at + len(place)),))) is governed


def test_a_clause_may_turn_against_what_was_said():
    assert contrary("She tried to get online, but it didn’t work out.")
    assert not contrary("She got online, but not before noon.")


def test_numbers_with_their_units():
    assert measures("12 million euros and 12%") == {(Decimal(12_000_000), "euro"), (Decimal(12), "percent")}
    assert measures("a 12-kilometer lane, 12km") == {(Decimal(12), "kilometre")}
    assert measures("12 people") == frozenset()


@pytest.mark.parametrize(
    ("text", "of_another"),
    [
        ("I asked around and nobody said yes, so I don't know who it will be.", True),
        ("The bridge was shut, so the ferry was sold.", False),
        ("The ferry was old, so they bought a lamp because it was dark.", False),
        ("It was too dear.", False),
    ],
)
def test_the_reason_of_something_else(text, of_another):
    assert reason_of_another(text, content_stems("ferry sold")) is of_another
