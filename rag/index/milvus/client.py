"""A connection to a Milvus server: its calls with our time limits, and its errors as ours."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal, TypeVar

import numpy as np

from rag.errors import RagError
from rag.index.milvus.address import MilvusAddress

KEY_VARIABLE = "UNSAID_STORE_KEY"
Level = Literal["Strong", "Bounded"]
Row = dict[str, Any]
T = TypeVar("T")
_SECONDS = 20.0  # a call that takes longer has failed; a server that starts anew is waited for as long
_CONNECTING = 5.0
_AT_ONCE = 1_000  # rows of a call, at most
_BYTES = 8_000_000  # of a call, roughly, at most: servers refuse messages of 64 MB
_IDS = 500  # keys of a call
_PAGE = 5_000  # rows
MOST_HITS = 16_384  # of a search or a query; the server's own limit


class Client:
    """One server. Safe from several threads; lost connections are made anew by the library.

    Raises:
        RagError: there is no server, its library is missing, or a call fails.
    """

    def __init__(self, address: MilvusAddress) -> None:
        self.address = address
        try:
            from pymilvus import MilvusClient
        except ImportError:
            raise RagError(
                "A store on a Milvus server needs the package pymilvus, which is not installed.",
                "Install it: pip install 'unsaid[milvus]'",
            ) from None
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what fails is raised here
        with self._mapped():
            self._of = MilvusClient(address.url, token=os.environ.get(KEY_VARIABLE, ""), timeout=_CONNECTING)

    def asked(self, what: Callable[[Any], T]) -> T:
        """Something of the library's own client."""
        with self._mapped():
            return what(self._of)

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Say what failed as an error of ours."""
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, OSError, _rpc_error()) as problem:
            raise failed(self.address, problem) from problem

    def rows(self, collection: str, where: str, fields: Sequence[str], level: Level = "Strong") -> list[Row]:
        """All rows that fit a filter."""
        with self._mapped():
            rows: list[Row] = self._of.query(
                collection, where, list(fields), timeout=_SECONDS, consistency_level=level, limit=MOST_HITS
            )
            if len(rows) < MOST_HITS:
                return rows
            pages = self._of.query_iterator(
                collection, _PAGE, filter=where, output_fields=list(fields), timeout=_SECONDS, consistency_level=level
            )
            rows = []
            while page := pages.next():
                rows += page
            pages.close()
            return rows

    def get(self, collection: str, keys: Sequence[str], fields: Sequence[str], level: Level = "Strong") -> list[Row]:
        """The rows of some keys that are there, in any order."""
        found: list[Row] = []
        with self._mapped():
            for at in range(0, len(keys), _IDS):
                some = list(keys[at : at + _IDS])
                found += self._of.get(
                    collection, some, list(fields), timeout=_SECONDS, consistency_level=level
                )  # fmt: skip
        return found

    def count(self, collection: str, where: str, level: Level = "Strong") -> int:
        """How many rows fit a filter."""
        with self._mapped():
            [row] = self._of.query(collection, where, ["count(*)"], timeout=_SECONDS, consistency_level=level)
            return int(row["count(*)"])

    def search(
        self, collection: str, field: str, query: object, limit: int, where: str, fields: Sequence[str], level: Level
    ) -> list[tuple[Row, float]]:
        """(row, the server's own score) of those nearest to a vector or a text, best first."""
        with self._mapped():
            [hits] = self._of.search(
                collection, [query], where, min(limit, MOST_HITS), list(fields), anns_field=field, timeout=_SECONDS,
                consistency_level=level,
            )  # fmt: skip
            return [(hit["entity"], float(hit["distance"])) for hit in hits]

    def put(self, collection: str, rows: Sequence[Row], *, partly: bool = False) -> None:
        """Write rows, over those of the same keys; `partly` leaves the fields that are not given."""
        with self._mapped():
            for some in _batches(rows):
                if partly:
                    self._of.upsert(collection, some, timeout=_SECONDS, partial_update=True)
                else:
                    self._of.upsert(collection, some, timeout=_SECONDS)

    def insert(self, collection: str, rows: Sequence[Row]) -> None:
        """Write rows of keys that are not there."""
        with self._mapped():
            for some in _batches(rows):
                self._of.insert(collection, some, timeout=_SECONDS)

    def delete(self, collection: str, where: str) -> None:
        """Delete the rows that fit a filter."""
        with self._mapped():
            self._of.delete(collection, filter=where, timeout=_SECONDS)


def _rpc_error() -> type[Exception]:
    try:
        import grpc
    except ImportError:
        return OSError
    found: type[Exception] = grpc.RpcError
    return found


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows in groups that one call may carry."""
    group: list[Row] = []
    size = 0
    for row in rows:
        own = sum(v.nbytes if isinstance(v, np.ndarray) else len(v) if isinstance(v, str) else 16 for v in row.values())
        if group and (size + own > _BYTES or len(group) == _AT_ONCE):
            yield group
            group, size = [], 0
        group.append(row)
        size += own
    if group:
        yield group


def failed(address: MilvusAddress, problem: Exception) -> RagError:
    """A call's failure in words."""
    said = str(getattr(problem, "message", "") or problem)
    if any(sign in said for sign in ("UNAVAILABLE", "DEADLINE", "connect", "Retry timeout")):
        return RagError(
            f"The store at {address.host} does not answer.",
            "Start its server, or look at the network; what was indexed before is untouched.",
        )
    return RagError(
        f"The store at {address.host} could not do what was asked ({said[:300]}).",
        "See the server's log; what was indexed before is untouched.",
    )


@lru_cache(maxsize=8)
def client_of(address: MilvusAddress) -> Client:
    """The connection of this process to a server."""
    return Client(address)
