"""What a new generation takes over from the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from models.protocols import EmbedderInfo, FloatArray
from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.index.layout import Layout
from rag.index.reader import Index
from rag.index.store import ArticleRecord
from rag.settings import Settings
from rag.types import Span

Content: TypeAlias = tuple[str, str]  # SHA-256 and suffix: what decides how a file is read


@dataclass(frozen=True)
class Wish:
    """What a rebuild was asked for."""

    given: tuple[Path, ...] = ()
    replace: bool = False
    exclude: tuple[Path, ...] = ()


@dataclass(frozen=True)
class State:
    """What decides a generation beside its articles."""

    roots: tuple[Path, ...]
    excluded: tuple[Path, ...]
    skipped: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Before:
    """The generation before, and the roots of the one to come."""

    roots: tuple[Path, ...]
    excluded: tuple[Path, ...]
    records: Mapping[str, ArticleRecord]  # by path
    reusable: Mapping[Content, tuple[ArticleRecord, FloatArray]]  # empty when vectors must be made anew
    refused: Mapping[Content, str]  # why such a file can't be read: it isn't tried again
    state: State | None = None  # None when nothing of it may stay


def look_back(layout: Layout, wish: Wish, embedder: EmbedderInfo, settings: Settings) -> Before:
    """Roots old and new, and what can be taken over.

    Raises:
        IndexDamaged, IndexMismatch: the old generation can't be read, and the wish is not to replace it.
    """
    try:
        old = Index.open(layout.folder)
    except (IndexMissing, IndexDamaged, IndexMismatch) as problem:
        if wish.replace or isinstance(problem, IndexMissing):
            return Before(tuple(dict.fromkeys(wish.given)), wish.exclude, {}, {}, {})
        raise
    try:
        records = [_record(old, source) for source in old.sources()]
        same = old.manifest.vectors_made_by(embedder, settings)
        state = State(old.roots(), tuple(sorted(old.excluded())), tuple(sorted(old.skipped())))
        return Before(
            roots=tuple(dict.fromkeys(wish.given if wish.replace else (*old.roots(), *_new_roots(wish.given, old)))),
            excluded=(*(p for p in old.excluded() if p not in wish.given), *wish.exclude),
            records={record.path: record for record, _ in records},
            reusable={content(r.path, r.sha256): (r, vectors) for r, vectors in records} if same else {},
            refused={content(r.path, r.sha256): r.reason for r in old.refusals() if r.sha256} if same else {},
            state=state if same else None,
        )
    finally:
        old.close()


def _new_roots(given: tuple[Path, ...], old: Index) -> list[Path]:
    """The paths given, less files that were taken out from below a root and only come back to it."""
    back = {p for p in old.excluded() if any(root in p.parents for root in old.roots())}
    return [path for path in given if path not in back]


def _record(old: Index, source: str) -> tuple[ArticleRecord, FloatArray]:
    """An article as it was stored, with its chunks' vectors, shape (chunks, dimension)."""
    chunks, d = old.chunks(source), old.document(source)
    record = ArticleRecord(
        source=source,
        path=str(old.path(source)),
        text=d.text,
        title=d.title,
        date=d.date,
        outlet=d.outlet,
        sha256=d.sha256,
        notes=old.notes(source),
        sentences=tuple(Span(s.start, s.end) for s in old.article_sentences(source)),
        chunks=tuple((first, last) for _, first, last in chunks),
    )
    return record, old.vectors([i for i, _, _ in chunks])


def content(path: str | Path, sha256: str) -> Content:
    """What decides how a file is read."""
    return sha256, Path(path).suffix.lower()


def is_current(before: Before, records: Sequence[ArticleRecord], state: State) -> bool:
    """Whether the generation that answers is already what would be written."""
    if before.state is None:
        return False
    kept = {r.path: (r.source, r.sha256) for r in records}
    old = {r.path: (r.source, r.sha256) for r in before.records.values()}
    return kept == old and state == before.state
