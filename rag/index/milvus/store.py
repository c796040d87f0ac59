"""The store on a Milvus server. A generation becomes current by one write of one row, the pointer.

A pointer rather than an alias of the server's: an alias names a whole collection, so that every generation would have
to be one, and taking out a single article would cost a copy of all the others.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from models.protocols import EmbedderInfo
from rag.errors import IndexDamaged, IndexMismatch, IndexMissing, RagError
from rag.index.keeping import Content
from rag.index.layout import CURE, Layout, sole_writer
from rag.index.manifest import FORMAT, Manifest
from rag.index.milvus.address import MilvusAddress
from rag.index.milvus.client import Client, client_of
from rag.index.milvus.generation import MilvusGeneration
from rag.index.milvus.lease import Lease
from rag.index.milvus.records import NO_VECTOR
from rag.index.milvus.schema import POINTERS, collections, ensure, exists
from rag.index.milvus.view import GRACE, Pointer, key_of, read_pointer
from rag.index.milvus.writing import Writer, purge
from rag.index.store import tokens_by

_DOUBT = 0.5  # seconds


class MilvusStore:
    """One index on a server; satisfies `Store`.

    Args:
        address: where it lies.
        folder: the index folder, which keeps copies of added files and conversations.
        owner: what this folder is known by on the server.
    """

    def __init__(self, address: MilvusAddress, folder: Path, owner: str) -> None:
        self._address = address
        self._layout = Layout(folder)
        self._owner = owner
        self._pending: Pointer | None = None
        self._lease: Lease | None = None

    @property
    def _client(self) -> Client:
        return client_of(self._address)

    @property
    def recipient(self) -> str | None:
        """The machine that documents and questions are sent to; None where that is this one."""
        return self._address.recipient

    def current(self) -> str:
        """The name in the pointer."""
        return read_pointer(self._client).name

    def manifest(self, name: str) -> Manifest:
        """The manifest in the pointer."""
        return self._manifest(self._pointer(name))

    def open(self, name: str, manifest: Manifest) -> MilvusGeneration:
        """Look at the rows that a generation sees."""
        return MilvusGeneration(self._client, name, self._pointer(name).number, manifest)

    def _pointer(self, name: str) -> Pointer:
        pointer = read_pointer(self._client)
        if pointer.name != name:
            raise IndexDamaged(f"The index at {self._address.text} was rebuilt meanwhile.", "Ask again.")
        return pointer

    def _manifest(self, pointer: Pointer) -> Manifest:
        data = dict(pointer.manifest)
        if data.get("format") != FORMAT:
            raise IndexMismatch(f"The index was written in format {data.get('format')}, this is {FORMAT}.", CURE)
        try:
            return Manifest(**{**data, "embedder": EmbedderInfo(**data["embedder"])})
        except (TypeError, KeyError) as problem:
            raise IndexDamaged(f"The index at {self._address.text} does not say what it is.", CURE) from problem

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder's lock and a claim on the server; then take back what a dead writer had begun."""
        with sole_writer(self._layout):
            client = self._client
            self._lease = Lease(client, self._owner)
            if not client.asked(exists):
                client.asked(ensure)
            with self._lease.held():
                self._writer(self._sure_before()).clear()
                yield

    def _before(self) -> Pointer | None:
        try:
            return read_pointer(self._client)
        except IndexMissing:
            return None

    def _sure_before(self) -> Pointer | None:
        """The same, asked twice where there is none: whatever no pointer vouches for is about to be deleted."""
        if found := self._before():
            return found
        time.sleep(_DOUBT)
        return self._before()

    def _writer(self, before: Pointer | None, dimension: int = 0) -> Writer:
        return Writer(self._client, (before.number if before else 0) + 1, dimension)

    def write(self, content: Content, manifest: Manifest) -> str:
        """Write the rows of the generation to come."""
        dimension = manifest.embedder.dimension
        self._client.asked(lambda of: ensure(of, dimension))
        before = self._before()
        old = content.before
        anew = not isinstance(old, MilvusGeneration) or (
            (old.manifest.tokens, old.manifest.embedder.dimension) != (tokens_by(), dimension)
        )
        documents = self._writer(before, dimension).write(content, before.documents if before else 1, anew=anew)
        number = (before.number if before else 0) + 1
        digest = hashlib.sha256(repr((manifest, documents)).encode()).hexdigest()[:12]
        name = f"{number}-{manifest.created.replace(':', '')}-{digest}"
        passed = [*(before.passed if before else ()), *([(before.number, time.time())] if before else [])]
        # A generation stays for those who have it open: the one before always, older ones for a while.
        kept = [(n, at) for n, at in passed if n >= number - 1 or time.time() - at < GRACE]
        oldest = min((n for n, _ in kept), default=number)
        self._pending = Pointer(name, number, oldest, documents, asdict(manifest), tuple(kept))
        return name

    def swap(self, name: str) -> None:
        """Write the pointer; then delete what nobody sees any more."""
        assert self._pending and self._pending.name == name and self._lease
        self._lease.check()
        pointer, self._pending = self._pending, None
        self._client.put(POINTERS, [self._row(pointer)])
        with suppress(RagError):  # else the next rebuild does it: the generation is current
            purge(self._client, pointer.oldest)

    def _row(self, pointer: Pointer) -> dict[str, object]:
        body = json.dumps(asdict(pointer))
        tenant = self._address.tenant
        row = {"key": key_of(tenant), "tenant": tenant, "kind": "current", "body": body}
        return {**row, "at": int(time.time() * 1000), "none": NO_VECTOR}

    def discard(self) -> None:
        """Take back what was written and not swapped in."""
        if self._pending is None:
            return
        self._pending = None
        with suppress(RagError):  # else the next writer does it
            self._writer(self._before()).clear()

    def drop(self) -> None:
        """Delete the pointer, then all rows of the index."""
        client, mine = self._client, f'tenant == "{self._address.tenant}"'
        client.delete(POINTERS, f'key in ["{key_of(self._address.tenant)}"]')
        for name in client.asked(collections):
            client.delete(name, mine)
