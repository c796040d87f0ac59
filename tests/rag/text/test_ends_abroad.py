"""Sentences of other languages end where theirs do, and English ones as before."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.ends_abroad import stops
from rag.text.sentences import split


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Markt ist am 3. Oktober.| Er dauert bis zum 7. Oktober.| Im 19. Jahrhundert gab es keinen.",
        "Das kostet ca. 40 Euro bzw. 35 Euro.| Zimmer Nr. 5 ist frei.",
        "Mme. Leroy et M. Petit sont venus.| La séance est levée.",
        "La Sra. Ruiz llegó con la Dra. Vidal.| Son aprox. 30 socios.",
        "C'erano il sig. Conti e la prof.ssa Neri.| La seduta è chiusa.",
        "Dhr. Bakker en mevr. de Wit kwamen.| Het kost ca. 30 euro.",
        "会议在周三举行。|主席是谁？|预算两万元！|就这些。",
        "館長は「来てください。」と話した。|次の会は七月です。",
        "He was born on the 3rd.| October was cold.",
    ],
)
def test_sentences_end_where_they_should(text):
    assert sentences(text.replace("|", "")) == [s.strip() for s in text.split("|")]


@given(st.text(alphabet="中文。！？」』a. \n", max_size=60))
def test_what_is_cut_covers_all_that_is_not_blank(text):
    assert "".join("".join(s.split()) for s in sentences(text)) == "".join(text.split())


def test_spans_follow_each_other():
    text = "一。二！三"
    assert list(stops(text, 0, len(text))) == [(0, 2), (2, 4), (4, 5)]


def test_long_runs_take_linear_time():
    short, long = "好。" * 2_000, "好。" * 20_000
    once = min(timeit.repeat(lambda: list(stops(short, 0, len(short))), number=1, repeat=3))
    assert min(timeit.repeat(lambda: list(stops(long, 0, len(long))), number=1, repeat=3)) < 40 * max(once, 1e-4)
