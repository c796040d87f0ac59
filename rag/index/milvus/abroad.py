"""Sentences in other languages on Milvus, by the keys of their words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rag.index.milvus.client import Row
from rag.index.milvus.documents import Documents
from rag.index.milvus.matching import any_of, holds_any, matching, stream_of
from rag.index.milvus.records import key_words
from rag.index.milvus.schema import SENTENCES, TERMS
from rag.index.milvus.tokens import (
    BETWEEN,
    LONG,
    Phrase,
    beginnings,
    bm25,
    idf,
    is_beginning,
    key_phrase,
    times,
    token,
)
from rag.index.milvus.view import both
from rag.index.protocol import Holding

_RANKED = 2_000  # rows whose score is reckoned: all that hold a key, where there are no more
_PLACE = ("document", "position", "begin", "finish", "text")


class Abroad(Documents):
    """Search by keys; see `rag.index.foreign`."""

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Holding]:
        """By BM25 as SQLite reckons it; of very many rows, of those that the server's own BM25 finds best."""
        phrases = [key_phrase(key) for key in keys]
        codes = " ".join(sorted({one for of in phrases for one in of}))
        if not codes:
            return []
        scope = self.view.scope(sources)
        hits = self.view.search(SENTENCES, "keys_bm25", codes, _RANKED, scope, [*_PLACE, "keys"])
        rows = [row for row, _ in hits] + self._overlong(SENTENCES, "keys", [*_PLACE, "keys"], scope)
        rarity = [idf(self.total("keyed"), self._holding_key(of)) for of in phrases]
        average = self.total("key_tokens") / max(1, self.total("keyed"))
        scored: list[tuple[float, int, int, Row]] = []
        for row in rows:
            own = self._keys(row)
            counts = [times(of, own) for of in phrases]
            if any(counts):
                length = own.index(BETWEEN)
                scored.append((-bm25(counts, rarity, length, average), row["document"], row["position"], row))
        return [_place(row) for *_, row in sorted(scored, key=lambda s: s[:3])[:k]]

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Holding]:
        """All of them, checked here."""
        return [_place(row) for row in self._rows_abroad(groups, sources)]

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences hold any of them."""
        return len(self._rows_abroad([keys], None))

    def vocabulary_abroad(self) -> list[str]:
        """All keys."""
        return sorted(token(code) for code in self._key_counts if not is_beginning(code))

    @cached_property
    def _key_counts(self) -> dict[str, int]:
        rows = self.view.rows(TERMS, 'kind == "k"', ["code", "sentences"])
        return {row["code"]: int(row["sentences"]) for row in rows}

    def _holding_key(self, of: Phrase) -> int:
        """In how many sentences a key stands."""
        if not of:
            return 0
        if len(of) == 1:
            return self._key_counts.get(of[0], 0)
        where = any_of("keys", [of])
        return sum(bool(times(of, self._keys(row))) for row in self.view.rows(SENTENCES, where, [*_PLACE, "keys"]))

    def _rows_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Row]:
        wanted = [[key_phrase(key) for key in group] for group in groups]
        where = matching("keys", [wanted])
        if where is None:
            return []
        scope, fields = self.view.scope(sources), [*_PLACE, "keys"]
        rows = self.view.rows(SENTENCES, both(where, scope), fields) + self._overlong(SENTENCES, "keys", fields, scope)
        return [row for row in rows if holds_any(self._keys(row), [wanted])]

    def _keys(self, row: Row) -> list[str]:
        """The codes of a row's keys, and of their beginnings; made anew where they were too long to be kept."""
        if row["keys"] != LONG:
            return stream_of(row["keys"])
        found = self.document(row["document"])
        own = key_words(found.document.text, found.sentences[row["position"] :][:1], found.document.language)[0]
        return [*own, BETWEEN, *beginnings(own)]

    def _overlong(self, collection: str, field: str, fields: Sequence[str], scope: str) -> list[Row]:
        """Rows whose words were too long to be kept: they are looked at one by one."""
        if not self.total("long"):
            return []
        return self.view.rows(collection, both(any_of(field, [(LONG,)]), scope), fields)


def _place(row: Row) -> Holding:
    """Where a row's sentence stands."""
    long = not row["text"] and row["finish"] > row["begin"]
    return Holding(row["document"], row["position"], row["begin"], row["finish"], None if long else row["text"])


place = _place
