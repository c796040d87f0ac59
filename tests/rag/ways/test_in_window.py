"""Whether a sentence belongs to a time: by what it says itself, its row or heading, else by its document's day."""

from __future__ import annotations

import pytest

import rag
from rag.index.reader import Index
from rag.language.windows import of_iso
from rag.ways.in_window import Standing, dated_in, placed, undated

_LOG = """Kiln log

14 May 2024

The kiln was lit at noon. The clay came from the pit of 1912.

The door was mended on 2 April 2024 by a smith.

The yard is closed until 30 June 2024. The fair was put off to July 2024.

A new chimney will be built in 2026.

## Firing of 3 March 2023

Nine pots cracked.
"""


@pytest.fixture
def index(tmp_path, embedder):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "log.md").write_text(_LOG)
    (folder / "rules.txt").write_text("Rules of the kiln\n\nNobody may lean on the kiln door.\n")
    (folder / "pots.csv").write_text("Year,Pots,Cracked\n2021,410,12\n2022,380,31\n2023,444,9\n")
    rag.build_index([folder], tmp_path / "index", embedder=embedder)
    return Index.open(tmp_path / "index", embedder.info)


def standing(index, period, words):
    window = of_iso(period)
    assert window is not None
    found = [s for source in index.sources() for s in index.article_sentences(source) if words in s.text]
    assert len(found) == 1, found
    return placed(found[0], window, index).standing


@pytest.mark.parametrize(
    ("period", "words", "where"),
    [
        ("2024-05", "lit at noon", Standing.IN),
        ("2024-06", "lit at noon", Standing.BEFORE),
        ("2023", "lit at noon", Standing.AFTER),
        ("2024-05", "pit of 1912", Standing.IN),  # named, not when it came
        ("2024-04", "mended on 2 April", Standing.IN),
        ("2024-05", "mended on 2 April", Standing.ELSEWHERE),
        ("2026", "chimney", Standing.IN),
        ("2024-05", "chimney", Standing.IN),  # a plan is told of on the day of the log
        ("2023-03", "Nine pots", Standing.IN),
        ("2024-05", "lean on the kiln door", Standing.UNDATED),
        ("2022", "380", Standing.IN),
        ("2023", "380", Standing.ELSEWHERE),
    ],
)
def test_where_a_sentence_stands(index, period, words, where):
    assert standing(index, period, words) is where


@pytest.mark.parametrize(("period", "words"), [("2024-06", "yard is closed"), ("2024-07", "put off")])
def test_what_an_earlier_document_says_of_a_later_time(index, period, words):
    window = of_iso(period)
    assert window is not None
    [sentence] = [s for s in index.article_sentences("log.md") if words in s.text]
    assert placed(sentence, window, index).standing is Standing.IN
    assert placed(sentence, window, index, strict=True).standing is not Standing.IN


def test_documents_of_a_time_and_those_without_one(index):
    window = of_iso("2024")
    assert window is not None and dated_in(window, index) == {"log.md"}
    assert undated(index, None) == {"rules.txt", "pots.csv"} and undated(index, frozenset({"log.md"})) == frozenset()


def test_a_document_without_a_date_is_of_the_year_in_its_title(tmp_path, embedder):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.md").write_text("# Kiln review 2024\n\nThere were 90 visitors, fewer than in 2023.\n")
    (folder / "b.md").write_text("# The kilns of 1912 and 1913\n\nOne burned peat.\n")
    rag.build_index([folder], tmp_path / "index", embedder=embedder)
    index = Index.open(tmp_path / "index", embedder.info)
    assert dated_in(of_iso("2024"), index) == {"a.md"} and undated(index, None) == {"b.md"}
    assert standing(index, "2024", "90 visitors") is Standing.IN
    assert standing(index, "2022", "90 visitors") is Standing.AFTER
    assert standing(index, "1950", "burned peat") is not Standing.IN
