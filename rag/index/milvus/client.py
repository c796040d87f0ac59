"""A connection to a Milvus server: its calls with our time limits, and its errors as ours."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Literal, TypeVar

import numpy as np

from rag.errors import RagError
from rag.index.milvus.address import MilvusAddress

KEY_VARIABLE = "UNSAID_STORE_KEY"
Level = Literal["Strong", "Bounded"]
PREFIX = "unsaid1_"  # of all collections of ours; other fields get another one
Row = dict[str, Any]
T = TypeVar("T")
_CONNECTING = 5.0  # seconds that a server is waited for which doesn't answer
_LOST = 10.0  # seconds after that in which it isn't waited for again
# No limit of time, which the library would fill with attempts: a connection is watched (keepalive), and work may last.
CALL = {"retry_times": 1}
_PAUSE = 0.3
# Connections that are tried anew don't wait for those that failed before, by the library's own pool up to two minutes.
# A server of gRPC's own settings hangs up on whoever pings idly or often, as the library would every ten seconds.
_CHANNEL = {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.max_reconnect_backoff_ms": 1_000,
    "grpc.keepalive_time_ms": 60_000,
    "grpc.keepalive_permit_without_calls": 0,
}
_AT_ONCE = 1_000  # rows of a call, at most
_BYTES = 8_000_000  # of a call, roughly, at most: servers refuse messages of 64 MB
_IDS = 500  # keys of a call
_PAGE = 5_000  # rows
MOST_HITS = 16_384  # of a search or a query; the server's own limit


class StoreLost(RagError):
    """The server does not answer."""


class StoreUnloaded(RagError):
    """The server has the rows, and hasn't opened them yet."""


class Client:
    """One server. Safe from several threads; lost connections are made anew by the library.

    Raises:
        RagError: there is no server, its library is missing, or a call fails.
    """

    def __init__(self, address: MilvusAddress) -> None:
        self.address = address
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # it would write on the person's terminal
        try:
            import pymilvus
        except ImportError:
            raise RagError(
                "A store on a Milvus server needs the package pymilvus, which is not installed.",
                "Install it: pip install 'unsaid[milvus]'",
            ) from None
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what fails is raised here
        self._lost = -_LOST
        with self._mapped():
            self._of = pymilvus.MilvusClient(
                address.url, token=os.environ.get(KEY_VARIABLE, ""), timeout=_CONNECTING, grpc_options=_CHANNEL
            )

    def asked(self, what: Callable[[Any], T]) -> T:
        """Something of the library's own client; asked again for a while where the connection is lost.

        Every call of ours may be repeated: rows are written by their keys.
        """
        now = time.monotonic()
        loaded = False
        until = now if now - self._lost < _LOST else now + _CONNECTING
        while True:
            try:
                with self._mapped():
                    return what(self._of)
            except StoreUnloaded:
                if loaded:
                    raise
                loaded = True
                self._load()
            except StoreLost:
                if time.monotonic() > until:
                    self._lost = time.monotonic()
                    raise
                time.sleep(_PAUSE)

    def _load(self) -> None:
        """Have the server open its collections, as some don't by themselves after a start."""
        with self._mapped():
            for name in self._of.list_collections(**CALL):
                if name.startswith(PREFIX):
                    self._of.load_collection(name, **CALL)

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Say what failed as an error of ours."""
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, OSError, ValueError, _rpc_error()) as problem:
            raise failed(self.address, problem) from problem

    def rows(self, collection: str, where: str, fields: Sequence[str], level: Level = "Strong") -> list[Row]:
        """All rows that fit a filter."""
        limits = {"consistency_level": level, **CALL}
        rows: list[Row] = self.asked(lambda of: of.query(collection, where, list(fields), limit=MOST_HITS, **limits))
        if len(rows) < MOST_HITS:
            return rows

        def paged(of: Any) -> list[Row]:  # noqa: ANN401
            pages = of.query_iterator(collection, _PAGE, filter=where, output_fields=list(fields), **limits)
            found: list[Row] = []
            while page := pages.next():
                found += page
            pages.close()
            return found

        return self.asked(paged)

    def get(self, collection: str, keys: Sequence[str], fields: Sequence[str], level: Level = "Strong") -> list[Row]:
        """The rows of some keys that are there, in any order."""
        found: list[Row] = []
        for at in range(0, len(keys), _IDS):
            some = list(keys[at : at + _IDS])
            found += self.asked(
                lambda of, some=some: of.get(  # type: ignore[misc]
                    collection, some, list(fields), consistency_level=level, **CALL
                )
            )
        return found

    def count(self, collection: str, where: str, level: Level = "Strong") -> int:
        """How many rows fit a filter."""
        [row] = self.asked(lambda of: of.query(collection, where, ["count(*)"], consistency_level=level, **CALL))
        return int(row["count(*)"])

    def search(
        self, collection: str, field: str, query: object, limit: int, where: str, fields: Sequence[str], level: Level
    ) -> list[tuple[Row, float]]:
        """(row, the server's own score) of those nearest to a vector or a text, best first."""
        most = min(limit, MOST_HITS)
        limits = {"anns_field": field, "consistency_level": level, **CALL}
        [hits] = self.asked(lambda of: of.search(collection, [query], where, most, list(fields), **limits))
        return [(hit["entity"], float(hit["distance"])) for hit in hits]

    def put(self, collection: str, rows: Sequence[Row], *, partly: bool = False) -> None:
        """Write rows, over those of the same keys; `partly` leaves the fields that are not given."""
        more: dict[str, Any] = {"partial_update": True, **CALL} if partly else CALL
        for some in _batches(rows):
            self.asked(lambda of, some=some: of.upsert(collection, some, **more))  # type: ignore[misc]

    def delete(self, collection: str, where: str) -> None:
        """Delete the rows that fit a filter."""
        self.asked(lambda of: of.delete(collection, filter=where, **CALL))


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
    if any(sign in said for sign in ("UNAVAILABLE", "DEADLINE", "connect", "Retry timeout", "channel")):
        return StoreLost(
            f"The store at {address.host} does not answer.",
            "Start its server, or look at the network; what was indexed before is untouched.",
        )
    unloaded = any(sign in said for sign in ("not loaded", "'released'", "call load()"))
    return (StoreUnloaded if unloaded else RagError)(
        f"The store at {address.host} could not do what was asked ({said[:300]}).",
        "See the server's log; what was indexed before is untouched.",
    )


@lru_cache(maxsize=8)
def client_of(address: MilvusAddress) -> Client:
    """The connection of this process to a server."""
    return Client(address)
