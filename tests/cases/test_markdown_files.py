"""What Markdown says about itself is its title and date, and its comments are nobody's word."""

from __future__ import annotations


def test_front_matter_gives_title_and_date(case):
    files = case("markdown-front-matter-and-comments")
    listed = {a.source: (a.title, a.date) for a in files.assistant.articles()}
    assert listed["frontmatter.md"] == ("Harbour to close", "2024-05-06")
    assert listed["setext.md"][0] == "Harbour to close"
    assert files.ask("Which is the latest article?").status == "answered"


def test_a_comment_is_no_word_of_the_article(case):
    files = case("markdown-front-matter-and-comments")
    assert "resigned" not in files.text("mdmix.md")
    assert files.ask("Did the mayor resign?").status == "not_mentioned"
    text = (files.folder / "mdmix.md").read_text("utf-8")
    assert len(files.text("mdmix.md")) == len(text)
    assert files.text("mdmix.md").index("Marwick") == text.index("Marwick")
