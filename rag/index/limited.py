"""A generation as somebody sees it who may see some of its articles only: of the others it knows nothing.

Everything that an index tells is told of the articles below some folders: their number, their words, how frequent a
word is, what was left out. Sentences and chunks are numbered anew, so that no number tells what else there is. `None`,
for all articles, is all of these.

Not hidden: BM25 weighs words by their frequency in the whole store, so that what else it holds may move the order in
which a person's own passages are looked at.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from models.protocols import FloatArray
from rag.index.kept_vectors import KeptVectors
from rag.index.numbering import Numbering, Place
from rag.index.query_words import match_phrase
from rag.index.reader import SCORED, Index
from rag.index.records import Refusal
from rag.index.vectors import Scope, Vectors
from rag.language.unsaid import Found
from rag.types import Listed, Searched, Sentence

_NOWHERE = Place(-1, "\0", 0, 0, 0, 0, 0)  # where everybody else's articles are: no name of a file holds a NUL


_MOST = 64  # views of a generation that are kept; each knows the names of its articles


def limited(whole: Index, folders: tuple[Path, ...]) -> LimitedIndex:
    """The view of a generation from some folders, made once.

    It is kept by the generation itself: with that it goes, however long its holder doesn't ask.
    """
    with whole._lock:
        views: OrderedDict[tuple[Path, ...], LimitedIndex] = vars(whole).setdefault("_views", OrderedDict())
        if folders not in views:
            views[folders] = LimitedIndex(whole, folders)
        views.move_to_end(folders)
        if len(views) > _MOST:
            views.popitem(last=False)
        return views[folders]


class LimitedIndex(Index):
    """The articles of an open generation that lie below some folders.

    Args:
        whole: the generation.
        folders: absolute, as `rag.index.roots.settled` gives them; the folder of the index itself means all of it.
    """

    def __init__(self, whole: Index, folders: Sequence[Path]) -> None:
        self.whole = whole  # which keeps the database open
        self.folders = tuple(folders)
        self.folder, self.generation, self.manifest = whole.folder, whole.generation, whole.manifest
        self.store, self._database, self._lock = whole.store, whole._database, whole._lock
        theirs = [whole._numbers.by_source[a.source] for a in whole.kept() if self.holds(Path(a.path))]
        self._numbers = Numbering([(p.document, p.source, p.sentences, p.stored_chunk, p.chunks) for p in theirs])
        self._numbers.by_document = _Places(self._numbers.by_document)
        self._theirs = frozenset(place.source for place in theirs)
        self._count = sum(place.sentences for place in theirs)
        self._stored_chunks = _runs((place.stored_chunk, place.chunks) for place in theirs)
        self._vectors = _Some(whole._vectors, _runs((place.first_chunk, place.chunks) for place in theirs))
        self._cache = OrderedDict()  # a sentence's number is another here
        self.sentence_vectors = KeptVectors()

    def holds(self, path: Path) -> bool:
        """Whether a file lies below one of the folders."""
        return any(path.is_relative_to(folder) or folder == self.folder for folder in self.folders)

    def close(self) -> None:
        """Nothing: the database is the whole generation's."""

    def _in(self, sources: frozenset[str] | None) -> frozenset[str]:
        return self._theirs if sources is None else self._theirs & sources

    def _chunks_of(self, sources: frozenset[str]) -> Scope:
        return np.arange(len(self._stored_chunks)) if sources is self._theirs else super()._chunks_of(sources)

    # ── search ──────────────────────────────────────────────────────────────────────────────
    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """See `Index`."""
        return super().dense(query, k, self._in(sources))

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[tuple[int, float]]:
        """See `Index`."""
        return super().lexical(words, k, self._in(sources))

    def _hits(self, words: Sequence[str], limit: int) -> list[tuple[int, float]]:
        hits = super()._hits(words, -1)
        own = np.isin([number for number, _ in hits], self._stored_chunks)
        return [hit for hit, is_own in zip(hits, own, strict=True) if is_own][: limit if limit >= 0 else None]

    def _holding(self, match: str, sources: frozenset[str] | None) -> list[Sentence]:
        return super()._holding(match, self._in(sources))

    def vocabulary(self) -> list[str]:
        """The stems of all words of these articles' sentences; of a very large store, of all of its.

        A scan of each word's every place would take minutes there. Who asks looks the stems up in sentences, which
        are these articles' in any case, and shows no other words than stand in those.
        """
        if self.manifest.chunks > SCORED:
            return super().vocabulary()
        self._all(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab('main', 'sentence_words', 'instance')"
        )
        query = """SELECT DISTINCT p.term FROM temp.places p JOIN sentences s ON s.id = p.doc
                   WHERE s.document IN (SELECT value FROM json_each(?))"""
        return [term for (term,) in self._all(query, (json.dumps(list(self._numbers.by_document)),))]

    def document_frequency(self, term: str) -> int:
        """In how many sentences of these articles a word occurs in any inflection."""
        query = """SELECT s.document, count(*) FROM sentence_words w JOIN sentences s ON s.id = w.rowid
                   WHERE sentence_words MATCH ? GROUP BY s.document"""
        return sum(
            n for document, n in self._all(query, (match_phrase(term),)) if document in self._numbers.by_document
        )

    # ── other languages ─────────────────────────────────────────────────────────────────────
    @cached_property
    def _languages(self) -> Mapping[str, frozenset[str]]:
        return self.whole.languages(self._theirs)

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Sentence]:
        """See `Foreign`."""
        return super().ranked_abroad(keys, k, self._in(sources))

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Sentence]:
        """See `Foreign`."""
        return super().holding_abroad(groups, self._in(sources))

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences of these articles hold any of some keys."""
        return len(self.holding_abroad([keys], None))

    def compounds(self, part: str) -> tuple[str, ...]:
        """Those of these articles."""
        return tuple(term for term in super().compounds(part) if self.frequency_abroad([term]))

    # ── what there is ───────────────────────────────────────────────────────────────────────
    def unsaid(self, sources: frozenset[str] | None) -> list[tuple[Sentence, Found]]:
        """See `Articles`."""
        return super().unsaid(self._in(sources))

    def articles(self) -> tuple[Listed, ...]:
        """These articles, sorted by source."""
        return tuple(article for article in super().articles() if article.source in self._theirs)

    def searched(self, sources: frozenset[str] | None) -> Searched:
        """See `Articles`."""
        return super().searched(self._in(sources))

    def refusals(self) -> tuple[Refusal, ...]:
        """The files below the folders that could not become an article."""
        return tuple(refusal for refusal in self.whole.refusals() if self.holds(Path(refusal.path)))

    def roots(self) -> tuple[Path, ...]:
        """None: they are the owner's."""
        return ()

    def excluded(self) -> tuple[Path, ...]:
        """None: they are the owner's."""
        return ()


class _Places(dict[int, Place]):
    """Articles by the store's numbers; everybody else's are nowhere."""

    def __missing__(self, document: int) -> Place:
        return _NOWHERE


class _Some(Vectors):
    """Some rows of a file of vectors, counted from 0.

    Args:
        whole: all of them.
        rows: which, ascending.
    """

    def __init__(self, whole: Vectors, rows: Scope) -> None:
        self._whole = whole
        self._rows = rows

    def search(self, query: FloatArray, k: int, scope: Scope | None) -> list[tuple[int, float]]:
        """See `Vectors`."""
        hits = self._whole.search(query, k, self._rows if scope is None else self._rows[scope])
        return [(int(np.searchsorted(self._rows, row)), score) for row, score in hits]

    def get(self, first: int, count: int) -> FloatArray:
        """See `Vectors`."""
        rows = self._rows[first : first + count]
        if not len(rows) or rows[-1] - rows[0] == len(rows) - 1:  # of one article
            return self._whole.get(int(rows[0]) if len(rows) else 0, len(rows))
        return np.concatenate([self._whole.get(int(row), 1) for row in rows])


def _runs(runs: Iterator[tuple[int, int]]) -> Scope:
    """Numbers in runs of (first, how many), ascending."""
    return np.sort(np.concatenate([np.empty(0, np.int64), *(np.arange(a, a + n, dtype=np.int64) for a, n in runs)]))
