"""An open generation of the embedded store: SQLite for words and documents, FAISS for vectors.

It stays usable after a rebuild has replaced or deleted its files: vectors are in memory and the database is held open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.protocols import FloatArray
from rag.index.embedded.abroad import Abroad
from rag.index.manifest import Manifest
from rag.index.own import STORE, VECTORS
from rag.index.protocol import Alternatives, Hit, Holding
from rag.index.query_words import match_all, match_any, match_phrase
from rag.index.vectors import Scope, Vectors

_TIES = 1_000  # hits more than are asked for, in which equal ones find their order: copies of a text are equal
_SCORED = 60_000  # chunks that a lexical search scores: 30 ms; nine in ten of the exact top 50 are then found


class EmbeddedGeneration(Abroad):
    """The files of one generation; satisfies `Generation`."""

    def __init__(self, folder: Path, name: str, manifest: Manifest) -> None:
        super().__init__(folder / STORE)
        self.name = name
        self.manifest = manifest
        self._vectors = Vectors(folder / VECTORS, manifest.chunks, manifest.embedder.dimension)

    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[Hit]:
        """The closest chunks; all in scope are compared."""
        return self._vectors.search(query, k, None if sources is None else self._chunks_of(sources))

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Hit]:
        """The chunks that hold the words best.

        Where the words stand in very many chunks, only those that hold the rarest words are scored, and by these
        alone. That is an approximation: MaxScore (Turtle & Flood 1995) leaves out only what can't come into the top.
        """
        rare = self._rare(words) if sources is None and self.manifest.chunks > _SCORED else words
        limit = -1 if sources is not None else k + _TIES
        hits = self._scored(rare, limit)
        if len(hits) == limit and hits[k - 1][1] == hits[-1][1]:  # which of the equal ones come first is not yet known
            hits = self._scored(rare, -1)
        if sources is not None:
            allowed = set(self._chunks_of(sources).tolist())
            hits = [hit for hit in hits if hit[0] in allowed]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _scored(self, words: Sequence[str], limit: int) -> list[Hit]:
        """Chunks that hold any of the words, best first; all of them for a limit of -1."""
        query = "SELECT rowid, -bm25(chunk_words) FROM chunk_words WHERE chunk_words MATCH ? ORDER BY 2 DESC LIMIT ?"
        rows = self._all(query, (match_any(words), limit))
        ids = self.numbers.of_stored_chunks([i for i, _ in rows]).tolist()
        return list(zip(ids, (score for _, score in rows), strict=True))

    def _rare(self, words: Sequence[str]) -> list[str]:
        query = "SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?"
        counts = {word: int(self._all(query, (match_phrase(word),))[0][0]) for word in dict.fromkeys(words)}
        return rarest(counts, _SCORED) or list(words)

    def holding(self, alternatives: Alternatives, sources: frozenset[str] | None) -> list[Holding]:
        """Every sentence that the full-text index finds."""
        query = """SELECT s.document, s.position, s.start, s.end FROM sentence_words w
                   JOIN sentences s ON s.id = w.rowid WHERE sentence_words MATCH ?"""
        places = self.numbers.by_document
        return [
            Holding(*row)
            for row in self._all(query, (match_all(alternatives),))
            if sources is None or places[row[0]].source in sources
        ]

    def frequency(self, phrase: str) -> int:
        """In how many sentences a phrase stands."""
        query = "SELECT count(*) FROM sentence_words WHERE sentence_words MATCH ?"
        return int(self._all(query, (match_phrase(phrase),))[0][0])

    def vocabulary(self) -> list[str]:
        """The stems of all words of all sentences."""
        self._all("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'sentence_words', 'row')")
        return [term for (term,) in self._all("SELECT term FROM temp.words")]

    def vectors(self, numbers: Sequence[int]) -> FloatArray:
        """One for each number."""
        if isinstance(numbers, range) and numbers.step == 1:
            return self._vectors.get(numbers.start, len(numbers))
        return np.concatenate([self._vectors.get(number, 1) for number in numbers])

    def chunk(self, number: int) -> tuple[int, int]:
        """Its sentences."""
        place = self.numbers.of_chunk(number)
        stored = place.stored_chunk + number - place.first_chunk
        [(first, last)] = self._all("SELECT first, last FROM chunks WHERE id = ?", (stored,))
        return first, last

    def _chunks_of(self, sources: frozenset[str]) -> Scope:
        places = [self.numbers.place(source) for source in sources]
        ids = [np.arange(p.first_chunk, p.first_chunk + p.chunks, dtype=np.int64) for p in places]
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *ids]))


def rarest(counts: Mapping[str, int], most: int) -> list[str]:
    """The rarest words that stand anywhere, as many as add up to no more than `most`; the very rarest in any case."""
    kept: list[str] = []
    total = 0
    for word in sorted((w for w in counts if counts[w]), key=lambda w: (counts[w], w)):
        total += counts[word]
        if kept and total > most:
            break
        kept.append(word)
    return kept
