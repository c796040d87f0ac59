"""An open generation on Milvus: dense and lexical search, and every sentence that holds a term.

The server filters and finds candidates; what they score, and whether they hold what was asked, is reckoned here from
the rows themselves. Its own BM25 counts the rows of every generation and every index on it, part by part, so its
scores would depend on what else lies there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from models.protocols import FloatArray
from rag.index.milvus.abroad import Abroad, place
from rag.index.milvus.client import MOST_HITS, Row
from rag.index.milvus.documents import STEP
from rag.index.milvus.matching import any_of, holds_any, matching, stream_of
from rag.index.milvus.records import chunk_words
from rag.index.milvus.schema import SENTENCES, TERMS, among
from rag.index.milvus.tokens import BETWEEN, LONG, Phrase, bm25, idf, phrase, times, token, tokens
from rag.index.milvus.view import both
from rag.index.protocol import Alternatives, Hit, Holding
from rag.index.query_words import searchable

_SPARE = 32  # hits more than are asked for: the server rounds otherwise, and copies of a text are equal
_SCORED = 1_000  # chunks whose BM25 is reckoned: all that hold a word, where there are no more
_SENTENCE = ("document", "position", "begin", "finish", "text", "stems")
_CHUNK = ("document", "position", "stems")
_TERMS_AT_ONCE = 400


class MilvusGeneration(Abroad):
    """The rows of one generation; satisfies `Generation`."""

    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[Hit]:
        """The closest chunks by the server's index, their cosines reckoned here from the vectors themselves."""
        scope = self.view.scope(sources)
        if k <= 0 or not self.manifest.chunks or sources is not None and not sources:
            return []
        fields, limit = ["document", "position", "vector"], k + _SPARE
        while True:
            asked = np.asarray(query, dtype=np.float32).tolist()
            found = self.view.search(self.view.chunks, "vector", asked, limit, scope, fields)
            hits = self._cosines(query, [row for row, _ in found])
            if len(found) < min(limit, MOST_HITS) or limit >= MOST_HITS or hits[k - 1][1] > hits[-1][1] + 1e-6:
                return hits[:k]
            limit *= 4  # which of the equal ones come first is not yet known

    def _cosines(self, query: FloatArray, rows: Sequence[Row]) -> list[Hit]:
        """The same arithmetic as in the embedded store, so that scores are the same to the last bit."""
        import faiss

        if not rows:
            return []
        index = faiss.IndexFlatIP(len(query))
        index.add(np.array([row["vector"] for row in rows], dtype=np.float32))
        scores, order = index.search(np.asarray(query, dtype=np.float32).reshape(1, -1), len(rows))
        numbers = self._numbers_of(rows)
        hits = [(numbers[int(at)], float(score)) for at, score in zip(order[0], scores[0], strict=True)]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Hit]:
        """The chunks that hold the words best; of very many, of those that the server's own BM25 finds best."""
        phrases = [phrase(word) for word in words]
        codes = " ".join(sorted({one for of in phrases for one in of}))
        scope = self.view.scope(sources)
        if not codes or sources is not None and not sources:
            return []
        found = self.view.search(self.view.chunks, "stems_bm25", codes, max(_SCORED, 4 * k), scope, _CHUNK)
        rows = [row for row, _ in found] + self._overlong(self.view.chunks, "stems", _CHUNK, scope)
        known = self._chunk_counts({of[0] for of in phrases if len(of) == 1})
        rarity = [idf(self.manifest.chunks, self._holding_chunks(of, known)) for of in phrases]
        average = self.total("chunk_tokens") / max(1, self.manifest.chunks)
        hits = []
        for row, number in zip(rows, self._numbers_of(rows), strict=True):
            title, own = self._columns(row)
            counts = [times(of, title) + times(of, own) for of in phrases]
            if any(counts):
                hits.append((number, bm25(counts, rarity, len(title) + len(own), average)))
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]

    def _columns(self, row: Row) -> tuple[list[str], list[str]]:
        """The codes of a chunk's title and of its text."""
        if row["stems"] == LONG:
            found = self.document(row["document"])
            spans, ranges = found.sentences, self._ranges(row["document"])
            some = ranges[row["position"] : row["position"] + 1]
            return chunk_words(found.document.text, spans, some, found.document.title)[0]
        codes = stream_of(row["stems"])
        at = codes.index(BETWEEN)
        return codes[:at], codes[at + 1 :]

    def _chunk_counts(self, codes: set[str]) -> dict[str, int]:
        """In how many chunks each stem stands."""
        return {code: chunks for code, (_, chunks) in self._counts(codes).items()}

    def _counts(self, codes: set[str]) -> dict[str, tuple[int, int]]:
        """In how many sentences and in how many chunks each stem stands; asked once for each."""
        lacking = sorted(codes - self._known_counts.keys())
        for at in range(0, len(lacking), _TERMS_AT_ONCE):
            some = lacking[at : at + _TERMS_AT_ONCE]
            self._known_counts.update(dict.fromkeys(some, (0, 0)))
            where = both('kind == "s"', among("code", some))
            for row in self.view.rows(TERMS, where, ["code", "sentences", "chunks"]):
                self._known_counts[row["code"]] = row["sentences"], row["chunks"]
        return {code: self._known_counts[code] for code in codes}

    @cached_property
    def _known_counts(self) -> dict[str, tuple[int, int]]:
        return {}

    def _holding_chunks(self, of: Phrase, known: dict[str, int]) -> int:
        """In how many chunks a phrase stands."""
        if len(of) < 2:
            return known[of[0]] if of else 0
        rows = self.view.rows(self.view.chunks, any_of("stems", [of]), _CHUNK)
        rows += self._overlong(self.view.chunks, "stems", _CHUNK, "")
        return sum(any(times(of, column) for column in self._columns(row)) for row in rows)

    def holding(self, alternatives: Alternatives, sources: frozenset[str] | None) -> list[Holding]:
        """All that the server's match filter lets through, checked here."""
        return [place(row) for row in self._rows(alternatives, sources)]

    def frequency(self, words: str) -> int:
        """In how many sentences a phrase stands."""
        of = phrase(words)
        if len(of) == 1:
            return self._counts({of[0]})[of[0]][0]
        return len(self._rows([[[words]]], None))

    def _rows(self, alternatives: Alternatives, sources: frozenset[str] | None) -> list[Row]:
        wanted = [[[phrase(one) for one in group] for group in groups] for groups in alternatives]
        where = matching("stems", wanted)
        if where is None or sources is not None and not sources:
            return []
        scope = self.view.scope(sources)
        rows = self.view.rows(SENTENCES, both(where, scope), _SENTENCE)
        rows += self._overlong(SENTENCES, "stems", _SENTENCE, scope)
        return [row for row in rows if holds_any(self._stems(row), wanted)]

    def _stems(self, row: Row) -> list[str]:
        """The codes of a sentence's words."""
        if row["stems"] != LONG:
            return stream_of(row["stems"])
        text = self.texts([row["document"]])[row["document"]]
        return tokens([searchable(text[row["begin"] : row["finish"]])])[0]

    def vocabulary(self) -> list[str]:
        """The stems of all words of all sentences."""
        rows = self.view.rows(TERMS, 'kind == "s" and sentences > 0', ["code"])
        return sorted((token(row["code"]) for row in rows), key=str.encode)

    def vectors(self, numbers: Sequence[int]) -> FloatArray:
        """One for each number."""
        keys = []
        for number in numbers:
            own = self.numbers.of_chunk(number)
            keys.append(f"{self.view.tenant}/c/{own.document}/{number - own.first_chunk}")
        rows = self.view.get(self.view.chunks, keys, ["vector"])
        found: FloatArray = np.array([rows[key]["vector"] for key in keys], dtype=np.float32)
        return found.reshape(len(keys), self.manifest.embedder.dimension)

    def _numbers_of(self, rows: Sequence[Row]) -> list[int]:
        """The numbers of chunks."""
        stored = [row["document"] * STEP + row["position"] for row in rows]
        return [int(number) for number in self.numbers.of_stored_chunks(stored)]
