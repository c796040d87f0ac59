"""One rebuild from top to bottom: look back, gather, embed, write, report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.protocols import EmbedderInfo, FloatArray
from rag.index.ahead import Ahead, Embeds
from rag.index.before import Before, State, Wish, is_current, look_back
from rag.index.gather import AtHand, Gathered, gather
from rag.index.keeping import Content, Store
from rag.index.layout import Layout
from rag.index.manifest import FORMAT, Manifest, cutter
from rag.index.records import ArticleRecord, Entry
from rag.index.store import tokens_by
from rag.index.stores import store_of
from rag.settings import Settings
from rag.types import IndexReport, Note, Progress

if TYPE_CHECKING:
    from rag.index.crew.crew import Crew


def build_generation(
    layout: Layout,
    wish: Wish,
    embedder: Embeds,
    settings: Settings,
    progress: Callable[[Progress], None],
    *,
    crew: Crew | None = None,
    store: Store | None = None,
) -> IndexReport:
    """Write a generation and make it the current one, unless that is already what would be written.

    The caller holds the index (`Store.writing`, of the store that is given; None for the folder's). A crew reads, cuts
    and embeds; without one, this process and `embedder`.

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
            _write(store or store_of(layout.folder), _content(found, fresh, before, state), embedder.info, settings)
            progress(Progress("writing", 1, 1))
        return _report(found, before)
    finally:
        before.close()


def _content(found: Gathered, fresh: Mapping[str, FloatArray], before: Before, state: State) -> Content:
    return Content(
        entries=found.entries,
        roots=tuple(str(r) for r in state.roots),
        refusals=found.refusals,
        excluded=tuple(str(p) for p in state.excluded),
        fresh=fresh,
        before=before.index.stored if before.index else None,
    )


def _write(store: Store, content: Content, embedder: EmbedderInfo, settings: Settings) -> None:
    """Write a generation aside and make it the current one."""
    try:
        store.swap(store.write(content, _manifest(content.entries, embedder, settings)))
    finally:
        store.discard()


def _manifest(entries: Sequence[Entry], embedder: EmbedderInfo, settings: Settings) -> Manifest:
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
        chunks=sum(e.chunk_count for e in entries),
        files={},
    )


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
