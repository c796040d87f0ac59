"""One writer at a time, wherever it runs: a claim in the store, renewed as long as its writer lives.

The server has no lock and no comparing write. Whoever wants to write puts its own claim beside those that are there
and then looks, `Strong`: of two who do so at once, at least one sees the other and steps back. A claim that was not
renewed for long belongs to a writer that died; so does any other of the same folder, since that folder's own lock is
held by whoever asks.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from rag.errors import IndexBusy, RagError
from rag.index.milvus.client import Client, Row
from rag.index.milvus.records import NO_VECTOR
from rag.index.milvus.schema import POINTERS

LASTS = 120.0  # seconds without a sign of life after which a writer is taken for dead
_RENEWED = 20.0  # seconds between two signs of life


class Lease:
    """The right to write, while it lasts."""

    def __init__(self, client: Client, owner: str) -> None:
        self._client = client
        self._tenant = client.address.tenant
        self._key = f"{self._tenant}/claim/{uuid.uuid4().hex}"
        self._owner = owner

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it.

        Raises:
            IndexBusy: someone else is writing.
        """
        self._refuse_others(self._rivals())
        self._sign()
        over = threading.Event()
        try:
            self._refuse_others(self._rivals())
            threading.Thread(target=self._renew, args=(over,), daemon=True).start()
            yield
        finally:
            over.set()
            with suppress(RagError):  # an unreachable server forgets it in time
                self._client.delete(POINTERS, f'key in ["{self._key}"]')

    def check(self) -> None:
        """Before what can't be taken back: nobody has taken this writer for dead.

        Raises:
            RagError: somebody has.
        """
        if not self._client.get(POINTERS, [self._key], ["key"]):
            raise RagError("This rebuild was out of touch for too long.", "Try again; what was indexed is untouched.")

    def _rivals(self) -> list[Row]:
        """Claims of others; those of the dead are deleted."""
        where = f'tenant == "{self._tenant}" and kind == "claim"'
        rows = [r for r in self._client.rows(POINTERS, where, ["key", "at", "body"]) if r["key"] != self._key]
        dead = [r["key"] for r in rows if time.time() - r["at"] / 1000 > LASTS or r["body"] == self._owner]
        if dead:
            self._client.delete(POINTERS, "key in [{}]".format(", ".join(f'"{key}"' for key in dead)))
        return [r for r in rows if r["key"] not in dead]

    def _refuse_others(self, rivals: list[Row]) -> None:
        if rivals:
            ago = max(0.0, time.time() - max(r["at"] for r in rivals) / 1000)
            raise IndexBusy(
                f"The index at {self._client.address.text} is being rebuilt elsewhere (last sign {ago:.0f} s ago).",
                f"Wait until that is done; a rebuild that died is forgotten after {LASTS:.0f} s.",
            )

    def _sign(self) -> None:
        row: dict[str, Any] = {"key": self._key, "tenant": self._tenant, "kind": "claim", "body": self._owner}
        self._client.put(POINTERS, [{**row, "at": int(time.time() * 1000), "none": NO_VECTOR}])

    def _renew(self, over: threading.Event) -> None:
        while not over.wait(_RENEWED):
            with suppress(RagError):  # the next sign may get through
                self.check()  # who was taken for dead stays so
                self._sign()
