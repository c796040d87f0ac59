"""Where the pages of a PDF begin in the text that is made of all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import page, pdf

from rag.index.build import build_index
from rag.index.reader import Index
from rag.index.store import read_places, written_places
from rag.reading import read
from rag.reading.page_starts import page_of, page_starts
from rag.reading.pdf import read_pdf
from rag.types import Places, Span

HEAD = "Annual report of the Oster Bay ferry company"
FIRST = ("The ferry ran on three hundred and forty days.", "Its engine was repaired twice in the winter and once in")
SECOND = ("the summer, which took nineteen days in all.", "The captain asked for a new one.")
THIRD = ("No date was set for the new engine.", "The harbour of Zell pays a third of it.")


def report(**known: str) -> bytes:
    pages = [page(HEAD, *lines, str(n)) for n, lines in enumerate((FIRST, SECOND, THIRD), start=1)]
    return pdf(*pages, **known)


@pytest.mark.parametrize("title", ["", "Ferries of the north"])
def test_every_page_begins_with_its_own_first_words(title):
    content = read_pdf(report(title=title))
    text, starts = content.text, content.pages
    assert len(starts) == 4 and starts[-1] == len(text)
    assert text[starts[0] :].startswith("Annual report")
    assert text[starts[1] :].startswith("the summer, which took"), "in the middle of a sentence, after the head"
    assert text[starts[2] :].startswith("No date was set")
    assert [page_of(text.index(words), starts) for words in ("ferry ran", "nineteen", "third of it")] == [1, 2, 3]
    assert page_of(starts[-1], starts) is None
    if title:
        assert page_of(0, starts) is None, "the title stands on no page"


def test_one_page_is_no_pages():
    assert read_pdf(pdf(page(HEAD, *FIRST))).pages == ()


def test_an_empty_page_begins_where_the_next_does():
    starts = read_pdf(pdf(page(HEAD, *FIRST), page(), page(HEAD, *THIRD))).pages
    assert len(starts) == 4 and starts[1] == starts[2]
    assert page_of(starts[2], starts) == 3


def test_pages_that_cannot_be_found_are_not_guessed():
    pages = [
        "The ferry ran on three hundred days.",
        "Words that stand nowhere in the text, and are many of their kind, all in all too many.",
    ]
    assert page_starts("The ferry ran on three hundred days. Other words follow here.", pages) == ()


def test_a_divided_word_is_found_again():
    text = "The captain of the ferry spoke of negotiations with the harbour."
    pages = ["The captain of the ferry spoke of nego-", "tiations with the harbour."]
    starts = page_starts(text, pages)
    assert text[starts[1] :].startswith("tiations")


def test_the_index_keeps_pages(tmp_path, embedder):
    (tmp_path / "report.pdf").write_bytes(report())
    (tmp_path / "note.txt").write_text("A note. It is short.", "utf-8")
    build_index([tmp_path / "report.pdf", tmp_path / "note.txt"], tmp_path / "index", embedder=embedder)
    index = Index.open(tmp_path / "index")
    assert index.document("report.pdf").places.pages == read(tmp_path / "report.pdf").places.pages != ()
    assert index.document("note.txt").places.pages == ()


def test_places_are_stored_with_pages_or_without():
    places = Places(title=Span(0, 4), pages=(0, 40, 90))
    assert read_places(written_places(places)) == places
    assert read_places('{"title": [0, 4]}') == replace(places, pages=()), "as indexes of before hold them"
