"""Sentences: exact offsets on any text, and boundaries where a reader sees them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.quoted import unquoted
from rag.text.sentences import MAX_CHARACTERS, split

PIECES = st.sampled_from(
    [
        "Mr. Smith",
        "U.S.",
        "“Why?”",
        " he said",
        ". ",
        "! ",
        "\r\n",
        "\n\n",
        "\ufeff",
        "😀",
        "é",
        "\u2028",
        "\u3000",
        "3.5",
        "…",
        "’",
        "(",
        ")",
        "\t",
        "a",
        "B",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@given(TEXTS)
def test_spans_are_ordered_trimmed_and_cover_all_that_is_not_blank(text: str):
    spans = split(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert unquoted(text)[end : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert span.end - span.start <= MAX_CHARACTERS
        end = span.end
    assert unquoted(text)[end:].strip() == ""


@given(TEXTS)
def test_no_sentence_reaches_over_a_blank_line(text: str):
    assert not any(re.search(r"\n[ \t]*\n|\r\n[ \t]*\r\n|\u2029", piece) for piece in pieces(text))


WRAPPED = """Peskow stated that the Kremlin believes it is necessary to organize
a meeting between President Vladimir Putin and his US counterpart as
soon as possible. However, he emphasized that the work on this matter
has only just begun.

- one thing
- another thing

He said that sanctions were not discussed during the conversation with
Washington, adding that the talks would go on for a number of weeks.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_wrapped_lines_are_read_as_the_sentences_that_they_were(line_end: str):
    text = WRAPPED.replace("\n", line_end)
    assert [" ".join(piece.split()) for piece in pieces(text)] == [
        "Peskow stated that the Kremlin believes it is necessary to organize a meeting between President "
        "Vladimir Putin and his US counterpart as soon as possible.",
        "However, he emphasized that the work on this matter has only just begun.",
        "- one thing",
        "- another thing",
        "He said that sanctions were not discussed during the conversation with Washington, adding that the "
        "talks would go on for a number of weeks.",
    ]


def test_lines_that_are_not_wrapped_stay_apart():
    verse = "Shall I compare thee to a summer’s day\nThou art more lovely\nRough winds do shake\nAnd summer’s lease"
    headlines = (
        "Peskow stated that it is necessary to meet\n"
        + "A long paragraph. " * 20
        + "\nAnother headline stands here on its own\n"
    )
    for text in (verse, headlines):
        assert not any("\n" in piece for piece in pieces(text))


@pytest.mark.parametrize(
    "sentences",
    [
        ["He met Mr. Putin.", "The U.S. said no.", "The U.S. Senate voted."],
        ["J. K. Rowling wrote it at 3 p.m.", "Then she slept."],
        ["It is at No. 10 Downing Street.", "It grew by 3.5 percent."],
        ["Why not?”, he said.", "Nobody knew."],
        ["## 2. What was said"],
        ["**4. Keys.**", "The warden keeps them."],
        ["**12.** The boat is let by the day."],
        ["It ended. ***"],
        ["“Why?” he said.", "“Go!”", "She went."],
        ["“Ever wondered why?” Smith asked.", "Nobody had."],
        ["He said: “I will go.”", "Then he left.", "(He came back.)"],
        [
            "It happens every day.",
            "“We know,” she said.",
            "People need sleep.",
            "That is life.",
            "They live in York.",
            "I said no.",
        ],
        ["Apple Inc. bought it in 2010.", "Prof. Smith came.", "He waited…", "Then he went.", "Is it?!", "Yes."],
        ["Dr. Martin Luther King Jr. spoke to Gen. Lee of St. Louis."],
        ["He moved to Washington D.C.", "Then to the U.K."],
    ],
)
def test_boundaries(sentences: list[str]):
    assert pieces(" ".join(sentences)) == sentences


def test_line_breaks_end_sentences_and_stay_out_of_them():
    assert pieces("\ufeffA title\r\n\r\nFirst line\r\nand second. Third") == [
        "\ufeffA title",
        "First line",
        "and second.",
        "Third",
    ]


@pytest.mark.parametrize("unit", ["a", "ab ", "漢", "a. ", "!", "“", ". ", "\n", "Mr. ", "?! "])
def test_a_line_of_any_kind_takes_time_proportional_to_its_length(work, unit: str):
    assert work(lambda: split((unit * 100_000)[:100_000])) < 5
