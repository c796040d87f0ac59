"""Which languages articles are in; sentences in others than English, searched by their words' keys.

The keys are those of `rag.language.stems`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from rag.index.articles import Articles
from rag.types import Sentence


class Foreign(Articles):
    """The languages of a generation, and its third full-text index."""

    def languages(self, sources: frozenset[str] | None = None) -> Mapping[str, frozenset[str]]:
        """The articles in scope by language, an ISO 639-1 code; those of which it isn't known are left out."""
        if sources is None:
            return self._languages
        known = {language: of & sources for language, of in self._languages.items()}
        return {language: of for language, of in known.items() if of}

    @cached_property
    def _languages(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for source, language in self._all("SELECT source, language FROM documents WHERE language IS NOT NULL"):
            found[language].add(source)
        return {language: frozenset(of) for language, of in found.items()}

    def only_foreign(self, language: str, sources: frozenset[str] | None) -> frozenset[str]:
        """The articles of a language in scope of which nothing is missing but for questions in another one."""
        gaps = {d: n for d, n in self._all("SELECT document, count(*) FROM notes WHERE gap GROUP BY document")}
        own = self.languages(sources).get(language, frozenset())
        return frozenset(source for source in own if gaps.get(self._place(source).document) == 1)

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Sentence]:
        """The k sentences in scope that hold any of some keys best, by BM25, best first."""
        if not keys:
            return []
        query = (
            "SELECT rowid FROM foreign_words WHERE foreign_words MATCH ? ORDER BY bm25(foreign_words), rowid LIMIT ?"
        )
        ids = [i for (i,) in self._all(query, (_any(keys), k if sources is None else -1))]
        return self._stored(ids, sources, k)

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Sentence]:
        """Every sentence in scope that holds a key of each group, in index order."""
        if not groups or not all(groups):
            return []
        match = " AND ".join(f"({_any(group)})" for group in groups)
        query = "SELECT rowid FROM foreign_words WHERE foreign_words MATCH ? ORDER BY rowid"
        found = self._stored([i for (i,) in self._all(query, (match,))], sources, None)
        return sorted(found, key=lambda s: s.id)

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences hold any of some keys."""
        if not keys:
            return 0
        query = "SELECT count(*) FROM foreign_words WHERE foreign_words MATCH ?"
        return int(self._all(query, (_any(keys),))[0][0])

    def compounds(self, part: str) -> tuple[str, ...]:
        """The keys that begin or end with a part of a compound, itself aside."""
        self._all("CREATE VIRTUAL TABLE IF NOT EXISTS temp.abroad USING fts5vocab('main', 'foreign_words', 'row')")
        query = (
            "SELECT term FROM temp.abroad WHERE length(term) > ? AND (substr(term, 1, ?) = ? OR substr(term, -?) = ?)"
        )
        size = len(part)
        return tuple(term for (term,) in self._all(query, (size, size, part, size, part)))

    def _stored(self, ids: Sequence[int], sources: frozenset[str] | None, most: int | None) -> list[Sentence]:
        """Sentences by the store's numbers, in that order; no more than so many of those in scope."""
        places = self._numbers.by_document
        rows: list[tuple[int, int, int, int]] = []
        for i in ids:
            if most is not None and len(rows) == most:
                break
            [(document, at, a, b)] = self._all(
                "SELECT document, position, start, end FROM sentences WHERE id = ?", (i,)
            )
            if sources is None or places[document].source in sources:
                rows.append((document, at, a, b))
        texts = self._texts({document for document, *_ in rows})
        return [
            Sentence(places[d].first_sentence + at, places[d].source, at, a, b, texts[d][a:b]) for d, at, a, b in rows
        ]


def _any(keys: Sequence[str]) -> str:
    """A query for any of some keys; a single character that is no letter of an alphabet begins a pair."""
    return " OR ".join(_quoted(key) for key in keys)


def _quoted(key: str) -> str:
    safe = key.encode("utf-8", "replace").decode().replace('"', " ")
    return f'"{safe}"*' if len(key) == 1 and not key.isascii() else f'"{safe}"'
