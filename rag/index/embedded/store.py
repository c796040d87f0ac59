"""The embedded store: a folder a generation, a file that names the current one. `rag.index.layout` tells how."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from models.weights import sha256_of
from rag.errors import RagError
from rag.index.embedded.generation import EmbeddedGeneration
from rag.index.keeping import Content
from rag.index.layout import Layout, current_generation, publish, sole_writer, unwritable
from rag.index.manifest import Manifest
from rag.index.own import STORE, VECTORS, delete_generation, own_generations
from rag.index.records import Kept
from rag.index.store import tokens_by, write_store
from rag.index.vectors import write_vectors

_DISK_SIGNS = ("disk", "full", "readonly", "i/o", "write error", "no space")


class EmbeddedStore:
    """Generations in files; satisfies `Store`."""

    def __init__(self, folder: Path) -> None:
        self._layout = Layout(folder)

    def current(self) -> str:
        """The name of the generation that answers."""
        return current_generation(self._layout.folder)

    def manifest(self, name: str) -> Manifest:
        """Its manifest; the files beside it are what was written."""
        return Manifest.read(self._layout.generation(name))

    def open(self, name: str, manifest: Manifest) -> EmbeddedGeneration:
        """Open its files."""
        return EmbeddedGeneration(self._layout.generation(name), name, manifest)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder's lock."""
        with sole_writer(self._layout):
            yield

    def write(self, content: Content, manifest: Manifest) -> str:
        """Write the files of a generation aside."""
        staged = self._layout.staging()
        try:
            staged.mkdir(mode=0o700, parents=True)
            _write_files(staged, content, manifest)
            whole = replace(manifest, files={name: sha256_of(staged / name) for name in (STORE, VECTORS)})
            whole.write(staged)
        except OSError as problem:
            raise unwritable(self._layout.folder, problem) from problem
        except Exception as problem:  # SQLite and FAISS report a full disk in errors of their own
            if not isinstance(problem, RagError) and any(sign in str(problem).lower() for sign in _DISK_SIGNS):
                raise unwritable(self._layout.folder, OSError(str(problem))) from problem
            raise
        digest = hashlib.sha256(repr(whole).encode()).hexdigest()[:12]
        return f"{whole.created.replace(':', '')}-{digest}"

    def swap(self, name: str) -> None:
        """Give the files their name and name them in the pointer."""
        try:
            publish(self._layout, self._layout.staging(), name)
        except OSError as problem:
            raise unwritable(self._layout.folder, problem) from problem

    def discard(self) -> None:
        """Delete what lies aside."""
        delete_generation(self._layout.staging())

    def drop(self) -> None:
        """Delete the pointer, then all generations."""
        self._layout.current.unlink(missing_ok=True)  # first: from here on there is no index
        for generation in own_generations(self._layout):
            delete_generation(generation)


def _write_files(folder: Path, content: Content, manifest: Manifest) -> None:
    """Write articles and vectors; a copy of the articles before is changed where that costs less than to write them."""
    old, kept = content.before, sum(isinstance(e, Kept) for e in content.entries)
    changes = (
        isinstance(old, EmbeddedGeneration) and old.manifest.tokens == tokens_by() and 2 * kept > old.manifest.articles
    )
    write_store(
        folder / STORE,
        content.entries if changes else tuple(content.records()),
        content.roots,
        content.refusals,
        content.excluded,
        before=old.file if changes and isinstance(old, EmbeddedGeneration) else None,
    )
    write_vectors(folder / VECTORS, content.vectors(), manifest.chunks, manifest.embedder.dimension)
