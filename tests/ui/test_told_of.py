"""What is told of an article beside its title, on the page and in a terminal."""

from __future__ import annotations

from rag.types import Listed
from ui.page import sources_view
from ui.terminal import listed_lines

LETTER = Listed(
    "gate.txt",
    "A gate <b>nobody</b> asked for",
    "2023-09-28",
    12,
    author="Leonie & Co",
    author_from="text",
    kind="letter",
)
SAVED = Listed("plan.docx", None, None, 3, author="Jana Katz", author_from="properties")
SENT = Listed("a.eml", "The weir", "2024-03-04", 2, "Ida Roth", author="Ida Roth", author_from="file", kind="mail")


def test_the_title_comes_first_then_what_it_is_then_its_file():
    row = sources_view.listing([LETTER], ())
    title, known, file = (
        "A gate &lt;b&gt;nobody&lt;/b&gt; asked for",
        "letter · 2023-09-28 · Leonie &amp; Co",
        "gate.txt · 12",
    )
    assert row.index(title) < row.index(known) < row.index(file)
    assert "<b>" not in row


def test_a_name_from_the_properties_is_said_to_be_one():
    assert "Jana Katz (by the file’s properties)" in sources_view.listing([SAVED], ())
    assert list(listed_lines(SAVED)) == ["plan.docx  Jana Katz (by the file’s properties)  (3 sentences)"]


def test_a_sender_is_told_once():
    assert list(listed_lines(SENT)) == ["a.eml  The weir · mail · 2024-03-04 · Ida Roth  (2 sentences)"]
