"""One rebuild from top to bottom: look back, gather, embed, write, report."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import numpy as np

from models.protocols import Embedder, FloatArray
from models.weights import sha256_of
from rag.errors import RagError
from rag.index.before import Before, State, Wish, is_current, look_back
from rag.index.gather import Gathered, gather
from rag.index.layout import STORE, VECTORS, Layout, publish, unwritable
from rag.index.manifest import FORMAT, Manifest, cutter
from rag.index.progress import further
from rag.index.reader import Index
from rag.index.store import ArticleRecord, Entry, Kept, tokens_by, write_store
from rag.index.vectors import write_vectors
from rag.settings import Settings
from rag.types import IndexReport, Note, Progress

_TOGETHER = 256  # chunks that are embedded at once, at least
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
    try:
        found = gather(layout, before, embedder, settings, progress)
        state = State(before.roots, tuple(sorted(before.excluded)), found.skipped)
        if found.fresh or not is_current(before, found.entries, state):
            fresh = _embed(found, embedder, progress)
            progress(Progress("writing", 0, 1))
            _write(layout, _Generation(found, fresh, before, state), embedder, settings)
            progress(Progress("writing", 1, 1))
        return _report(found, before)
    finally:
        before.close()


def _embed(found: Gathered, embedder: Embedder, progress: Callable[[Progress], None]) -> FloatArray:
    """Vectors of the chunks of new and changed articles, in the order of entries.

    Several articles at a time: enough that texts of like length meet, few enough to tell which articles are done.
    """
    articles = [e for e in found.entries if e.path in found.fresh]
    total, done = sum(e.chunk_count for e in articles), 0
    progress(Progress("embedding", 0, total))
    rows = [np.empty((0, embedder.info.dimension), dtype=np.float32)]  # without new texts no model is even loaded
    for group in _groups(articles):
        texts = [text for e in group for text in found.fresh[e.path]]
        rows.append(embedder.embed(texts, further(progress, done, total)))
        done += len(texts)
        for entry in group:
            progress(Progress("embedding", done, total, entry.source, entry.sentence_count))
    return np.concatenate(rows)


def _groups(articles: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Articles in order, in groups of at least `_TOGETHER` chunks."""
    group: list[Entry] = []
    for entry in articles:
        group.append(entry)
        if sum(e.chunk_count for e in group) >= _TOGETHER:
            yield group
            group = []
    if group:
        yield group


@dataclass(frozen=True)
class _Generation:
    """What is to be written."""

    found: Gathered
    fresh: FloatArray
    before: Before
    state: State

    @property
    def chunks(self) -> int:
        """Number of all chunks."""
        return sum(e.chunk_count for e in self.found.entries)

    @property
    def is_change(self) -> bool:
        """Whether it costs less to change a copy of the store before than to write one."""
        old, kept = self.before.index, sum(isinstance(e, Kept) for e in self.found.entries)
        return old is not None and old.manifest.tokens == tokens_by() and 2 * kept > old.manifest.articles

    def vectors(self) -> Iterator[FloatArray]:
        """All vectors in the order of chunks, in blocks."""
        old, used = self.before.index, 0
        for kept, run in groupby(self.found.entries, lambda e: isinstance(e, Kept)):
            for entry in run if kept else ():
                assert old and isinstance(entry, Kept)
                yield old.vectors_from(entry.first_chunk, entry.chunk_count)
            if not kept:
                count = sum(e.chunk_count for e in run)
                yield self.fresh[used : used + count]
                used += count

    def write(self, folder: Path) -> None:
        """Write its store and its vectors."""
        old, entries = self.before.index, self.found.entries
        if old and not self.is_change:
            entries = tuple(_record(e, old) if isinstance(e, Kept) else e for e in entries)
        write_store(
            folder / STORE,
            entries,
            [str(r) for r in self.state.roots],
            self.found.refusals,
            [str(p) for p in self.state.excluded],
            before=old.store if old and self.is_change else None,
        )
        write_vectors(folder / VECTORS, self.vectors(), self.chunks, self.fresh.shape[1])


def _record(kept: Kept, old: Index) -> ArticleRecord:
    """A kept article as a new store is given it."""
    return replace(old.record(old.source_of(kept.document)), source=kept.source, path=kept.path)


def _write(layout: Layout, generation: _Generation, embedder: Embedder, settings: Settings) -> None:
    """Write a generation aside and make it the current one."""
    staged = layout.staging()
    try:
        staged.mkdir(parents=True)
        generation.write(staged)
        manifest = _manifest(staged, generation, embedder, settings)
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


def _manifest(staged: Path, generation: _Generation, embedder: Embedder, settings: Settings) -> Manifest:
    entries = generation.found.entries
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="microseconds"),
        embedder=embedder.info,
        chunk_sentences=settings.chunk_sentences,
        chunk_overlap=settings.chunk_overlap,
        cutter=cutter(),
        tokens=tokens_by(),
        articles=len(entries),
        sentences=sum(e.sentence_count for e in entries),
        chunks=generation.chunks,
        files={name: sha256_of(staged / name) for name in (STORE, VECTORS)},
    )


def _from_disk(problem: Exception) -> bool:
    text = str(problem).lower()
    return any(sign in text for sign in _DISK_SIGNS)


def _report(found: Gathered, before: Before) -> IndexReport:
    old = {kept.source: kept.sha256 for kept in (before.articles or {}).values()}
    new = {e.source: e.sha256 for e in found.entries}
    noted = before.index.all_notes() if before.index else {}
    return IndexReport(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(s for s in new.keys() & old.keys() if new[s] != old[s])),
        removed=tuple(sorted(old.keys() - new.keys())),
        unchanged=tuple(sorted(s for s in new.keys() & old.keys() if new[s] == old[s])),
        skipped=found.skipped,
        notes=tuple((e.source, note.text) for e in found.entries for note in _notes(e, noted)),
    )


def _notes(entry: Entry, noted: Mapping[int, Sequence[Note]]) -> Sequence[Note]:
    return entry.notes if isinstance(entry, ArticleRecord) else noted.get(entry.document, ())
