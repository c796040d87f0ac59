"""Our own folders: what a question rests on stands in its document, as it is read, and what is held back is whole folders."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest

from models.training.held_back import listed
from rag.training_data.folders import folders, write_held_back
from rag.training_data.pages import asked, pages_of


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    return list(folders(tmp_path_factory.mktemp("folders")))


def test_names_are_unique_and_every_document_is_asked_about(every):
    assert len({f.name for f in every}) == len(every)
    for folder in every:
        assert {r["source"] for r in folder.rows} == set(folder.files)
        assert max(Counter(r["question"] for r in folder.rows).values()) == 1


def test_what_decides_stands_in_the_document_as_it_is_read(every):
    lost = 0
    for folder in every[::6]:
        pages = pages_of(folder.files)
        lost += sum(asked(row, "folders", pages[row["source"]]) is None for row in folder.rows)
    assert lost <= 0.02 * sum(len(f.rows) for f in every[::6])


def test_what_is_held_back_are_whole_folders(every):
    held = listed("folders")
    assert held
    for folder in every:
        assert not held & set(folder.files) or held >= set(folder.files)


def test_the_folders_held_back_are_written_with_their_questions(tmp_path):
    own = tmp_path / "own.jsonl.gz"
    names = sorted(listed("folders"))
    first = names[0].split("/")[0]
    with gzip.open(own, "wt") as out:
        for name in (*(n for n in names if n.startswith(f"{first}/")), "elsewhere/a.md"):
            folder, _, document = name.partition("/")
            row = {"question": f"What of {document}?", "kind": "fact", "source": document, "evidence": ["It is."]}
            out.write(json.dumps({"folder": folder, "name": document, "text": "It is.", "questions": [row]}) + "\n")
    write_held_back(tmp_path / "out", own)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [first, f"{first}_questions.jsonl.gz"]
    with gzip.open(tmp_path / "out" / f"{first}_questions.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    assert {r["source"] for r in rows} == {p.name for p in (tmp_path / "out" / first).iterdir()}
    assert len({r["id"] for r in rows}) == len(rows)
