"""One open generation of an index, read-only and safe to use from several threads.

It stays usable after a rebuild has replaced or deleted its files: vectors are in memory and the
database is held open.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.protocols import EmbedderInfo, FloatArray
from rag.errors import IndexDamaged, UnknownSource
from rag.index.layout import CURE, STORE, VECTORS, Layout, current_generation
from rag.index.manifest import Manifest
from rag.index.store import ArticleRecord, match_all, match_any, match_phrase
from rag.index.vectors import Scope, Vectors
from rag.types import Document, Sentence, Span

_CACHED_ARTICLES = 256
_MAPPED = 4_000_000_000  # bytes of the database at most; what is larger is read as before
_AT_ONCE = 500  # articles read by one statement; SQLite allows some thousand parameters


@dataclass(frozen=True)
class ChunkRow:
    """A chunk and its sentences."""

    chunk_id: int
    source: str
    title: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Article:
    document: Document
    sentences: tuple[Sentence, ...]


class Index:
    """One generation; `open` finds the current one."""

    def __init__(self, folder: Path, generation: str, manifest: Manifest) -> None:
        path = Layout(folder).generation(generation)
        self._lock = threading.RLock()  # one connection for all threads, one statement at a time
        self.folder = folder
        self.generation = generation
        self.manifest = manifest
        try:
            self._database = sqlite3.connect(
                f"{(path / STORE).absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            # A generation is never written again, so it can be mapped: a search of everything reads many pages.
            self._database.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._ids: dict[str, int] = dict(self._all("SELECT source, id FROM documents ORDER BY source"))
        except sqlite3.DatabaseError as problem:
            raise IndexDamaged(f"The articles in {path} cannot be read ({problem}).", CURE) from problem
        self._names = {i: source for source, i in self._ids.items()}
        self._vectors = Vectors(path / VECTORS, manifest.chunks, manifest.embedder.dimension)
        self._cache: OrderedDict[int, _Article] = OrderedDict()

    @classmethod
    def open(cls, folder: Path, embedder: EmbedderInfo | None = None) -> Index:
        """Open the current generation.

        Args:
            folder: the index folder.
            embedder: refuse vectors that another one made; None to only read articles.

        Raises:
            IndexMissing, IndexDamaged, IndexMismatch.
        """
        generation = current_generation(folder)
        manifest = Manifest.read(Layout(folder).generation(generation))
        manifest.check(embedder)
        return cls(folder, generation, manifest)

    def close(self) -> None:
        """Release the database. Optional: it also happens when the last user lets go."""
        self._database.close()

    def _all(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    # ── articles ────────────────────────────────────────────────────────────────────────────
    def sources(self) -> tuple[str, ...]:
        """All articles, sorted."""
        return tuple(self._ids)

    def document(self, source: str) -> Document:
        """One article.

        Raises:
            UnknownSource: no article of that name.
        """
        return self._article(self._id(source)).document

    def article_sentences(self, source: str) -> tuple[Sentence, ...]:
        """All sentences of one article, in order."""
        return self._article(self._id(source)).sentences

    def skipped(self) -> tuple[tuple[str, str], ...]:
        """(path, reason) of every file that could not become an article."""
        return tuple((p, r) for p, r in self._all("SELECT path, reason FROM skipped ORDER BY path"))

    def roots(self) -> tuple[Path, ...]:
        """The files and folders that the articles come from."""
        return tuple(Path(p) for (p,) in self._all("SELECT path FROM roots ORDER BY position"))

    def excluded(self) -> tuple[Path, ...]:
        """Files that were taken out and stay out."""
        return tuple(Path(p) for (p,) in self._all("SELECT path FROM excluded ORDER BY path"))

    def path(self, source: str) -> Path:
        """The file that an article was read from."""
        return Path((self._all("SELECT path FROM documents WHERE id = ?", (self._id(source),))[0][0]))

    def _id(self, source: str) -> int:
        if source not in self._ids:
            raise UnknownSource(f"No article is called {source!r}.", "See what there is: unsaid list")
        return self._ids[source]

    def _article(self, document: int) -> _Article:
        with self._lock:
            if document in self._cache:
                self._cache.move_to_end(document)
                return self._cache[document]
            article = self._read(document)
            self._cache[document] = article
            while len(self._cache) > _CACHED_ARTICLES:
                self._cache.popitem(last=False)
            return article

    def _read(self, document: int) -> _Article:
        [(source, text, title, date, sha256)] = self._database.execute(
            "SELECT source, text, title, date, sha256 FROM documents WHERE id = ?", (document,)
        ).fetchall()
        rows = self._database.execute(
            "SELECT id, position, start, end FROM sentences WHERE document = ? ORDER BY position", (document,)
        )
        return _Article(
            Document(source, text, title, date, sha256),
            tuple(Sentence(i, source, position, a, b, text[a:b]) for i, position, a, b in rows),
        )

    # ── counts ──────────────────────────────────────────────────────────────────────────────
    @property
    def sentence_count(self) -> int:
        """Number of sentences of all articles."""
        return self.manifest.sentences

    def article_count(self, sources: frozenset[str] | None = None) -> int:
        """Number of articles in scope."""
        return len(self._ids if sources is None else sources)

    def sentences_in(self, sources: frozenset[str] | None) -> int:
        """Number of sentences in scope."""
        if sources is None:
            return self.sentence_count
        rows = self._all("SELECT document, count(*) FROM sentences GROUP BY document")
        counts: dict[int, int] = dict((document, count) for document, count in rows)
        return sum(counts[self._id(source)] for source in sources)

    def document_frequency(self, term: str) -> int:
        """In how many sentences a word occurs in any inflection."""
        query = "SELECT count(*) FROM sentence_words WHERE sentence_words MATCH ?"
        return int(self._all(query, (match_phrase(term),))[0][0])

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
        with self._lock:
            self._database.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'sentence_words', 'row')"
            )
            return [term for (term,) in self._database.execute("SELECT term FROM temp.words")]

    def _texts(self, documents: Collection[int]) -> dict[int, str]:
        """The texts of articles by id; a search of many articles would only push others out of the cache."""
        with self._lock:
            known = {d: self._cache[d].document.text for d in documents if d in self._cache}
        missing = [d for d in documents if d not in known]
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            query = f"SELECT id, text FROM documents WHERE id IN ({','.join('?' * len(some))})"
            known.update((d, text) for d, text in self._all(query, some))
        return known

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

    # ── what a rebuild takes over ───────────────────────────────────────────────────────────
    def records(self) -> Iterator[tuple[ArticleRecord, FloatArray]]:
        """Every article with its chunks' vectors, shape (chunks, dimension)."""
        for source, document in self._ids.items():
            article = self._article(document)
            chunks = self._all("SELECT id, first, last FROM chunks WHERE document = ? ORDER BY id", (document,))
            d = article.document
            record = ArticleRecord(
                source=source,
                path=str(self.path(source)),
                text=d.text,
                title=d.title,
                date=d.date,
                sha256=d.sha256,
                sentences=tuple(Span(s.start, s.end) for s in article.sentences),
                chunks=tuple((a, b) for _, a, b in chunks),
            )
            yield record, self._vectors.get(chunks[0][0], len(chunks))
