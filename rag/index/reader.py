"""One open generation of an index, read-only and safe to use from several threads.

It stays usable after a rebuild has replaced or deleted its files: vectors are in memory and the
database is held open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.protocols import EmbedderInfo, FloatArray
from rag.errors import IndexDamaged
from rag.index.articles import Articles
from rag.index.layout import STORE, VECTORS, Layout, current_generation
from rag.index.manifest import Manifest
from rag.index.store import match_all, match_any, match_phrase
from rag.index.vectors import Scope, Vectors
from rag.settings import Settings
from rag.types import Sentence


@dataclass(frozen=True)
class ChunkRow:
    """A chunk and its sentences."""

    chunk_id: int
    source: str
    title: str | None
    sentences: tuple[Sentence, ...]


class Index(Articles):
    """One generation; `open` finds the current one."""

    def __init__(self, folder: Path, generation: str, manifest: Manifest) -> None:
        path = Layout(folder).generation(generation)
        super().__init__(path / STORE, manifest.sentences)
        self.folder = folder
        self.generation = generation
        self.manifest = manifest
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
        """(chunk id, cosine) of the k chunks in scope closest to a vector, best first, exact."""
        return self._vectors.search(query, k, None if sources is None else self._chunks_of(sources))

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) of the k chunks in scope that hold the words best, larger is better.

        Args:
            words: as written or in lower case, not stemmed: the search stems them itself, and the
                stem of a stem is often another one ("agreed" → "agre" → "agr").
            k: number of chunks.
            sources: articles in scope; None for all.
        """
        if not words:
            return []
        query = "SELECT rowid, -bm25(chunk_words) FROM chunk_words WHERE chunk_words MATCH ? ORDER BY 2 DESC, 1"
        hits = [(i, s) for i, s in self._all(query, (match_any(words),))]
        if sources is not None:
            allowed = set(self._chunks_of(sources).tolist())
            hits = [hit for hit in hits if hit[0] in allowed]
        return hits[:k]

    def find(self, phrase: str, sources: frozenset[str] | None) -> list[Sentence]:
        """Every sentence in scope that holds the words of a phrase in a row, inflected or not."""
        query = """SELECT s.document, s.position FROM sentence_words w JOIN sentences s ON s.id = w.rowid
                   WHERE sentence_words MATCH ? ORDER BY s.id"""
        found = [(d, p) for d, p in self._all(query, (match_phrase(phrase),))]
        return [
            self._article(document).sentences[position]
            for document, position in found
            if sources is None or self._names[document] in sources
        ]

    def holding(
        self, alternatives: Sequence[Sequence[Sequence[str]]], sources: frozenset[str] | None
    ) -> list[Sentence]:
        """Every sentence in scope that holds the words of one of the alternatives, inflected or not, in index order.

        Args:
            alternatives: in each of them every group must be there, and of a group any phrase.
            sources: articles in scope; None for all.
        """
        query = """SELECT s.id, s.document, s.position, s.start, s.end FROM sentence_words w
                   JOIN sentences s ON s.id = w.rowid WHERE sentence_words MATCH ? ORDER BY s.id"""
        rows = [
            row
            for row in self._all(query, (match_all(alternatives),))
            if sources is None or self._names[row[1]] in sources
        ]
        texts = self._texts({document for _, document, *_ in rows})
        return [Sentence(i, self._names[d], p, a, b, texts[d][a:b]) for i, d, p, a, b in rows]

    def vocabulary(self) -> list[str]:
        """The stems of all words of all sentences."""
        self._all("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'sentence_words', 'row')")
        return [term for (term,) in self._all("SELECT term FROM temp.words")]

    def passages(self, chunk_ids: Sequence[int]) -> list[ChunkRow]:
        """Chunks with their sentences, in the order asked for."""
        rows = []
        for chunk in chunk_ids:
            [(document, first, last)] = self._all("SELECT document, first, last FROM chunks WHERE id = ?", (chunk,))
            article = self._article(document)
            sentences = article.sentences[first:last]
            rows.append(ChunkRow(chunk, article.document.source, article.document.title, sentences))
        return rows

    def vectors(self, chunk_ids: Sequence[int]) -> FloatArray:
        """Vectors of chunks, shape (len(chunk_ids), dimension)."""
        return np.concatenate([self._vectors.get(i, 1) for i in chunk_ids])

    def centroids(self, sources: Sequence[str]) -> FloatArray:
        """The mean vector of each article's chunks, of length 1: shape (len(sources), dimension)."""
        means = [self.vectors(self._chunks_of(frozenset({s})).tolist()).mean(axis=0) for s in sources]
        rows: FloatArray = np.stack(means)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _chunks_of(self, sources: frozenset[str]) -> Scope:
        query = "SELECT id FROM chunks WHERE document = ?"
        ids = [chunk for source in sorted(sources) for (chunk,) in self._all(query, (self._id(source),))]
        return np.array(ids, dtype=np.int64)
