"""Saved pages as they look, with the dates that they state."""

from __future__ import annotations


def test_the_article_behind_a_dialog_is_read_and_the_dialog_is_not(case):
    text = case("html-behind-dialog").text("ariahidden_main.html")
    assert "Mayor Ruth Oster said that 40 jobs were at risk" in text
    assert "842 partners" not in text


def test_no_date_is_made_up(case):
    files = case("html-invented-dates")
    assert [a.date for a in files.assistant.articles()] == [None] * 3
    assert files.ask("Which is the first article?").status == "not_mentioned"


def test_shadow_roots_captions_and_equations_are_read(case):
    files = case("html-shadow-dom-captions-math")
    assert files.report.skipped == ()
    assert "Mayor Ruth Oster said" in files.text("shadow_template.html")
    assert "The owner is Holger Lund." in files.text("figcaption.html")
    assert "The value of x = 42 was measured" in files.text("iframe_iframe.html")
    assert "By Ruth Field 6 May 2024" in files.text("span_glue.html")
    assert "Holger Lund" in files.ask("Who is the owner of the last crane?", "figcaption.html").text
