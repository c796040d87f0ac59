"""The value with which a sentence answers, and which two values can both be so."""

from __future__ import annotations

import pytest

from rag.asking.understand import understand
from rag.evidence.values import compared_values, counted, replaced, value_of
from rag.types import Span

TEXTS = {
    "How many goats were sold at Ebble?": (
        ("Ninety goats were sold at Ebble, beside 40 sheep.", "90 goats were sold.", "same"),
        ("Ninety goats were sold at Ebble.", "70 goats were sold there.", "different"),
        ("Ninety goats were sold at Ebble.", "Forty sheep were sold there.", None),
        ("Ninety goats were sold and 20 goats ran off.", "70 goats were sold there.", None),  # which of them?
        ("In all 90 were counted.", "70 goats were sold there.", "different"),
    ),
    "How much does the boat at Ebble cost?": (
        ("The boat costs £90.", "The boat costs £85, down from £90.", "different"),
        ("The boat costs £90.", "The boat costs $90.", None),
    ),
    "When does the mill at Ebble open?": (
        ("The mill opens on 4 May.", "The mill opens on Thursday 4 May 2023.", "same"),
        ("The mill opens on 4 May.", "The mill opens on 9 May.", "different"),
        ("The mill opens on 4 May.", "The mill will not open on 4 May.", None),
    ),
    "Who is the warden of Ebble?": (
        ("The warden is Ada Quill.", "The warden of Ebble is Dr Quill.", "same"),
        ("The warden is Ada Quill.", "The warden is Tom Frome, not Ada Quill.", "different"),
        ("The warden is Ada Quill.", "The warden is ill.", None),
    ),
}


@pytest.mark.parametrize(("question", "a", "b", "said"), [(q, *pair) for q, pairs in TEXTS.items() for pair in pairs])
def test_what_two_sentences_answer(question, a, b, said):
    asked = understand(question)
    one, other = (value_of(asked, text, None, "2023-04-01") for text in (a, b))
    assert (compared_values(asked, one, other) if one and other else None) == said


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many e-mail addresses were lost?", ("e-mail", "address")),
        ("How many homes lost power?", ("home",)),
        ("How many people came?", ("peopl",)),
        ("How many passengers the ferry carries?", ("passeng",)),
        ("How much did it cost?", ()),
    ],
)
def test_what_is_counted(question, noun):
    assert counted(understand(question)) == noun


def test_where_the_reader_sees_it_decides_between_sums():
    asked, text = understand("How much did the boat cost?"), "The boat cost £90 and its sail £15."
    at = text.index("£15")
    assert value_of(asked, text, None, None) is None
    assert int(value_of(asked, text, Span(at, at + 3), None).amount.value) == 15


def test_what_a_sentence_takes_back():
    [old] = replaced(understand("How much is the boat?"), "The boat is £85, not £90.")
    assert old.amount and int(old.amount.value) == 90
    [day] = replaced(understand("When does the mill open?"), "The mill will not open on 4 May.")
    assert (day.moments[0].month, day.moments[0].day) == (5, 4)
    assert replaced(understand("When does the mill open?"), "It did not open until 4 May.") == ()
