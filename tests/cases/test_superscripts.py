"""A raised figure is never part of the number or the word that it stands at."""

from __future__ import annotations

import pytest

ALL = ("sup.epub", "sup_footnote.html", "sup_run.docx", "superscript.pdf")


@pytest.mark.parametrize("name", ALL)
def test_marks_keep_apart_from_numbers_and_words(case, name):
    text = case("superscript-fused").text(name)
    assert "253" not in text and "embargo1" not in text
    assert "25³ to 12" in text and "embargo¹" in text


def test_the_word_before_a_mark_is_found(case):
    pytest.importorskip("rag.text.seen")  # compares texts as they are seen
    assert case("superscript-fused").assistant.mentions("embargo").sources == ALL


def test_the_vote_is_told_right(case):
    answer = case("superscript-fused").ask("What was the result of the vote?", "sup_run.docx")
    assert "25³ to 12" in answer.citations[0].quote
    assert "253" not in answer.text
