"""Write a generation's rows so that the one before it notices nothing: what comes is born, what goes is marked.

The number of the generation to come is in every mark, and no generation sees a number above its own. So a writer that
dies leaves rows and marks that nobody sees, and `clear` takes them back before the next one begins. An update costs
what changed: rows of articles that stay are not touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from models.protocols import FloatArray
from rag.index.keeping import Content, recorded
from rag.index.milvus.client import Client, Row
from rag.index.milvus.generation import MilvusGeneration
from rag.index.milvus.records import NO_VECTOR, Owner, Rows, Words, meta_rows, state_rows
from rag.index.milvus.schema import DOCUMENTS, NEVER, SENTENCES, TERMS, among, chunks_of, collections
from rag.index.milvus.view import both
from rag.index.records import ArticleRecord, Kept

_TOGETHER = 64  # articles whose rows are written at once
_ASKED = 400  # documents or codes of a filter
_LONGEST = 8_000  # characters of a code that is counted; longer ones are found, but belong to no vocabulary


class Writer:
    """Writes generation `number` of an index.

    Args:
        client: of the index.
        number: one more than the generation that answers.
        dimension: of a vector; 0 where none is written.
    """

    def __init__(self, client: Client, number: int, dimension: int = 0) -> None:
        self._client = client
        self._tenant = client.address.tenant
        self._number = number
        self._chunks = chunks_of(dimension)
        self._terms: Counter[tuple[str, str, str]] = Counter()  # (kind, code, "sentences" or "chunks"): how many more

    def clear(self) -> None:
        """Take back what a writer that died had begun: afterwards everything is as the generation before sees it."""
        for name in self._client.asked(collections):
            self._client.delete(name, f'tenant == "{self._tenant}" and born >= {self._number}')
            self._mark(name, f"died >= {self._number} and died < {NEVER}", NEVER)

    def write(self, content: Content, document: int, *, anew: bool) -> int:
        """Write all rows.

        Args:
            content: of the generation.
            document: the number of the first new document.
            anew: write kept articles again, too.

        Returns:
            The number of the next new document.
        """
        before = content.before if isinstance(content.before, MilvusGeneration) and not anew else None
        if before is None:
            for name in self._client.asked(collections):
                self._mark(name, f"died == {NEVER}", self._number)
        else:
            self._part_with(before, content)
        for some in _groups(self._new(content, before)):
            rows = Rows()
            for record, vectors in some:
                words = Words.of(record)
                rows.add(Owner(self._tenant, document, self._number), record, words, vectors)
                self._count(words, 1)
                document += 1
            self._client.put(DOCUMENTS, rows.documents)
            self._client.put(SENTENCES, rows.sentences)
            self._client.put(self._chunks, rows.chunks)
        self._write_state(content)
        self._write_terms()
        return document

    def _new(self, content: Content, before: MilvusGeneration | None) -> Iterator[tuple[ArticleRecord, FloatArray]]:
        """The articles that are to be written, and their vectors."""
        if before is None:
            yield from zip(content.records(), content.vectors(), strict=True)
            return
        for entry in content.entries:
            if isinstance(entry, ArticleRecord):
                yield entry, content.fresh[entry.path]

    def _part_with(self, before: MilvusGeneration, content: Content) -> None:
        """Mark the rows of articles that go, and write anew what is known of those that have another name now."""
        kept = {entry.document: entry for entry in content.entries if isinstance(entry, Kept)}
        gone = [old.document for old in before.kept() if old.document not in kept]
        for some in _cut(gone, _ASKED):
            for name in (DOCUMENTS, SENTENCES, self._chunks):
                self._mark(name, both(among("document", some), f"died == {NEVER}"), self._number)
        for one in gone:
            self._count(Words.of(recorded(before, one)), -1)
        named = {d: {**before.meta(d), "source": e.source, "path": e.path} for d, e in kept.items()}
        moved = [d for d, meta in named.items() if meta != before.meta(d)]
        for some in _cut(moved, _ASKED):
            self._mark(DOCUMENTS, both('kind == "meta"', among("document", some), f"died == {NEVER}"), self._number)
        rows = [row for d in moved for row in meta_rows(Owner(self._tenant, d, self._number), named[d])]
        self._client.put(DOCUMENTS, rows)

    def _write_state(self, content: Content) -> None:
        """Roots, files that stay out, files that could not be read."""
        state = {
            "roots": list(content.roots),
            "excluded": list(content.excluded),
            "refusals": [[r.path, r.reason, r.sha256] for r in content.refusals],
        }
        self._mark(DOCUMENTS, both('kind == "state"', f"died == {NEVER}", f"born < {self._number}"), self._number)
        self._client.put(DOCUMENTS, state_rows(Owner(self._tenant, 0, self._number), state))

    def _count(self, words: Words, sign: int) -> None:
        """Count an article's words in or out."""
        sentences, chunks, keys = words.terms()
        for code, n in sentences.items():
            self._terms["s", code, "sentences"] += sign * n
        for code, n in chunks.items():
            self._terms["s", code, "chunks"] += sign * n
        for code, n in keys.items():
            self._terms["k", code, "sentences"] += sign * n

    def _write_terms(self) -> None:
        """New counts of all stems and keys whose counts changed; the old ones die."""
        changed = sorted({(kind, code) for (kind, code, _), n in self._terms.items() if n and len(code) <= _LONGEST})
        for kind in ("s", "k"):
            for some in _cut([code for k, code in changed if k == kind], _ASKED):
                where = both(
                    f'tenant == "{self._tenant}"', f'kind == "{kind}"', among("code", some), f"died == {NEVER}"
                )
                old = {r["code"]: r for r in self._client.rows(TERMS, where, ["key", "code", "sentences", "chunks"])}
                self._kill(TERMS, [row["key"] for row in old.values()], self._number)
                self._client.put(TERMS, [row for code in some if (row := self._term(kind, code, old.get(code)))])

    def _term(self, kind: str, code: str, old: Row | None) -> Row | None:
        """A stem's new row; None where it stands nowhere any more."""
        had = old or {"sentences": 0, "chunks": 0}
        counts = {n: int(had[n]) + self._terms[kind, code, n] for n in ("sentences", "chunks")}
        if not any(counts.values()):
            return None
        key = f"{self._tenant}/{kind}/{code}/{self._number}"
        row = {"key": key, "tenant": self._tenant, "kind": kind, "code": code}
        return {**row, **counts, "born": self._number, "died": NEVER, "none": NO_VECTOR}

    def _mark(self, collection: str, where: str, died: int) -> None:
        """Give rows another generation to die in."""
        rows = self._client.rows(collection, both(f'tenant == "{self._tenant}"', where), ["key"])
        self._kill(collection, [row["key"] for row in rows], died)

    def _kill(self, collection: str, keys: Sequence[str], died: int) -> None:
        self._client.put(collection, [{"key": key, "tenant": self._tenant, "died": died} for key in keys], partly=True)


def purge(client: Client, oldest: int) -> None:
    """Delete the rows that no generation from `oldest` on sees."""
    for name in client.asked(collections):
        client.delete(name, f'tenant == "{client.address.tenant}" and died <= {oldest}')


def _groups(pairs: Iterable[tuple[ArticleRecord, FloatArray]]) -> Iterator[list[tuple[ArticleRecord, FloatArray]]]:
    group: list[tuple[ArticleRecord, FloatArray]] = []
    for pair in pairs:
        group.append(pair)
        if len(group) == _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _cut(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for at in range(0, len(values), size):
        yield values[at : at + size]
