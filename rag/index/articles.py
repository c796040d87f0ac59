"""The articles of an open generation: what was stored of each, and what was not. Safe from several threads."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from rag.index.keeping import recorded
from rag.index.numbering import Place
from rag.index.protocol import Generation, Holding
from rag.index.records import ArticleRecord, Kept, Refusal
from rag.language.unsaid import Found
from rag.text.units import Unit, units
from rag.types import Document, Listed, Note, Searched, Sentence, Span

_CACHED_ARTICLES = 256


@dataclass(frozen=True)
class _Article:
    document: Document
    sentences: tuple[Sentence, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return units(self.document.text, [Span(s.start, s.end) for s in self.sentences])


class Articles:
    """What is known of the articles of a generation.

    Raises:
        IndexDamaged: it can't be read, then or later.
    """

    def __init__(self, stored: Generation) -> None:
        self._lock = threading.RLock()
        self.stored = stored
        self._numbers = stored.numbers
        self._cache: OrderedDict[int, _Article] = OrderedDict()

    def close(self) -> None:
        """Let go of the generation. Optional: it also happens when the last user lets go."""
        self.stored.close()

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
        found = [
            (self._article(d).sentences[at], what)
            for d, at, what in self.stored.unsaid()
            if sources is None or self._numbers.by_document[d].source in sources
        ]
        return sorted(found, key=lambda one: one[0].id)

    def articles(self) -> tuple[Listed, ...]:
        """All articles as a list shows them, sorted by source; no text is read."""
        notes = self.all_notes()
        return tuple(
            replace(one, notes=tuple(notes.get(self._place(one.source).document, ()))) for one in self.stored.listed()
        )

    def skipped(self) -> tuple[tuple[str, str], ...]:
        """(path, reason) of every file that could not become an article."""
        return tuple((r.path, r.reason) for r in self.refusals())

    def refusals(self) -> tuple[Refusal, ...]:
        """The same, with what their bytes were."""
        return self.stored.refusals()

    def notes(self, source: str) -> tuple[Note, ...]:
        """What a person should know of how an article was read."""
        return tuple(note for _, note in self.stored.notes(self._place(source).document))

    def all_notes(self) -> dict[int, list[Note]]:
        """The notes of all articles that have some, by the store's number of the article."""
        notes: dict[int, list[Note]] = {}
        for document, note in self.stored.notes():
            notes.setdefault(document, []).append(note)
        return notes

    @cached_property
    def _gaps(self) -> Counter[int]:
        """How many notes of each article tell of something that can't be searched."""
        return Counter(document for document, note in self.stored.notes() if note.gap)

    def roots(self) -> tuple[Path, ...]:
        """The files and folders that the articles come from."""
        return self.stored.roots()

    def excluded(self) -> tuple[Path, ...]:
        """Files that were taken out and stay out."""
        return self.stored.excluded()

    def path(self, source: str) -> Path:
        """The file that an article was read from."""
        return Path(self.stored.path(self._place(source).document))

    def _place(self, source: str) -> Place:
        return self._numbers.place(source)

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
        return {**known, **self.stored.texts(missing)} if missing else known

    def _sentences(self, found: Sequence[Holding]) -> list[Sentence]:
        """The sentences that a search found, in its order."""
        places = self._numbers.by_document
        texts = self._texts({h.document for h in found if h.text is None})
        return [
            Sentence(
                places[h.document].first_sentence + h.position,
                places[h.document].source,
                h.position,
                h.start,
                h.end,
                texts[h.document][h.start : h.end] if h.text is None else h.text,
            )
            for h in found
        ]

    def _read(self, document: int) -> _Article:
        found, place = self.stored.document(document), self._numbers.by_document[document]
        text, first = found.document.text, place.first_sentence
        return _Article(
            found.document,
            tuple(
                Sentence(first + at, place.source, at, s.start, s.end, text[s.start : s.end])
                for at, s in enumerate(found.sentences)
            ),
        )

    @property
    def sentence_count(self) -> int:
        """Number of sentences of all articles."""
        return self.stored.manifest.sentences

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
        gaps = {self._numbers.by_document[document].source for document in self._gaps}
        return Searched(
            articles=self.article_count(sources),
            sentences=self.sentences_in(sources),
            skipped=len(self.skipped()) + len(gaps if sources is None else gaps & sources),
        )

    def document_frequency(self, term: str) -> int:
        """In how many sentences a word occurs in any inflection."""
        return self.stored.frequency(term)

    def record(self, source: str) -> ArticleRecord:
        """An article as a store is given it."""
        return recorded(self.stored, self._place(source).document)

    def source_of(self, document: int) -> str:
        """The source of an article by the store's number."""
        return self._numbers.by_document[document].source

    def kept(self) -> tuple[Kept, ...]:
        """All articles as the next store may keep them, sorted by source; no text is read."""
        return self.stored.kept()
