"""Times that a sentence names, and whether two of them can be one; words that correct."""

from __future__ import annotations

import pytest

from rag.language.corrections import corrects, misreports
from rag.language.moments import compared_moments, moments


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("on 4 May 2023", "on Thursday 4 May", "same"),
        ("on 4 May", "on 9 May", "different"),
        ("in 1958", "in 1968", "different"),
        ("in May", "on 4 May", "same"),
        ("in 1958", "on 4 May", None),
        ("at 8pm", "at 7.30pm", "different"),
        ("at noon", "at 12pm", "same"),
        ("at 8pm", "on 4 May", None),
        ("from 4 to 9 May", "on 9 May", "same"),
        ("yesterday", "on 5 February", "same"),
    ],
)
def test_whether_two_times_can_be_one(a, b, said):
    one, other = (moments(f"It was so {text}, they said.", "2025-02-06") for text in (a, b))
    assert compared_moments(one, other) == compared_moments(other, one) == said


@pytest.mark.parametrize(
    "text",
    [
        "Correction: the gate is green.",
        "It now puts the cost at £3.",
        "The rent is £450, up from £400.",
        "Two cows, not 5, were lost.",
        "The mayor withdrew the claim.",
    ],
)
def test_words_that_correct(text):
    assert corrects(text)


def test_words_that_do_not_correct():
    for text in ("The rent is £450.", "She sent a letter now and then.", "He did not come."):
        assert not corrects(text)


def test_what_was_reported_wrongly_is_told_from_what_puts_it_right():
    assert misreports("Our report of 3 May said that the gate was red.")
    assert misreports("We wrongly said that the gate was red.")
    assert not misreports("Our report of 3 May should have said that the gate was green.")
    assert not misreports("The report is long.")
