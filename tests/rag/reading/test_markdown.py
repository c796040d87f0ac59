"""Front matter, comments and headings of Markdown files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.markdown import front_matter, without_comments
from rag.reading.plain import read_markdown


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("---\ntitle: The ferry\ndate: 2024-03-02\n---\nIt left.", "The ferry", "2024-03-02"),
        (
            '\ufeff---\r\ntitle: "The: ferry" # x\r\ndate: 2024-03-02T10:00:00Z\r\n---\r\nIt left.',
            "The: ferry",
            "2024-03-02",
        ),
        ("+++\ntitle = 'The ferry'\ndate = 2024-03-02\n+++\nIt left.", "The ferry", "2024-03-02"),
        ("---\ntitle: The ferry\n...\nIt left.", "The ferry", None),
        ("---\nauthor: Ida\n---\n# The ferry\nIt left.", "The ferry", None),
        ("---\ndate: 2024-13-02\n---\nThe ferry\n=========\nIt left.", "The ferry", None),
        ("---\ntitle: no end\nIt left.", None, None),
        ("The ferry\n---------\n\nIt left.", "The ferry", None),
        ("It left.\n\nThe ferry\n=====\n", None, None),
        ("---\nnested:\n  title: Not this\ntitle: >\n  folded\n---\n", None, None),
    ],
)
def test_titles_and_dates(text, title, day):
    found = read_markdown(text.encode())
    assert (found.title, found.date) == (title, day)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It left. <!-- It sank. --> It came.", "It left. " + " " * 17 + " It came."),
        ("<!-- It\nsank. -->\nIt came.", "       \n         \nIt came."),
        ("```\n<!-- code -->\n```\n<!-- gone -->", "```\n<!-- code -->\n```\n             "),
        ("Write `<!-- x -->` so.", "Write `<!-- x -->` so."),
        ("    <!-- code -->", "    <!-- code -->"),
        ("It left. <!-- never closed", "It left. <!-- never closed"),
        ("a <!-- b --> c <!-- d --> e", "a " + " " * 10 + " c " + " " * 10 + " e"),
    ],
)
def test_comments_are_blank_where_they_aren_t_shown(text, shown):
    assert without_comments(text) == shown


PIECES = st.lists(
    st.sampled_from(["<!--", "-->", "`", "```\n", "~~~\n", "\n", "    ", "word ", "---\n", "title: x\n", "\r\n"])
)


@given(PIECES.map("".join))
def test_places_stay_those_of_the_file(text):
    found = without_comments(text)
    assert len(found) == len(text)
    assert all(a == b or a == " " for a, b in zip(found, text, strict=True))
    assert 0 <= front_matter(text).end <= len(text)
