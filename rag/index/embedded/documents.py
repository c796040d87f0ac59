"""The documents of an embedded generation: what SQLite holds of each.

One connection for all threads, one statement at a time.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.errors import IndexDamaged
from rag.index.layout import CURE
from rag.index.numbering import Numbering
from rag.index.protocol import Stored
from rag.index.records import Kept, Refusal
from rag.index.store import read_places
from rag.language.unsaid import Found
from rag.types import Document, Listed, Note, Span

_AT_ONCE = 500  # documents read by one statement; SQLite allows some thousand parameters


class Documents:
    """Opened articles.sqlite.

    Raises:
        IndexDamaged: it can't be read, then or later.
    """

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        self.file = file
        try:
            self._database = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as problem:
            raise IndexDamaged(f"The articles in {file} cannot be read ({problem}).", CURE) from problem
        columns = "id, source, sentences, first_chunk, chunks"
        rows = sorted(self._all(f"SELECT {columns} FROM documents"), key=lambda row: str(row[1]))
        self.numbers = Numbering(rows)

    def close(self) -> None:
        """Release the database."""
        self._database.close()

    def _all(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as problem:  # damaged since it was opened
            raise IndexDamaged(f"The articles in {self.file} cannot be read ({problem}).", CURE) from problem

    def document(self, document: int) -> Stored:
        """One document and its sentences."""
        columns = "source, text, title, date, sha256, outlet, language, author, author_from, kind, places"
        [row] = self._all(f"SELECT {columns} FROM documents WHERE id = ?", (document,))
        values = dict(zip(columns.split(", "), row, strict=True))
        query = "SELECT start, end FROM sentences WHERE document = ? ORDER BY position"
        spans = tuple(Span(a, b) for a, b in self._all(query, (document,)))
        return Stored(Document(**{**values, "places": read_places(values["places"])}), spans)

    def texts(self, documents: Collection[int]) -> Mapping[int, str]:
        """The texts of documents."""
        known: dict[int, str] = {}
        missing = list(documents)
        for at in range(0, len(missing), _AT_ONCE):
            some = missing[at : at + _AT_ONCE]
            query = f"SELECT id, text FROM documents WHERE id IN ({','.join('?' * len(some))})"
            known.update(self._all(query, some))
        return known

    def chunks(self, document: int) -> tuple[tuple[int, int], ...]:
        """The sentences of each of its chunks."""
        return tuple(self._all("SELECT first, last FROM chunks WHERE document = ? ORDER BY id", (document,)))

    def listed(self) -> list[Listed]:
        """All documents, sorted by source."""
        columns = "source, title, date, sentences, outlet, author, author_from, kind"
        rows = sorted(self._all(f"SELECT {columns} FROM documents"), key=lambda row: str(row[0]))
        return [
            Listed(source, title, date, sentences, outlet, (), *rest)
            for source, title, date, sentences, outlet, *rest in rows
        ]

    def notes(self, document: int | None = None) -> list[tuple[int, Note]]:
        """(document, note) of one or all."""
        where = "" if document is None else "WHERE document = ? "
        rows = self._all(
            f"SELECT document, text, gap FROM notes {where}ORDER BY rowid", () if document is None else (document,)
        )
        return [(d, Note(text, bool(gap))) for d, text, gap in rows]

    def unsaid(self) -> list[tuple[int, int, Found]]:
        """(document, position, what it is)."""
        rows = self._all("SELECT document, position, kind, start, end FROM unsaid ORDER BY document, position")
        return [(d, at, Found(kind, Span(a, b))) for d, at, kind, a, b in rows]

    def languages(self) -> list[tuple[str, str]]:
        """(source, language) where it is known."""
        return self._all("SELECT source, language FROM documents WHERE language IS NOT NULL")

    def kept(self) -> tuple[Kept, ...]:
        """All documents, sorted by source."""
        rows = {d: (path, sha256) for d, path, sha256 in self._all("SELECT id, path, sha256 FROM documents")}
        return tuple(
            Kept(p.document, p.source, *rows[p.document], p.first_chunk, p.chunks, p.sentences)
            for p in self.numbers.by_source.values()
        )

    def path(self, document: int) -> str:
        """The file that it was read from."""
        return str(self._all("SELECT path FROM documents WHERE id = ?", (document,))[0][0])

    def roots(self) -> tuple[Path, ...]:
        """In the order that they were given in."""
        return tuple(Path(p) for (p,) in self._all("SELECT path FROM roots ORDER BY position"))

    def excluded(self) -> tuple[Path, ...]:
        """Sorted."""
        return tuple(Path(p) for (p,) in self._all("SELECT path FROM excluded ORDER BY path"))

    def refusals(self) -> tuple[Refusal, ...]:
        """Sorted."""
        return tuple(
            Refusal(*row) for row in self._all("SELECT path, reason, sha256 FROM skipped ORDER BY path, reason")
        )
