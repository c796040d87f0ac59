"""Build or refresh an index from files and folders.

Every generation is written from scratch out of records; those of unchanged files, vectors
included, are taken over from the generation before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import numpy as np

from models import load_embedder
from models.protocols import Embedder, FloatArray
from models.weights import sha256_of
from rag.errors import ArticleUnreadable, IndexDamaged, IndexMismatch, IndexMissing, RagError, UnknownSource
from rag.index.layout import STORE, VECTORS, Layout, publish, sole_writer, unwritable
from rag.index.manifest import FORMAT, Manifest, cutter
from rag.index.reader import Index
from rag.index.roots import Found, find_files, name_sources, real, settled, shown
from rag.index.store import ArticleRecord, write_store
from rag.index.vectors import write_vectors
from rag.model_errors import mapped_model_errors
from rag.reading import read
from rag.settings import Settings, default_index_dir
from rag.text.cut import cut, embeddable
from rag.types import IndexReport, Progress

Report = Callable[[Progress], None]


def build_index(
    paths: Iterable[str | Path] | None = None,
    index: str | Path | None = None,
    replace: bool = False,
    progress: Report | None = None,
    *,
    embedder: Embedder | None = None,
    settings: Settings | None = None,
) -> IndexReport:
    """Index files and folders; those given before stay, and are looked at again.

    Args:
        paths: files or folders, each a root of the index from now on; None to refresh all roots.
        index: the index folder; None for the default one.
        replace: forget the roots given before, and whatever the old index holds.
        progress: told how far the work is.
        embedder: makes the vectors; None for the packaged one.
        settings: how articles are cut.

    Returns:
        What was added, changed, removed, left alone and skipped.

    Raises:
        UnknownSource: a path does not exist; nothing was changed.
        IndexMissing: there is nothing to refresh.
        IndexBusy, IndexDamaged, IndexMismatch, ModelMissing, RagError: nothing was changed.
    """
    folder = default_index_dir(index)
    given = _existing(paths or ())
    if not given and not os.path.exists(Layout(folder).current):
        raise IndexMissing(f"There is no index at {folder}.", "Build one: unsaid index PATH")
    return _run(folder, _Wish(tuple(given), replace), progress, embedder, settings)


def rebuild_without(
    path: Path, index: Path, *, embedder: Embedder | None = None, settings: Settings | None = None
) -> IndexReport:
    """Refresh an index without one file, which stays out until it is given again by name.

    Raises:
        IndexMissing, IndexBusy, IndexDamaged, IndexMismatch, ModelMissing, RagError: nothing was changed.
    """
    return _run(index, _Wish(exclude=(path,)), None, embedder, settings)


@dataclass(frozen=True)
class _Wish:
    """What a rebuild was asked for."""

    given: tuple[Path, ...] = ()
    replace: bool = False
    exclude: tuple[Path, ...] = ()


def _run(
    folder: Path, wish: _Wish, progress: Report | None, embedder: Embedder | None, settings: Settings | None
) -> IndexReport:
    layout = Layout(folder)
    with sole_writer(layout), mapped_model_errors():
        build = _Build(layout, embedder or load_embedder(), settings or Settings(), progress or (lambda _: None))
        return build.run(wish)


def _existing(paths: Iterable[str | Path]) -> list[Path]:
    found = [settled(str(p).replace("\0", "�")) for p in paths]
    for path in found:
        if not os.path.exists(path):
            raise UnknownSource(f"There is no file or folder {path}.", "Check the spelling; nothing was changed.")
    return found


_Content: TypeAlias = tuple[str, str]  # SHA-256 and suffix: what decides how a file is read


_State: TypeAlias = tuple[list[Path], list[Path], list[tuple[str, str]]]  # roots, excluded, skipped


@dataclass(frozen=True)
class _Sources:
    """What the next generation is made from."""

    roots: tuple[Path, ...]
    excluded: tuple[Path, ...]
    before: Mapping[str, ArticleRecord]  # by path
    reusable: Mapping[_Content, tuple[ArticleRecord, FloatArray]]  # empty when vectors must be made anew
    old: _State | None = None  # of the generation before


class _Build:
    """One run of `build_index`, holding what its steps share."""

    def __init__(self, layout: Layout, embedder: Embedder, settings: Settings, progress: Report) -> None:
        self._layout = layout
        self._embedder = embedder
        self._settings = settings
        self._progress = progress
        self._skipped: list[tuple[str, str]] = []
        self._embedded: dict[str, list[str]] = {}  # by path: what is to be embedded of new and changed articles

    def run(self, wish: _Wish) -> IndexReport:
        sources = self._sources(wish)
        records = self._read(sources)
        if not self._is_current(records, sources):
            self._write(records, self._embed(records, sources), sources)
        return self._report(records, sources)

    def _is_current(self, records: Sequence[ArticleRecord], sources: _Sources) -> bool:
        """Whether the generation that answers is already what would be written."""
        if sources.old is None or self._embedded:
            return False
        kept = {r.path: (r.source, r.sha256) for r in records}
        before = {r.path: (r.source, r.sha256) for r in sources.before.values()}
        state = (list(sources.roots), sorted(sources.excluded), sorted(self._skipped))
        return kept == before and state == sources.old

    def _sources(self, wish: _Wish) -> _Sources:
        """Roots old and new, and what can be taken over from the generation before."""
        try:
            old = Index.open(self._layout.folder)
        except (IndexMissing, IndexDamaged, IndexMismatch) as problem:
            if wish.replace or isinstance(problem, IndexMissing):
                return _Sources(tuple(dict.fromkeys(wish.given)), wish.exclude, {}, {})
            raise
        try:
            records = list(old.records())
            same = old.manifest.vectors_made_by(self._embedder.info, self._settings)
            return _Sources(
                roots=tuple(dict.fromkeys((*(() if wish.replace else old.roots()), *wish.given))),
                excluded=(*(p for p in old.excluded() if p not in wish.given), *wish.exclude),
                before={record.path: record for record, _ in records},
                reusable={_content(r.path, r.sha256): (r, vectors) for r, vectors in records} if same else {},
                old=(list(old.roots()), sorted(old.excluded()), sorted(old.skipped())) if same else None,
            )
        finally:
            old.close()

    def _read(self, sources: _Sources) -> list[ArticleRecord]:
        """Read every file below the roots; unchanged ones keep their records."""
        files = self._files(sources)
        names = name_sources(files, {path: record.source for path, record in sources.before.items()})
        records = []
        for done, file in enumerate(files, start=1):
            self._progress(Progress("reading", done, len(files), names[file.path]))
            record = self._record(file, names[file.path], sources)
            if record is not None:
                records.append(record)
            if record is not None and record.path in self._embedded:
                self._progress(Progress("reading", done, len(files), record.source, len(record.sentences)))
        return sorted(records, key=lambda r: r.source)

    def _files(self, sources: _Sources) -> list[Found]:
        for root in sources.roots:
            if not os.path.exists(root):
                self._skipped.append((str(root), "It is no longer there."))
        home = real(self._layout.folder)
        left_out = {*sources.excluded, home / self._layout.generations.name, home / self._layout.current.name}
        present = [r for r in sources.roots if os.path.exists(r)]
        found = [f for f in find_files(present) if not left_out & {f.path, *f.path.parents}]
        self._skipped += [(shown(f.path), f.problem) for f in found if f.problem]
        return [f for f in found if not f.problem]

    def _record(self, file: Found, name: str, sources: _Sources) -> ArticleRecord | None:
        try:
            article = read(file.path)
        except ArticleUnreadable as problem:
            self._skipped.append((str(file.path), problem.problem))
            return None
        old, _ = sources.reusable.get(_content(file.path, article.sha256), (None, None))
        if old is not None:
            return replace(old, source=name, path=str(file.path))
        sentences, chunks = cut(article.text, article.title, self._embedder, self._settings)
        self._embedded[str(file.path)] = [
            embeddable(article.title, article.text[sentences[a].start : sentences[b - 1].end]) for a, b in chunks
        ]
        return ArticleRecord(
            source=name,
            path=str(file.path),
            text=article.text,
            title=article.title,
            date=article.date,
            sha256=article.sha256,
            sentences=sentences,
            chunks=chunks,
        )

    def _embed(self, records: Sequence[ArticleRecord], sources: _Sources) -> FloatArray:
        """Vectors of all chunks in the order of records; only those of new or changed articles are computed."""
        texts = [text for r in records for text in self._embedded.get(r.path, ())]
        self._progress(Progress("embedding", 0, len(texts)))
        none = np.empty((0, self._embedder.info.dimension), dtype=np.float32)
        fresh = none  # without new texts the model is not even loaded
        if texts:
            fresh = self._embedder.embed(texts, lambda done: self._progress(Progress("embedding", done, len(texts))))
        parts, used = [none], 0
        for r in records:
            if r.path in self._embedded:
                parts.append(fresh[used : used + len(r.chunks)])
                used += len(r.chunks)
            else:
                parts.append(sources.reusable[_content(r.path, r.sha256)][1])
        return np.concatenate(parts)

    def _write(self, records: Sequence[ArticleRecord], vectors: FloatArray, sources: _Sources) -> None:
        """Write a generation aside and make it the current one."""
        self._progress(Progress("writing", 0, 1))
        staged = self._layout.staging()
        try:
            staged.mkdir(parents=True)
            write_store(
                staged / STORE,
                records,
                [str(r) for r in sources.roots],
                self._skipped,
                [str(p) for p in sources.excluded],
            )
            write_vectors(staged / VECTORS, vectors)
            manifest = self._manifest(staged, records)
            manifest.write(staged)
            digest = hashlib.sha256(repr(manifest).encode()).hexdigest()[:12]
            publish(self._layout, staged, f"{manifest.created.replace(':', '')}-{digest}")
        except OSError as problem:
            raise unwritable(self._layout.folder, problem) from problem
        except Exception as problem:  # SQLite and FAISS report a full disk in errors of their own
            if not isinstance(problem, RagError) and _from_disk(problem):
                raise unwritable(self._layout.folder, OSError(str(problem))) from problem
            raise
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        self._progress(Progress("writing", 1, 1))

    def _manifest(self, staged: Path, records: Sequence[ArticleRecord]) -> Manifest:
        return Manifest(
            format=FORMAT,
            created=datetime.now(UTC).isoformat(timespec="microseconds"),
            embedder=self._embedder.info,
            chunk_sentences=self._settings.chunk_sentences,
            chunk_overlap=self._settings.chunk_overlap,
            cutter=cutter(),
            articles=len(records),
            sentences=sum(len(r.sentences) for r in records),
            chunks=sum(len(r.chunks) for r in records),
            files={name: sha256_of(staged / name) for name in (STORE, VECTORS)},
        )

    def _report(self, records: Sequence[ArticleRecord], sources: _Sources) -> IndexReport:
        old = {record.source: record.sha256 for record in sources.before.values()}
        new = {r.source: r.sha256 for r in records}
        return IndexReport(
            added=tuple(sorted(new.keys() - old.keys())),
            changed=tuple(sorted(s for s in new.keys() & old.keys() if new[s] != old[s])),
            removed=tuple(sorted(old.keys() - new.keys())),
            unchanged=tuple(sorted(s for s in new.keys() & old.keys() if new[s] == old[s])),
            skipped=tuple(sorted(self._skipped)),
        )


def _content(path: str | Path, sha256: str) -> _Content:
    return sha256, Path(path).suffix.lower()


def _from_disk(problem: Exception) -> bool:
    text = str(problem).lower()
    return any(sign in text for sign in ("disk", "full", "readonly", "i/o", "write error", "no space"))
