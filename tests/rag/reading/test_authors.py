"""Who wrote a file, as its format says it; a name in its properties is the last resort and is told apart."""

from __future__ import annotations

import io

import pytest
from samples import html, mail, odt, page, pdf, pptx

from rag.reading import read


def docx(*paragraphs: str, author: str) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.author = author
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_author(data: bytes, name: str) -> bytes:
    """A presentation whose properties name somebody."""
    from pptx import Presentation

    made = Presentation(io.BytesIO(data))
    made.core_properties.author = name
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def by(tmp_path, name: str, data: bytes) -> tuple[str | None, str | None]:
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name)
    if found.places.author:
        assert found.text[found.places.author.start : found.places.author.end] == found.author
    return found.author, found.author_from


SENT = {"From": "Ida Roth <ida@example.org>", "Subject": "The weir", "Date": "Mon, 4 Mar 2024 08:52:00 +0000"}


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.md", b"---\nauthor: Ida Roth\n---\n\n# The weir\n\nIt rained.\n", ("Ida Roth", "text")),
        ("a.json", b'{"title": "The weir", "author": "Ida Roth", "text": "It rained."}', ("Ida Roth", "text")),
        ("a.rst", b"The weir\n========\n\n:Author: Ida Roth\n\nIt rained.\n", ("Ida Roth", "text")),
        ("a.html", html(head='<meta name="author" content="Ida Roth">'), ("Ida Roth", "file")),
        ("a.docx", docx("The weir", "By Ida Roth", "It rained all night in the valley.", author="Jana Katz"), ("Ida Roth", "text")),
        ("a.docx", docx("It rained all night in the valley.", author="Jana Katz"), ("Jana Katz", "properties")),
        ("a.docx", docx("It rained all night in the valley.", author="python-docx"), (None, None)),
        ("a.pptx", with_author(pptx("It rained."), "Jana Katz"), ("Jana Katz", "properties")),
        ("a.odt", odt("It rained all night in the valley."), (None, None)),
        ("a.pdf", pdf(page("It rained all night in the valley.")), (None, None)),
        ("a.txt", b"It rained.\n", (None, None)),
    ],
)  # fmt: skip
def test_authors(tmp_path, name, data, expected):
    assert by(tmp_path, name, data) == expected


def test_a_mail_is_by_its_sender(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(**SENT))
    found = read(tmp_path / "a.eml")
    assert (found.author, found.author_from, found.kind) == ("Ida Roth", "text", "mail")
    assert (found.title, found.date) == ("The weir", "2024-03-04")
