"""One rebuild from top to bottom: look back, gather, embed, write, report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.protocols import EmbedderInfo, FloatArray
from models.weights import sha256_of
from rag.errors import RagError
from rag.index.ahead import Ahead, Embeds
from rag.index.before import Before, State, Wish, is_current, look_back
from rag.index.gather import AtHand, Gathered, gather
from rag.index.layout import Layout, publish, unwritable
from rag.index.manifest import FORMAT, Manifest, cutter
from rag.index.own import STORE, VECTORS, delete_generation
from rag.index.reader import Index
from rag.index.records import ArticleRecord, Entry, Kept
from rag.index.store import tokens_by, write_store
from rag.index.vectors import write_vectors
from rag.settings import Settings
from rag.types import IndexReport, Note, Progress

if TYPE_CHECKING:
    from rag.index.crew.crew import Crew

_DISK_SIGNS = ("disk", "full", "readonly", "i/o", "write error", "no space")


def build_generation(
    layout: Layout,
    wish: Wish,
    embedder: Embeds,
    settings: Settings,
    progress: Callable[[Progress], None],
    crew: Crew | None = None,
) -> IndexReport:
    """Write a generation and make it the current one, unless that is already what would be written.

    The caller holds the index (`sole_writer`). A crew reads, cuts and embeds; without one, this process and `embedder`.

    Raises:
        IndexDamaged, IndexMismatch, RagError: nothing was changed.
    """
    before = look_back(layout, wish, embedder.info, settings)
    try:
        ahead = crew.ahead(embedder) if crew else Ahead(embedder)
        found = gather(layout, before, embedder, settings, progress, ahead, crew or AtHand(embedder, settings))
        state = State(before.roots, tuple(sorted(before.excluded)), found.skipped)
        fresh = ahead.vectors(progress)
        if fresh or not is_current(before, found.entries, state):
            progress(Progress("writing", 0, 1))
            _write(layout, _Generation(found, fresh, before, state), embedder.info, settings)
            progress(Progress("writing", 1, 1))
        return _report(found, before)
    finally:
        before.close()


@dataclass(frozen=True)
class _Generation:
    """What is to be written."""

    found: Gathered
    fresh: Mapping[str, FloatArray]  # of new and changed articles, by path
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
        """All vectors in the order of chunks, an article's at a time."""
        old = self.before.index
        for entry in self.found.entries:
            if isinstance(entry, Kept):
                assert old
                yield old.vectors_from(entry.first_chunk, entry.chunk_count)
            else:
                yield self.fresh[entry.path]

    def write(self, folder: Path, dimension: int) -> None:
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
        write_vectors(folder / VECTORS, self.vectors(), self.chunks, dimension)


def _record(kept: Kept, old: Index) -> ArticleRecord:
    """A kept article as a new store is given it."""
    return replace(old.record(old.source_of(kept.document)), source=kept.source, path=kept.path)


def _write(layout: Layout, generation: _Generation, embedder: EmbedderInfo, settings: Settings) -> None:
    """Write a generation aside and make it the current one."""
    staged = layout.staging()
    try:
        staged.mkdir(mode=0o700, parents=True)
        generation.write(staged, embedder.dimension)
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
        delete_generation(staged)


def _manifest(staged: Path, generation: _Generation, embedder: EmbedderInfo, settings: Settings) -> Manifest:
    entries = generation.found.entries
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="microseconds"),
        embedder=embedder,
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
        notes=(*found.roots, *((e.source, note.text) for e in found.entries for note in _notes(e, noted))),
    )


def _notes(entry: Entry, noted: Mapping[int, Sequence[Note]]) -> Sequence[Note]:
    return entry.notes if isinstance(entry, ArticleRecord) else noted.get(entry.document, ())
