"""One rebuild from top to bottom: look back, gather, embed, write, report."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from models.protocols import Embedder, FloatArray
from models.weights import sha256_of
from rag.errors import RagError
from rag.index.before import Before, State, Wish, content, is_current, look_back
from rag.index.gather import Gathered, gather
from rag.index.layout import STORE, VECTORS, Layout, publish, unwritable
from rag.index.manifest import FORMAT, Manifest, cutter
from rag.index.store import write_store
from rag.index.vectors import write_vectors
from rag.settings import Settings
from rag.types import IndexReport, Progress

_DISK_SIGNS = ("disk", "full", "readonly", "i/o", "write error", "no space")


def build_generation(
    layout: Layout, wish: Wish, embedder: Embedder, settings: Settings, progress: Callable[[Progress], None]
) -> IndexReport:
    """Write a generation and make it the current one, unless that is already what would be written.

    The caller holds the index (`sole_writer`).

    Raises:
        IndexDamaged, IndexMismatch, RagError: nothing was changed.
    """
    before = look_back(layout, wish, embedder.info, settings)
    found = gather(layout, before, embedder, settings, progress)
    state = State(before.roots, tuple(sorted(before.excluded)), found.skipped)
    if found.fresh or not is_current(before, found.records, state):
        vectors = _embed(found, before, embedder, progress)
        progress(Progress("writing", 0, 1))
        _write(layout, found, vectors, state, embedder, settings)
        progress(Progress("writing", 1, 1))
    return _report(found, before)


def _embed(found: Gathered, before: Before, embedder: Embedder, progress: Callable[[Progress], None]) -> FloatArray:
    """Vectors of all chunks in the order of records; only those of new or changed articles are computed."""
    texts = [text for r in found.records for text in found.fresh.get(r.path, ())]
    progress(Progress("embedding", 0, len(texts)))
    none = np.empty((0, embedder.info.dimension), dtype=np.float32)
    fresh = none  # without new texts the model is not even loaded
    if texts:
        fresh = embedder.embed(texts, lambda done: progress(Progress("embedding", done, len(texts))))
    parts, used = [none], 0
    for r in found.records:
        if r.path in found.fresh:
            parts.append(fresh[used : used + len(r.chunks)])
            used += len(r.chunks)
        else:
            parts.append(before.reusable[content(r.path, r.sha256)][1])
    return np.concatenate(parts)


def _write(
    layout: Layout, found: Gathered, vectors: FloatArray, state: State, embedder: Embedder, settings: Settings
) -> None:
    """Write a generation aside and make it the current one."""
    staged = layout.staging()
    try:
        staged.mkdir(parents=True)
        write_store(
            staged / STORE,
            found.records,
            [str(r) for r in state.roots],
            found.refusals,
            [str(p) for p in state.excluded],
        )
        write_vectors(staged / VECTORS, vectors)
        manifest = _manifest(staged, found, embedder, settings)
        manifest.write(staged)
        digest = hashlib.sha256(repr(manifest).encode()).hexdigest()[:12]
        publish(layout, staged, f"{manifest.created.replace(':', '')}-{digest}")
    except OSError as problem:
        raise unwritable(layout.folder, problem) from problem
    except Exception as problem:  # SQLite and FAISS report a full disk in errors of their own
        if not isinstance(problem, RagError) and _from_disk(problem):
            raise unwritable(layout.folder, OSError(str(problem))) from problem
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _manifest(staged: Path, found: Gathered, embedder: Embedder, settings: Settings) -> Manifest:
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="microseconds"),
        embedder=embedder.info,
        chunk_sentences=settings.chunk_sentences,
        chunk_overlap=settings.chunk_overlap,
        cutter=cutter(),
        articles=len(found.records),
        sentences=sum(len(r.sentences) for r in found.records),
        chunks=sum(len(r.chunks) for r in found.records),
        files={name: sha256_of(staged / name) for name in (STORE, VECTORS)},
    )


def _from_disk(problem: Exception) -> bool:
    text = str(problem).lower()
    return any(sign in text for sign in _DISK_SIGNS)


def _report(found: Gathered, before: Before) -> IndexReport:
    old = {record.source: record.sha256 for record in before.records.values()}
    new = {r.source: r.sha256 for r in found.records}
    return IndexReport(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(s for s in new.keys() & old.keys() if new[s] != old[s])),
        removed=tuple(sorted(old.keys() - new.keys())),
        unchanged=tuple(sorted(s for s in new.keys() & old.keys() if new[s] == old[s])),
        skipped=found.skipped,
        notes=tuple((r.source, note.text) for r in found.records for note in r.notes),
    )
