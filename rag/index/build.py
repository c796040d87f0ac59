"""Build or refresh an index from files and folders.

Every generation is written from scratch out of records; those of unchanged files, vectors
included, are taken over from the generation before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from models import load_embedder
from models.protocols import Embedder
from rag.errors import IndexMissing, UnknownSource, mapped_model_errors
from rag.index.before import Wish
from rag.index.crew.workers import Workers
from rag.index.layout import Layout
from rag.index.own import PLACE
from rag.index.roots import settled
from rag.index.stores import choose_store
from rag.index.workshop import shared
from rag.settings import Settings, default_index_dir
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
    workers: Workers | None = None,
    store: str | None = None,
) -> IndexReport:
    """Index files and folders; those given before stay, and are looked at again.

    Args:
        paths: files or folders, each a root of the index from now on; None to refresh all roots.
        index: the index folder; None for the default one.
        replace: forget the roots given before, and whatever the old index holds.
        progress: told how far the work is.
        embedder: makes the vectors; None for the packaged one.
        settings: how articles are cut, and whether they may be kept on another machine.
        workers: who reads, cuts and embeds (`Workers.named("4")`); None for this machine in the ordinary way.
        store: where a new index keeps its articles, like milvus://host:19530/name; None for what `UNSAID_STORE` names,
            else for files in its folder. An index that is there keeps them where they are.

    Returns:
        What was added, changed, removed, left alone and skipped.

    Raises:
        UnknownSource: a path does not exist; nothing was changed.
        IndexMissing: there is nothing to refresh.
        IndexBusy, IndexDamaged, IndexMismatch, ModelMissing, RagError: nothing was changed.
    """
    folder = default_index_dir(index)
    given = _existing(paths or ())
    choose_store(folder, store, allow_remote=settings is not None and settings.allow_remote)
    if not given and not os.path.exists(Layout(folder).current) and not os.path.exists(folder / PLACE):
        raise IndexMissing(f"There is no index at {folder}.", "Build one: unsaid index PATH")
    return _run(folder, Wish(tuple(given), replace), progress, embedder, settings, workers)


def rebuild_without(
    path: Path, index: Path, *, embedder: Embedder | None = None, settings: Settings | None = None
) -> IndexReport:
    """Refresh an index without one file, which stays out until it is given again by name.

    Raises:
        IndexMissing, IndexBusy, IndexDamaged, IndexMismatch, ModelMissing, RagError: nothing was changed.
    """
    return _run(index, Wish(exclude=(path,)), None, embedder, settings)


def rebuild_without_root(
    root: Path, index: Path, *, embedder: Embedder | None = None, settings: Settings | None = None
) -> IndexReport:
    """Refresh an index without one of its roots.

    Raises:
        IndexMissing, IndexBusy, IndexDamaged, IndexMismatch, ModelMissing, RagError: nothing was changed.
    """
    return _run(index, Wish(drop=(root,)), None, embedder, settings)


def _run(
    folder: Path,
    wish: Wish,
    progress: Report | None,
    embedder: Embedder | None,
    settings: Settings | None,
    workers: Workers | None = None,
) -> IndexReport:
    with mapped_model_errors():
        return shared().build(
            folder, wish, embedder or load_embedder(), settings or Settings(), progress or (lambda _: None), workers
        )


def _existing(paths: Iterable[str | Path]) -> list[Path]:
    found = [settled(str(p).replace("\0", "�")) for p in paths]
    for path in found:
        if not os.path.exists(path):
            raise UnknownSource(f"There is no file or folder {path}.", "Check the spelling; nothing was changed.")
    return found
