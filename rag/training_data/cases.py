"""Texts with what is asked of them, for the judge's training: `python -m rag.training_data.cases SHARED OUT.jsonl`.

The questions of `news_questions`, `desk_questions`, `wiki_questions`, `squad` and of our own folders meet the sentences
that answer them, alone and among their neighbours, sentences that tempt, and those that the reader finds likeliest
among all.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from models import load_embedder, load_reader
from models.training import examples as files
from models.training.cases import Case, write
from rag.text.sentences import split
from rag.training_data.document_cases import Document
from rag.training_data.folders import FILE, folders
from rag.training_data.looked import Models, looked_at
from rag.training_data.pages import Asked, Page, asked, files_of, pages_of
from rag.types import Span

SEED = 190


@dataclass(frozen=True)
class Collection:
    """The articles or documents that are asked about, and no others: an eval set's are not trained on."""

    name: str
    files: Mapping[str, Path]
    pages: Mapping[str, Page]
    questions: Mapping[str, Sequence[Asked]]  # by document

    def documents(self) -> Iterator[Document]:
        """Each with its questions."""
        for source, questions in self.questions.items():
            yield Document(self.pages[source], questions, self.name, f"{self.name}:{source}")


def collections(shared: Path, copies: Path, own: Path = FILE) -> Iterator[Collection]:
    """Those of news and desk, and each of our own folders, which lie in the file `own`."""
    for name, where in (("news", shared / "corpora" / "news"), ("desk", shared / "train" / "desk")):
        rows = list(files.rows(shared / "train", f"{name}_questions"))
        yield _collection(name, files_of(where, sorted({r["source"] for r in rows}), copies), rows)
    for folder in folders(copies, own):
        yield _collection("folders", folder.files, folder.rows)


def _collection(name: str, files_here: Mapping[str, Path], rows: Iterable[Mapping[str, Any]]) -> Collection:
    pages = pages_of(files_here)
    by_source: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        # A false premise is no yes/no question, though "no" is its answer.
        if row["kind"] != "false-premise" and (found := asked(row, name, pages[row["source"]])):
            by_source[row["source"]].append(found)
    return Collection(name, files_here, pages, by_source)


def paragraphs(train: Path) -> Iterator[Document]:
    """Wikipedia's paragraphs with the questions of `wiki_questions` and `squad`."""
    by_text: dict[tuple[str, str, str], list[Asked]] = defaultdict(list)
    for row in files.rows(train, "wiki_questions"):
        passage, title = row["passage"], row["title"]
        place, label = (
            _place(passage, row["evidence"]),
            {"fact": "span", "denial": "span"}.get(row["kind"], row["kind"]),
        )
        if place and label == "absent":
            by_text["wiki", title, passage].append(Asked(row["question"], label, "wiki", title, (), (), place))
        elif place:
            answer = _place(passage, row["span"]) if row["span"] else None
            whole = (answer or place,)
            by_text["wiki", title, passage].append(Asked(row["question"], label, "wiki", title, whole, (place,), None))
    for e in files.squad(train):
        spans, title = tuple(Span(a, b) for a, b in e.spans), e.group.partition(":")[2]
        by_text["squad", title, e.passage].append(Asked(e.text, e.label, "squad", title, spans, spans[:1], None))
    for (name, title, passage), questions in by_text.items():
        page = Page(passage, tuple(split(passage)))
        yield Document(page, [_whole(q, page) for q in questions], name, f"squad:{title}")


def _whole(q: Asked, page: Page) -> Asked:
    """A question whose evidence are whole sentences."""
    runs = [page.window(*t) for e in q.evidence if (t := page.touching(e))]
    return replace(q, evidence=tuple(runs))


def _place(text: str, words: str) -> Span | None:
    at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None


def _looked(of: Collection, folder: Path, models: Models, draw: random.Random) -> Iterator[Case]:
    questions = [q for asked_of in of.questions.values() for q in asked_of]
    return looked_at(of.name, questions, of.files, folder, models, draw)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    beside, origins = given.out.with_suffix(".part"), Counter[str]()
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder, beside.open("w", encoding="utf-8") as out:
        of = list(collections(given.shared, Path(folder) / "copies"))
        documents = chain(*(c.documents() for c in of), paragraphs(given.shared / "train"))
        plain = (case for document in documents for case in document.cases(draw))
        models = Models(load_embedder(), load_reader())
        looked = (case for n, c in enumerate(of) for case in _looked(c, Path(folder) / f"{n}", models, draw))
        for case in chain(plain, looked):
            out.write(write(case) + "\n")
            origins[case.origin] += 1
    os.replace(beside, given.out)
    sys.stderr.write("".join(f"{count:6,} {origin}\n" for origin, count in sorted(origins.items())))


if __name__ == "__main__":
    main()
