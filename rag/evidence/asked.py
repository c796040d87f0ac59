"""Ask question sets, and keep what the calibration learns from: features, and which candidates are right.

Each question is asked of all articles, of its own article alone, and of an index of three articles:
how rare a word is, and how near the nearest wrong sentence, depends on how much there is to search.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.protocols import Embedder, EvidenceModel
from rag.evidence.features import Features, measure
from rag.evidence.reading import ReaderFeatures, look_closer, read, reader_features
from rag.evidence.weigh import Rarity, gather
from rag.index.build import build_index
from rag.index.reader import Index
from rag.question import Question
from rag.retrieve import retrieve
from rag.types import Sentence
from rag.understand import understand

ABSENT = frozenset({"absent", "off-topic", "near-miss"})
UNSCORED = frozenset({"false-premise"})  # their evidence contradicts; it neither answers nor is it nothing
COMPANY = 2  # further articles of the small collection

Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One question in one collection: features of its candidates, and which of them are right."""

    article: str
    kind: str
    balanced: bool  # its question set also holds questions that nothing answers
    question: Question
    measured: tuple[Features, ...]
    judged: tuple[ReaderFeatures, ...] | None
    right: npt.NDArray[np.bool_]  # (candidates,)

    def values(self) -> list[Mapping[str, float]]:
        """Features of every candidate by name."""
        rules = [m.values() for m in self.measured]
        return [v | r.values() for v, r in zip(rules, self.judged, strict=True)] if self.judged else list(rules)


def ask_all(files: Sequence[Path], index: Index, embedder: Embedder, reader: EvidenceModel) -> Iterator[Asked]:
    """Every question of the sets, in each of its collections.

    Args:
        files: question sets.
        index: all articles.
        embedder: the one that made the index.
        reader: reads the passages.
    """
    by_article: defaultdict[str, list[tuple[Row, bool]]] = defaultdict(list)
    for file in files:
        rows: list[Row] = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        balanced = any(row.get("kind") in ABSENT for row in rows)
        for row in rows:
            if row.get("kind") not in UNSCORED:
                by_article[row["source"]].append((row, balanced))
    sources = sorted(index.sources())
    for article, rows_of in sorted(by_article.items()):
        at = sources.index(article)
        company = [sources[(at + n) % len(sources)] for n in range(COMPANY + 1)]
        with tempfile.TemporaryDirectory() as folder:
            build_index([index.path(source) for source in company], folder, embedder=embedder)
            small = Index.open(Path(folder), embedder.info)
            own = next(s for s in small.sources() if small.path(s) == index.path(article))
            for row, balanced in rows_of:
                for where, scope, source in (
                    (index, None, article),
                    (index, frozenset({article}), article),
                    (small, None, own),
                ):
                    yield _ask(row, balanced, where, scope, source, embedder, reader)
            small.close()


def _ask(
    row: Row,
    balanced: bool,
    index: Index,
    scope: frozenset[str] | None,
    source: str,
    embedder: Embedder,
    reader: EvidenceModel,
) -> Asked:
    question = understand(row["question"])
    query = embedder.embed_query(question.standalone)
    passages = retrieve(question, query, index, scope)
    candidates = gather(query, passages, index, embedder)
    texts = [index.document(p.source).text[p.start : p.end] for p in passages]
    found = read(question, passages, texts, reader)
    closer = look_closer(question, candidates, found, index, reader)
    evidence = _places(index.document(source).text, row["evidence"])
    return Asked(
        article=row["source"],
        kind=row.get("kind", "fact"),
        balanced=balanced,
        question=question,
        measured=tuple(measure(question, candidates, Rarity(index))),
        judged=tuple(reader_features(candidates, found, closer)),
        right=np.array([_is_right(c.sentence, source, evidence) for c in candidates], dtype=np.bool_),
    )


def _places(text: str, evidence: Sequence[str]) -> list[tuple[int, int]]:
    return [(at, at + len(e)) for e in evidence if (at := text.find(e)) >= 0]


def _is_right(sentence: Sentence, source: str, evidence: Sequence[tuple[int, int]]) -> bool:
    """Whether a sentence overlaps the row's evidence."""
    return sentence.source == source and any(a < sentence.end and sentence.start < b for a, b in evidence)
