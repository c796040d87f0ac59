"""Retrieve passages: dense and lexical search over the chunks in scope, fused by rank.

Fusion is reciprocal rank fusion (Cormack, Clarke & Büttcher 2009, SIGIR, p. 758): scores of the
two searches have different meanings and are never added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.protocols import FloatArray
from rag.index.reader import Index
from rag.types import Passage

RRF_K = 60  # the constant of the paper; results change little between 30 and 100
DEPTH = 100  # hits taken from each search before fusion
PASSAGES = 8


def retrieve(
    words: Sequence[str], query: FloatArray, index: Index, sources: frozenset[str] | None, k: int = PASSAGES
) -> tuple[Passage, ...]:
    """The k passages that fit a question best, best first.

    Args:
        words: its content words, in lower case.
        query: its vector, shape (dimension,).
        index: the open generation.
        sources: articles in scope; None for all.
        k: number of passages.
    """
    return tuple(hit.passage for hit in hits(words, query, index, sources, k))


@dataclass(frozen=True)
class Hit:
    """A passage and how well it holds the words."""

    passage: Passage
    lexical: float  # its BM25 score over the best chunk's, 0..1


def hits(
    words: Sequence[str], query: FloatArray, index: Index, sources: frozenset[str] | None, k: int
) -> tuple[Hit, ...]:
    """The same with what the lexical search found."""
    dense, lexical = index.both(query, words, DEPTH, sources)
    ranked = fuse([[chunk for chunk, _ in dense], [chunk for chunk, _ in lexical]])[:k]
    cosines, scores = dict(dense), dict(lexical)
    best = max(scores.values(), default=0.0) or 1.0
    missing = [chunk for chunk, _ in ranked if chunk not in cosines]
    if missing:
        cosines.update(zip(missing, (float(c) for c in index.vectors(missing) @ query), strict=True))
    chunks = index.passages([chunk for chunk, _ in ranked])
    return tuple(
        Hit(
            Passage(row.chunk_id, row.source, row.title, row.sentences, score, cosines[chunk]),
            max(0.0, scores.get(chunk, 0.0) / best),
        )
        for row, (chunk, score) in zip(chunks, ranked, strict=True)
    )


def fuse(rankings: Iterable[Sequence[int]]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion: (item, score), best first, ties by item so that the order is stable."""
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item in enumerate(ranking):
            scores[item] += 1.0 / (RRF_K + rank + 1)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))
