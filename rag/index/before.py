"""What a new generation takes over from the one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from models.protocols import EmbedderInfo
from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.index.layout import Layout
from rag.index.reader import Index
from rag.index.records import Entry, Kept
from rag.settings import Settings

Content: TypeAlias = tuple[str, str]  # SHA-256 and suffix: what decides how a file is read


@dataclass(frozen=True)
class Wish:
    """What a rebuild was asked for."""

    given: tuple[Path, ...] = ()
    replace: bool = False
    exclude: tuple[Path, ...] = ()
    drop: tuple[Path, ...] = ()  # roots that are no longer wanted


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
    index: Index | None = None  # the old generation, open; None when nothing is taken over
    articles: Mapping[str, Kept] | None = None  # of the old generation, by path
    reusable: Mapping[Content, Kept] | None = None  # None when vectors must be made anew
    refused: Mapping[Content, str] | None = None  # why such a file can't be read: it isn't tried again
    state: State | None = None  # None when nothing of it may stay

    def close(self) -> None:
        """Let go of the old generation."""
        if self.index:
            self.index.close()


def look_back(layout: Layout, wish: Wish, embedder: EmbedderInfo, settings: Settings) -> Before:
    """Roots old and new, and what can be taken over.

    Raises:
        IndexDamaged, IndexMismatch: the old generation can't be read, and the wish is not to replace it.
    """
    try:
        old = Index.open(layout.folder)
    except (IndexMissing, IndexDamaged, IndexMismatch) as problem:
        if wish.replace or isinstance(problem, IndexMissing):
            return Before(tuple(dict.fromkeys(wish.given)), wish.exclude)
        raise
    try:
        return _taken_over(old, wish, old.manifest.vectors_made_by(embedder, settings))
    except BaseException:  # nobody else would close it, whatever went wrong
        old.close()
        raise


def _taken_over(old: Index, wish: Wish, same: bool) -> Before:
    """`same`: an article that didn't change would get the same sentences and vectors again."""
    articles = old.kept()
    state = State(old.roots(), tuple(sorted(old.excluded())), tuple(sorted(old.skipped())))
    roots = dict.fromkeys(wish.given if wish.replace else (*old.roots(), *_new_roots(wish.given, old)))
    return Before(
        roots=tuple(root for root in roots if root not in wish.drop),
        excluded=(*(p for p in old.excluded() if p not in wish.given), *wish.exclude),
        index=old,
        articles={a.path: a for a in articles},
        reusable={content(a.path, a.sha256): a for a in articles} if same else None,
        refused={content(r.path, r.sha256): r.reason for r in old.refusals() if r.sha256} if same else None,
        state=state if same else None,
    )


def _new_roots(given: tuple[Path, ...], old: Index) -> list[Path]:
    """The paths given, less files that were taken out from below a root and only come back to it."""
    back = {p for p in old.excluded() if any(root in p.parents for root in old.roots())}
    return [path for path in given if path not in back]


def content(path: str | Path, sha256: str) -> Content:
    """What decides how a file is read."""
    return sha256, Path(path).suffix.lower()


def is_current(before: Before, entries: Sequence[Entry], state: State) -> bool:
    """Whether the generation that answers is already what would be written."""
    if before.state is None or before.articles is None:
        return False
    kept = {e.path: (e.source, e.sha256) for e in entries}
    old = {a.path: (a.source, a.sha256) for a in before.articles.values()}
    return kept == old and state == before.state
