"""What one generation sees on a server: its rows, and how fresh they must be read.

Consistency: the pointer is always read `Strong`, so that whoever asks after a swap sees it. A generation's rows were
all written before the pointer named it, and what is written later it doesn't see; so its own rows are read `Strong`
only until every replica must have them, and `Bounded`, which waits for nobody, from then on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.errors import IndexDamaged, IndexMissing
from rag.index.layout import CURE
from rag.index.milvus.client import Client, Level, Row
from rag.index.milvus.schema import POINTERS, alive, chunks_of, exists
from rag.index.numbering import Numbering

SETTLED = 60.0  # seconds after which no replica lags behind: twelve times the server's own bound
GRACE = 600.0  # seconds that a generation is kept for those who have it open, after another took its place


@dataclass(frozen=True)
class Pointer:
    """Which generation answers, and what is to be known of the others."""

    name: str
    number: int
    oldest: int  # the first generation of which no row was deleted
    documents: int  # the number of the next new document
    manifest: dict[str, Any]
    passed: tuple[tuple[int, float], ...] = ()  # (generation, seconds since 1970) when another took its place


def key_of(tenant: str) -> str:
    """The key of an index's pointer."""
    return f"{tenant}/current"


def read_pointer(client: Client) -> Pointer:
    """The pointer of the client's index.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: it isn't what was written.
    """
    address = client.address
    rows = client.get(POINTERS, [key_of(address.tenant)], ["body"]) if client.asked(exists) else []
    if not rows:
        raise IndexMissing(f"There is no index at {address.text}.", "Build one: unsaid index PATH")
    try:
        body = json.loads(rows[0]["body"])
        return Pointer(**{**body, "passed": tuple((int(n), float(at)) for n, at in body["passed"])})
    except (ValueError, TypeError, KeyError) as problem:
        raise IndexDamaged(f"The index at {address.text} names no generation ({problem}).", CURE) from problem


class View:
    """The rows that a generation sees."""

    def __init__(self, client: Client, number: int, dimension: int) -> None:
        self.client = client
        self.tenant = client.address.tenant
        self.number = number
        self.alive = alive(self.tenant, number)
        self.chunks = chunks_of(dimension)
        self.numbers = Numbering([])
        self._opened = self._looked = time.monotonic()

    @property
    def level(self) -> Level:
        """How fresh a read must be; looks whether the generation is still kept, once in a while.

        Raises:
            IndexDamaged: it isn't.
        """
        now = time.monotonic()
        if now - self._looked > GRACE / 2:
            if read_pointer(self.client).oldest > self.number:
                raise IndexDamaged("The index was rebuilt meanwhile, and this state of it is gone.", "Ask again.")
            self._looked = now
        return "Strong" if now - self._opened < SETTLED else "Bounded"

    def rows(self, collection: str, where: str, fields: Sequence[str]) -> list[Row]:
        """The rows that are seen and fit a filter."""
        return self.client.rows(collection, f"{self.alive} and {where}" if where else self.alive, fields, self.level)

    def get(self, collection: str, keys: Sequence[str], fields: Sequence[str]) -> dict[str, Row]:
        """Rows by their keys.

        Raises:
            IndexDamaged: one isn't there.
        """
        found = {row["key"]: row for row in self.client.get(collection, keys, ["key", *fields], self.level)}
        if len(found) != len(set(keys)):
            raise IndexDamaged(f"The store at {self.client.address.host} has lost rows of the index.", CURE)
        return found

    def search(
        self, collection: str, field: str, query: object, limit: int, where: str, fields: Sequence[str]
    ) -> list[tuple[Row, float]]:
        """The nearest rows that are seen and fit a filter."""
        seen = f"{self.alive} and {where}" if where else self.alive
        return self.client.search(collection, field, query, limit, seen, fields, self.level)

    def scope(self, sources: frozenset[str] | None) -> str:
        """A filter for the rows of some articles.

        Raises:
            UnknownSource: one isn't there.
        """
        if sources is None:
            return ""
        documents = sorted(self.numbers.place(source).document for source in sources)
        return f"document in {documents}"


def both(*filters: str) -> str:
    """A filter that all of them make."""
    return " and ".join(f"({f})" for f in filters if f)
