"""One open generation of an index, read-only and safe to use from several threads.

It stays usable after a rebuild has replaced or deleted its files: vectors are in memory and the
database is held open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.protocols import EmbedderInfo, FloatArray
from rag.errors import IndexDamaged
from rag.index.foreign import Foreign
from rag.index.kept_vectors import KeptVectors
from rag.index.layout import Layout, current_generation
from rag.index.manifest import Manifest
from rag.index.own import STORE, VECTORS
from rag.index.query_words import match_all, match_any, match_phrase
from rag.index.vectors import Scope, Vectors
from rag.settings import Settings
from rag.types import Sentence

_TIES = 1_000  # hits more than are asked for, in which equal ones find their order: copies of a text are equal
SCORED = 60_000  # chunks that a lexical search scores: 30 ms; nine in ten of the exact top 50 are then found


@dataclass(frozen=True)
class ChunkRow:
    """A chunk and its sentences."""

    chunk_id: int
    source: str
    title: str | None
    sentences: tuple[Sentence, ...]


class Index(Foreign):
    """One generation; `open` finds the current one."""

    def __init__(self, folder: Path, generation: str, manifest: Manifest) -> None:
        path = Layout(folder).generation(generation)
        super().__init__(path / STORE, manifest.sentences)
        self.folder = folder
        self.generation = generation
        self.manifest = manifest
        self.sentence_vectors = KeptVectors()
        self._vectors = Vectors(path / VECTORS, manifest.chunks, manifest.embedder.dimension)

    @classmethod
    def open(cls, folder: Path, embedder: EmbedderInfo | None = None, settings: Settings | None = None) -> Index:
        """Open the current generation.

        Args:
            folder: the index folder.
            embedder: refuse vectors that another one made; None to only read articles.
            settings: refuse chunks that were cut otherwise; None for any.

        Raises:
            IndexMissing, IndexDamaged, IndexMismatch.
        """
        generation = current_generation(folder)
        try:
            manifest = Manifest.read(Layout(folder).generation(generation))
            manifest.check(embedder, settings)
            return cls(folder, generation, manifest)
        except IndexDamaged:
            if generation == current_generation(folder):
                raise
        return cls.open(folder, embedder, settings)  # replaced, and cleared away, while it was being opened

    # ── search ──────────────────────────────────────────────────────────────────────────────
    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the k chunks in scope closest to a vector, best first; all of them are compared."""
        return self._vectors.search(query, k, None if sources is None else self._chunks_of(sources))

    def both(
        self, query: FloatArray, words: Sequence[str], k: int, sources: frozenset[str] | None
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        """What `dense` and `lexical` find, searched beside each other."""
        with ThreadPoolExecutor(1) as beside:
            lexical = beside.submit(self.lexical, words, k, sources)
            return self.dense(query, k, sources), lexical.result()

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) of the k chunks in scope that hold the words best, larger is better.

        Where the words stand in very many chunks, only those that hold the rarest words are scored, and by these
        alone. That is an approximation: MaxScore (Turtle & Flood 1995) leaves out only what can't come into the top.

        Args:
            words: as written or in lower case, not stemmed: the search stems them itself, and the
                stem of a stem is often another one ("agreed" → "agre" → "agr").
            k: number of chunks.
            sources: articles in scope; None for all.
        """
        if not words or k <= 0:
            return []
        rare = self._rare(words) if sources is None and self.manifest.chunks > SCORED else words
        limit = -1 if sources is not None else k + _TIES
        hits = self._scored(rare, limit)
        if len(hits) == limit and hits[k - 1][1] == hits[-1][1]:  # which of the equal ones come first is not yet known
            hits = self._scored(rare, -1)
        if sources is not None:
            allowed = set(self._chunks_of(sources).tolist())
            hits = [hit for hit in hits if hit[0] in allowed]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _scored(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) of chunks that hold any of the words, best first; all of them for a limit of -1."""
        rows = self._hits(words, limit)
        ids = self._numbers.of_stored_chunks([i for i, _ in rows]).tolist()
        return list(zip(ids, (score for _, score in rows), strict=True))

    def _hits(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """The same by the store's numbers of the chunks."""
        query = "SELECT rowid, -bm25(chunk_words) FROM chunk_words WHERE chunk_words MATCH ? ORDER BY 2 DESC LIMIT ?"
        return [(int(i), float(score)) for i, score in self._all(query, (match_any(words), limit))]

    def _rare(self, words: Sequence[str]) -> list[str]:
        query = "SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?"
        counts = {word: int(self._all(query, (match_phrase(word),))[0][0]) for word in dict.fromkeys(words)}
        return rarest(counts, SCORED) or list(words)

    def find(self, phrase: str, sources: frozenset[str] | None) -> list[Sentence]:
        """Every sentence in scope that holds the words of a phrase in a row, inflected or not."""
        return self._holding(match_phrase(phrase), sources)

    def holding(
        self, alternatives: Sequence[Sequence[Sequence[str]]], sources: frozenset[str] | None
    ) -> list[Sentence]:
        """Every sentence in scope that holds the words of one of the alternatives, inflected or not, in index order.

        Args:
            alternatives: in each of them every group must be there, and of a group any phrase.
            sources: articles in scope; None for all.
        """
        return self._holding(match_all(alternatives), sources)

    def _holding(self, match: str, sources: frozenset[str] | None) -> list[Sentence]:
        query = """SELECT s.document, s.position, s.start, s.end FROM sentence_words w
                   JOIN sentences s ON s.id = w.rowid WHERE sentence_words MATCH ?"""
        places = self._numbers.by_document
        rows = [row for row in self._all(query, (match,)) if sources is None or places[row[0]].source in sources]
        rows.sort(key=lambda row: (places[row[0]].first_sentence, row[1]))
        texts = self._texts({document for document, *_ in rows})
        return [
            Sentence(places[d].first_sentence + at, places[d].source, at, a, b, texts[d][a:b]) for d, at, a, b in rows
        ]

    def vocabulary(self) -> list[str]:
        """The stems of all words of all sentences."""
        self._all("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'sentence_words', 'row')")
        return [term for (term,) in self._all("SELECT term FROM temp.words")]

    def passages(self, chunk_ids: Sequence[int]) -> list[ChunkRow]:
        """Chunks with their sentences, in the order asked for."""
        rows = []
        for chunk in chunk_ids:
            place = self._numbers.of_chunk(chunk)
            stored = place.stored_chunk + chunk - place.first_chunk
            [(first, last)] = self._all("SELECT first, last FROM chunks WHERE id = ?", (stored,))
            article = self._article(place.document)
            rows.append(ChunkRow(chunk, place.source, article.document.title, article.sentences[first:last]))
        return rows

    def vectors(self, chunk_ids: Sequence[int]) -> FloatArray:
        """Vectors of chunks, shape (len(chunk_ids), dimension)."""
        return np.concatenate([self._vectors.get(i, 1) for i in chunk_ids])

    def vectors_from(self, first: int, count: int) -> FloatArray:
        """Vectors of chunks in a row, shape (count, dimension)."""
        return self._vectors.get(first, count)

    def centroids(self, sources: Sequence[str]) -> FloatArray:
        """The mean vector of each article's chunks, of length 1: shape (len(sources), dimension)."""
        places = [self._place(source) for source in sources]
        rows: FloatArray = np.stack([self.vectors_from(p.first_chunk, p.chunks).mean(axis=0) for p in places])
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _chunks_of(self, sources: frozenset[str]) -> Scope:
        places = [self._place(source) for source in sources]
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
