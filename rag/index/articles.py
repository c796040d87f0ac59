"""The articles of an open generation: what was stored of each, and what was not.

Safe from several threads: one connection for all of them, one statement at a time.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rag.errors import IndexDamaged, UnknownSource
from rag.index.layout import CURE
from rag.index.numbering import Numbering, Place
from rag.index.query_words import match_phrase
from rag.index.records import ArticleRecord, Kept, Refusal
from rag.index.store import read_places
from rag.language.unsaid import Found
from rag.text.units import Unit, units
from rag.types import Document, Listed, Note, Searched, Sentence, Span

_CACHED_ARTICLES = 256
_AT_ONCE = 500  # articles read by one statement; SQLite allows some thousand parameters


@dataclass(frozen=True)
class _Article:
    document: Document
    sentences: tuple[Sentence, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return units(self.document.text, [Span(s.start, s.end) for s in self.sentences])


def _document(source: str, text: str, known: Sequence[Any], places: str) -> Document:
    title, date, sha256, outlet, language, author, author_from, kind = known
    return Document(source, text, title, date, sha256, outlet, language, author, author_from, kind, read_places(places))


class Articles:
    """The SQLite half of a generation.

    Raises:
        IndexDamaged: it can't be read, then or later.
    """

    def __init__(self, store: Path, sentence_count: int) -> None:
        self._lock = threading.RLock()
        self.store = store  # the file
        self._count = sentence_count
        self._cache: OrderedDict[int, _Article] = OrderedDict()
        try:
            self._database = sqlite3.connect(
                f"{store.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as problem:
            raise IndexDamaged(f"The articles in {store} cannot be read ({problem}).", CURE) from problem
        columns = "id, source, sentences, first_chunk, chunks"
        rows = sorted(self._all(f"SELECT {columns} FROM documents"), key=lambda row: str(row[1]))
        self._numbers = Numbering(rows)

    def close(self) -> None:
        """Release the database. Optional: it also happens when the last user lets go."""
        self._database.close()

    def _all(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as problem:  # damaged since it was opened
            raise IndexDamaged(f"The articles in {self.store} cannot be read ({problem}).", CURE) from problem

    def sources(self) -> tuple[str, ...]:
        """All articles, sorted."""
        return tuple(self._numbers.by_source)

    def document(self, source: str) -> Document:
        """One article.

        Raises:
            UnknownSource: no article of that name.
        """
        return self._article(self._place(source).document).document

    def article_sentences(self, source: str) -> tuple[Sentence, ...]:
        """All sentences of one article, in order."""
        return self._article(self._place(source).document).sentences

    def article_units(self, source: str) -> tuple[Unit, ...]:
        """What else of the article each of its sentences is to be read with, in order."""
        return self._article(self._place(source).document).units

    def unsaid(self, sources: frozenset[str] | None) -> list[tuple[Sentence, Found]]:
        """The sentences in scope that say something to be unsaid, in index order."""
        rows = self._all("SELECT document, position, kind, start, end FROM unsaid ORDER BY document, position")
        found = [
            (self._article(d).sentences[at], Found(kind, Span(a, b)))
            for d, at, kind, a, b in rows
            if sources is None or self._numbers.by_document[d].source in sources
        ]
        return sorted(found, key=lambda one: one[0].id)

    def articles(self) -> tuple[Listed, ...]:
        """All articles as a list shows them, sorted by source; no text is read."""
        notes = self.all_notes()
        columns = "id, source, title, date, sentences, outlet, author, author_from, kind"
        rows = sorted(self._all(f"SELECT {columns} FROM documents"), key=lambda row: str(row[1]))
        return tuple(
            Listed(source, title, date, sentences, outlet, tuple(notes.get(document, ())), *rest)
            for document, source, title, date, sentences, outlet, *rest in rows
        )

    def skipped(self) -> tuple[tuple[str, str], ...]:
        """(path, reason) of every file that could not become an article."""
        return tuple((r.path, r.reason) for r in self.refusals())

    def refusals(self) -> tuple[Refusal, ...]:
        """The same, with what their bytes were."""
        return tuple(
            Refusal(*row) for row in self._all("SELECT path, reason, sha256 FROM skipped ORDER BY path, reason")
        )

    def notes(self, source: str) -> tuple[Note, ...]:
        """What a person should know of how an article was read."""
        rows = self._all(
            "SELECT text, gap FROM notes WHERE document = ? ORDER BY rowid", (self._place(source).document,)
        )
        return tuple(Note(text, bool(gap)) for text, gap in rows)

    def all_notes(self) -> dict[int, list[Note]]:
        """The notes of all articles that have some, by the store's number of the article."""
        notes: dict[int, list[Note]] = {}
        for document, text, gap in self._all("SELECT document, text, gap FROM notes ORDER BY rowid"):
            notes.setdefault(document, []).append(Note(text, bool(gap)))
        return notes

    def roots(self) -> tuple[Path, ...]:
        """The files and folders that the articles come from."""
        return tuple(Path(p) for (p,) in self._all("SELECT path FROM roots ORDER BY position"))

    def excluded(self) -> tuple[Path, ...]:
        """Files that were taken out and stay out."""
        return tuple(Path(p) for (p,) in self._all("SELECT path FROM excluded ORDER BY path"))

    def path(self, source: str) -> Path:
        """The file that an article was read from."""
        return Path((self._all("SELECT path FROM documents WHERE id = ?", (self._place(source).document,))[0][0]))

    def _place(self, source: str) -> Place:
        if source not in self._numbers.by_source:
            raise UnknownSource(f"No article is called {source!r}.", "See what there is: unsaid list")
        return self._numbers.by_source[source]

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

    def _read(self, document: int) -> _Article:
        columns = "source, text, title, date, sha256, outlet, language, author, author_from, kind, places"
        [(source, text, *known, places)] = self._all(f"SELECT {columns} FROM documents WHERE id = ?", (document,))
        query = "SELECT position, start, end FROM sentences WHERE document = ? ORDER BY position"
        first = self._numbers.by_document[document].first_sentence
        return _Article(
            _document(source, text, known, places),
            tuple(
                Sentence(first + position, source, position, a, b, text[a:b])
                for position, a, b in self._all(query, (document,))
            ),
        )

    @property
    def sentence_count(self) -> int:
        """Number of sentences of all articles."""
        return self._count

    def article_count(self, sources: frozenset[str] | None = None) -> int:
        """Number of articles in scope."""
        return len(self._numbers.by_source if sources is None else sources)

    def sentences_in(self, sources: frozenset[str] | None) -> int:
        """Number of sentences in scope."""
        if sources is None:
            return self.sentence_count
        return sum(self._place(source).sentences for source in sources)

    def searched(self, sources: frozenset[str] | None) -> Searched:
        """What a search of everything in scope rests on, and what it could not see."""
        gapped = self._all("SELECT DISTINCT document FROM notes WHERE gap")
        gaps = {self._numbers.by_document[document].source for (document,) in gapped}
        return Searched(
            articles=self.article_count(sources),
            sentences=self.sentences_in(sources),
            skipped=len(self.skipped()) + len(gaps if sources is None else gaps & sources),
        )

    def document_frequency(self, term: str) -> int:
        """In how many sentences a word occurs in any inflection."""
        query = "SELECT count(*) FROM sentence_words WHERE sentence_words MATCH ?"
        return int(self._all(query, (match_phrase(term),))[0][0])

    def record(self, source: str) -> ArticleRecord:
        """An article as a store is given it."""
        article, place = self._article(self._place(source).document), self._place(source)
        rows = self._all("SELECT first, last FROM chunks WHERE document = ? ORDER BY id", (place.document,))
        d = article.document
        return ArticleRecord(
            source=source,
            path=str(self.path(source)),
            text=d.text,
            title=d.title,
            date=d.date,
            outlet=d.outlet,
            sha256=d.sha256,
            notes=self.notes(source),
            sentences=tuple(Span(s.start, s.end) for s in article.sentences),
            chunks=tuple((first, last) for first, last in rows),
            language=d.language,
            author=d.author,
            author_from=d.author_from,
            kind=d.kind,
            places=d.places,
        )

    def source_of(self, document: int) -> str:
        """The source of an article by the store's number."""
        return self._numbers.by_document[document].source

    def kept(self) -> tuple[Kept, ...]:
        """All articles as the next store may keep them, sorted by source; no text is read."""
        rows = {d: (path, sha256) for d, path, sha256 in self._all("SELECT id, path, sha256 FROM documents")}
        return tuple(
            Kept(p.document, p.source, *rows[p.document], p.first_chunk, p.chunks, p.sentences)
            for p in self._numbers.by_source.values()
        )
