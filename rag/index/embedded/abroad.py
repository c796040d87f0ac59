"""The third full-text index of an embedded generation: sentences in other languages, by their words' keys."""

from __future__ import annotations

from collections.abc import Sequence

from rag.index.embedded.documents import Documents
from rag.index.protocol import Holding


class Abroad(Documents):
    """Search by keys; see `rag.index.foreign`."""

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Holding]:
        """By BM25, equal ones in the store's order."""
        query = (
            "SELECT rowid FROM foreign_words WHERE foreign_words MATCH ? ORDER BY bm25(foreign_words), rowid LIMIT ?"
        )
        ids = [i for (i,) in self._all(query, (_any(keys), k if sources is None else -1))]
        return self._places(ids, sources, k)

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Holding]:
        """In the store's order."""
        match = " AND ".join(f"({_any(group)})" for group in groups)
        query = "SELECT rowid FROM foreign_words WHERE foreign_words MATCH ? ORDER BY rowid"
        return self._places([i for (i,) in self._all(query, (match,))], sources, None)

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences hold any of them."""
        query = "SELECT count(*) FROM foreign_words WHERE foreign_words MATCH ?"
        return int(self._all(query, (_any(keys),))[0][0])

    def vocabulary_abroad(self) -> list[str]:
        """All keys."""
        self._all("CREATE VIRTUAL TABLE IF NOT EXISTS temp.abroad USING fts5vocab('main', 'foreign_words', 'row')")
        return [term for (term,) in self._all("SELECT term FROM temp.abroad")]

    def _places(self, ids: Sequence[int], sources: frozenset[str] | None, most: int | None) -> list[Holding]:
        """Sentences by the store's numbers, in that order; no more than so many of those in scope."""
        places = self.numbers.by_document
        found: list[Holding] = []
        for i in ids:
            if most is not None and len(found) == most:
                break
            [row] = self._all("SELECT document, position, start, end FROM sentences WHERE id = ?", (i,))
            if sources is None or places[row[0]].source in sources:
                found.append(Holding(*row))
        return found


def _any(keys: Sequence[str]) -> str:
    """A query for any of some keys; a single character that is no letter of an alphabet begins a pair."""
    return " OR ".join(_quoted(key) for key in keys)


def _quoted(key: str) -> str:
    safe = key.encode("utf-8", "replace").decode().replace('"', " ")
    return f'"{safe}"*' if len(key) == 1 and not key.isascii() else f'"{safe}"'
