"""Sentences close to a topic in meaning that don't hold it. They are shown apart and never counted."""

from __future__ import annotations

from collections.abc import Set

from models.protocols import Embedder
from rag.corpus.bars import bars
from rag.corpus.term import Term
from rag.index.reader import Index
from rag.types import Near, Sentence

MOST = 10  # sentences shown
_CHUNKS = 8  # the exact search ranks all chunks; the sentences of the best are ranked after it


def related(
    topic: Term, index: Index, sources: frozenset[str] | None, embedder: Embedder, holding: Set[int]
) -> tuple[Near, ...]:
    """The sentences above the calibrated similarity, best first; `holding` are the ids of those with the topic."""
    query = embedder.embed_query(topic.written)
    chunks = [chunk for chunk, _ in index.dense(query, _CHUNKS, sources)]
    near: dict[int, Sentence] = {
        s.id: s for row in index.passages(chunks) for s in row.sentences if s.id not in holding
    }
    if not near:
        return ()
    cosines = index.sentence_vectors.of([s.text for s in near.values()], embedder) @ query
    ranked = sorted(zip(near.values(), cosines.tolist(), strict=True), key=lambda hit: -hit[1])
    # Rounded, as the last digits depend on which sentences were embedded together.
    return tuple(Near(s.source, s.text, s.start, s.end, round(c, 4)) for s, c in ranked[:MOST] if c >= bars().related)
