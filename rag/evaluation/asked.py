"""Ask question sets, and keep what the calibration learns from: what was measured, and which candidates are right.

Each question is asked of all articles, of its own article alone, and, in small sets, of an index of three articles:
how rare a word is, and how near the nearest wrong sentence, depends on how much there is to search.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.protocols import Embedder, EvidenceModel, Judge
from rag.asking.understand import understand
from rag.evaluation.run import read_rows
from rag.evaluation.score import Row, places
from rag.evidence.measured import Measured, measured
from rag.evidence.reranking import reranked
from rag.index.build import build_index
from rag.index.reader import Index
from rag.types import Sentence

ABSENT = frozenset({"absent", "off-topic", "near-miss"})
CONTRADICTED = frozenset(
    {"false-premise"}
)  # their evidence neither answers nor is it nothing: no weight is fitted on it
COMPANY = 2  # further articles of the small collection


@dataclass(frozen=True)
class Collection:
    """Question sets over the articles of one index."""

    index: Path
    files: tuple[Path, ...]
    every: int = 1  # take every so many-th of the articles' questions
    only: frozenset[str] | None = None  # the articles whose questions are taken; None for all
    company: bool = True  # whether each article is asked in an index of three, too


@dataclass(frozen=True)
class Asked:
    """One question in one collection: what was measured of its candidates, and which of them are right."""

    row: Row
    file: str  # the question set's name
    balanced: bool  # its question set also holds questions that nothing answers
    everything: bool  # asked of all articles
    measured: Measured
    right: npt.NDArray[np.bool_]  # (candidates,), whether each overlaps the row's evidence

    @property
    def outcome(self) -> Literal["yes", "no", "open"] | None:
        """What its evidence says to a yes/no question; None where the row doesn't tell or nothing answers."""
        told: dict[str | None, Literal["yes", "no", "open"]] = {"yes": "yes", "no": "no", "undecided": "open"}
        return None if self.absent else told.get(self.row.polar or (self.row.kind if self.row.kind in told else None))

    @property
    def absent(self) -> bool:
        """Whether nothing answers it."""
        return self.row.kind in ABSENT

    def by_rules(self) -> Asked:
        """The same without the reader and the judge."""
        return replace(self, measured=self.measured.by_rules())

    def by_reader(self) -> Asked:
        """The same without the judge."""
        return replace(self, measured=self.measured.by_reader())


@dataclass(frozen=True)
class Models:
    """What a question is asked with."""

    embedder: Embedder
    reader: EvidenceModel
    judge: Judge | None = None


def ask_all(of: Collection, index: Index, models: Models) -> Iterator[Asked]:
    """Every question of the sets, in each of its collections.

    Args:
        of: the question sets.
        index: theirs, open.
        models: the embedder that made the index, a reader and perhaps a judge.
    """
    by_article: defaultdict[str, list[tuple[Row, str, bool]]] = defaultdict(list)
    for file in of.files:
        rows = read_rows(file)
        balanced = any(row.kind in ABSENT for row in rows)
        for row in rows:
            by_article[row.source].append((row, file.name, balanced))
    known = index.sources()
    for number, (article, rows_of) in enumerate(sorted(by_article.items())):
        if article not in known or not (of.only is None or article in of.only):
            continue
        taken = [r for r in rows_of[number % of.every :: of.every] if _has_key(r[0], index)]
        for row, name, balanced in taken:
            yield _ask(row, name, balanced, index, None, models)
            yield _ask(row, name, balanced, index, frozenset({article}), models)
        if of.company:
            with tempfile.TemporaryDirectory() as folder:
                small, own = _among_few(article, index, Path(folder), models.embedder)
                for row, name, balanced in taken:
                    asked = _ask(replace(row, source=own), name, balanced, small, None, models)
                    yield replace(asked, row=row, everything=False)
                small.close()


def _has_key(row: Row, index: Index) -> bool:
    """Whether the row's evidence stands in its article as it was read."""
    return row.kind in ABSENT or bool(places(row, index.document(row.source).text))


def _among_few(article: str, index: Index, folder: Path, embedder: Embedder) -> tuple[Index, str]:
    """An index of an article and the next few, and what the article is called in it."""
    sources = sorted(index.sources())
    at = sources.index(article)
    company = [index.path(sources[(at + n) % len(sources)]) for n in range(COMPANY + 1)]
    build_index(company, folder, embedder=embedder)
    small = Index.open(folder, embedder.info)
    return small, next(s for s in small.sources() if small.path(s) == index.path(article))


def _ask(row: Row, file: str, balanced: bool, index: Index, scope: frozenset[str] | None, models: Models) -> Asked:
    question = understand(row.question)
    query = models.embedder.embed_query(question.standalone)
    passages = reranked(question.words, query, index, scope, models.embedder)
    found = measured(question, query, passages, index, models.embedder, models.reader, models.judge)
    evidence = places(row, index.document(row.source).text)
    right = [_is_right(c.sentence, row.source, evidence) for c in found.candidates]
    return Asked(row, file, balanced, scope is None, found, np.array(right, dtype=np.bool_))


def _is_right(sentence: Sentence, source: str, evidence: Sequence[tuple[int, int]]) -> bool:
    return sentence.source == source and any(a < sentence.end and sentence.start < b for a, b in evidence)
