"""One open generation of an index, read-only and safe to use from several threads, whichever store keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.protocols import EmbedderInfo, FloatArray
from rag.errors import IndexDamaged
from rag.index.foreign import Foreign
from rag.index.kept_vectors import KeptVectors
from rag.index.protocol import Generation
from rag.index.stores import store_of
from rag.settings import Settings
from rag.types import Sentence


@dataclass(frozen=True)
class ChunkRow:
    """A chunk and its sentences."""

    chunk_id: int
    source: str
    title: str | None
    sentences: tuple[Sentence, ...]


class Index(Foreign):
    """One generation; `open` finds the current one."""

    def __init__(self, folder: Path, stored: Generation) -> None:
        super().__init__(stored)
        self.folder = folder
        self.generation = stored.name
        self.manifest = stored.manifest
        self.sentence_vectors = KeptVectors()

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
        store = store_of(folder)
        generation = store.current()
        try:
            manifest = store.manifest(generation)
            manifest.check(embedder, settings)
            return cls(folder, store.open(generation, manifest))
        except IndexDamaged:
            if generation == store.current():
                raise
        return cls.open(folder, embedder, settings)  # replaced, and cleared away, while it was being opened

    # ── search ──────────────────────────────────────────────────────────────────────────────
    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """(chunk id, cosine) of the k chunks in scope closest to a vector, best first; all of them are compared."""
        return self.stored.dense(query, k, sources)

    def both(
        self, query: FloatArray, words: Sequence[str], k: int, sources: frozenset[str] | None
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        """What `dense` and `lexical` find, searched beside each other."""
        with ThreadPoolExecutor(1) as beside:
            lexical = beside.submit(self.lexical, words, k, sources)
            return self.dense(query, k, sources), lexical.result()

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """(chunk id, BM25 score) of the k chunks in scope that hold the words best, larger is better.

        Args:
            words: as written or in lower case, not stemmed: the search stems them itself, and the
                stem of a stem is often another one ("agreed" → "agre" → "agr").
            k: number of chunks.
            sources: articles in scope; None for all.
        """
        return self.stored.lexical(words, k, sources) if words and k > 0 else []

    def find(self, phrase: str, sources: frozenset[str] | None) -> list[Sentence]:
        """Every sentence in scope that holds the words of a phrase in a row, inflected or not."""
        return self.holding((((phrase,),),), sources)

    def holding(
        self, alternatives: Sequence[Sequence[Sequence[str]]], sources: frozenset[str] | None
    ) -> list[Sentence]:
        """Every sentence in scope that holds the words of one of the alternatives, inflected or not, in index order.

        Args:
            alternatives: in each of them every group must be there, and of a group any phrase.
            sources: articles in scope; None for all.
        """
        return sorted(self._sentences(self.stored.holding(alternatives, sources)), key=lambda s: s.id)

    def vocabulary(self) -> list[str]:
        """The stems of all words of all sentences."""
        return self.stored.vocabulary()

    def passages(self, chunk_ids: Sequence[int]) -> list[ChunkRow]:
        """Chunks with their sentences, in the order asked for."""
        rows = []
        for chunk in chunk_ids:
            place, (first, last) = self._numbers.of_chunk(chunk), self.stored.chunk(chunk)
            article = self._article(place.document)
            rows.append(ChunkRow(chunk, place.source, article.document.title, article.sentences[first:last]))
        return rows

    def vectors(self, chunk_ids: Sequence[int]) -> FloatArray:
        """Vectors of chunks, shape (len(chunk_ids), dimension)."""
        return self.stored.vectors(chunk_ids)

    def vectors_from(self, first: int, count: int) -> FloatArray:
        """Vectors of chunks in a row, shape (count, dimension)."""
        return self.stored.vectors(range(first, first + count))

    def centroids(self, sources: Sequence[str]) -> FloatArray:
        """The mean vector of each article's chunks, of length 1: shape (len(sources), dimension)."""
        places = [self._place(source) for source in sources]
        rows: FloatArray = np.stack([self.vectors_from(p.first_chunk, p.chunks).mean(axis=0) for p in places])
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows
