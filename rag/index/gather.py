"""Read every file below the roots; what is unchanged is kept as it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from models.protocols import TokenCounter
from rag.errors import ArticleUnreadable
from rag.index.absent import Absent, absent_roots
from rag.index.ahead import Ahead
from rag.index.before import Before, Content, content
from rag.index.layout import Layout
from rag.index.records import ArticleRecord, Entry, Kept, Refusal
from rag.index.roots import Found, find_files, name_sources, real, shown
from rag.index.taken_in import Unread, article_of
from rag.reading import open_article
from rag.settings import Settings
from rag.text.cut import cut
from rag.text.sentences import split
from rag.types import Progress


@dataclass(frozen=True)
class Gathered:
    """All articles of a generation, sorted by source, and what could not become one."""

    entries: tuple[Entry, ...]
    refusals: tuple[Refusal, ...]  # sorted
    roots: tuple[tuple[str, str], ...] = ()  # (root, remark) of those that are not there

    @property
    def skipped(self) -> tuple[tuple[str, str], ...]:
        """(path, reason) of every file that is no article, sorted."""
        return tuple((r.path, r.reason) for r in self.refusals)


class Reads(Protocol):
    """What makes articles of files."""

    def read(self, unread: Unread) -> Iterator[ArticleRecord | Refusal]:
        """Take on a file, and give what has become of those taken on so far, in any order."""
        ...

    def rest(self) -> Iterator[ArticleRecord | Refusal]:
        """What has become of all others."""
        ...


class AtHand:
    """Reads and cuts a file at once, in this process; satisfies `Reads`."""

    def __init__(self, embedder: TokenCounter, settings: Settings) -> None:
        self._embedder = embedder
        self._settings = settings

    def read(self, unread: Unread) -> Iterator[ArticleRecord | Refusal]:
        """The file's article."""
        yield article_of(unread, self._embedder, self._settings)

    def rest(self) -> Iterator[ArticleRecord | Refusal]:
        """There are none."""
        return iter(())


def gather(
    layout: Layout,
    before: Before,
    embedder: TokenCounter,
    settings: Settings,
    progress: Callable[[Progress], None],
    ahead: Ahead,
    reads: Reads,
) -> Gathered:
    """Look at every file once, in a stable order; what is to be embedded goes to `ahead` at once."""
    files, refusals, absent = _files(layout, before)
    names = name_sources(
        files,
        {path: kept.source for path, kept in (before.articles or {}).items()},
        [kept.source for kept in absent.kept],
    )
    keeper = _Keeper(before, [str(file.path) for file in files], absent.kept, settings.max_file_mb)
    entries: list[Entry] = [_as_it_was(kept, before, embedder, settings) for kept in absent.kept]
    for entry in entries:
        if isinstance(entry, ArticleRecord):
            ahead.add(entry, entry.texts)
    for done, outcome in _outcomes(files, names, keeper, settings, reads, progress):
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
            continue
        entries.append(outcome)
        if isinstance(outcome, ArticleRecord):
            ahead.add(outcome, outcome.texts)
            progress(Progress("reading", done, len(files), outcome.source, outcome.sentence_count))
    refusals.sort(key=lambda r: (r.path, r.reason))
    return Gathered(tuple(sorted(entries, key=lambda e: e.source)), tuple(refusals), absent.notes)


def _as_it_was(kept: Kept, before: Before, embedder: TokenCounter, settings: Settings) -> Entry:
    """An article whose file can't be looked at; cut anew where another model or other rules need that."""
    if before.reusable is not None:
        return kept
    assert before.index
    record = before.index.record(before.index.source_of(kept.document))
    found = cut(record.text, split(record.text), record.title, embedder, settings)
    return replace(record, sentences=found.sentences, chunks=found.chunks, texts=found.texts)


class _Keeper:
    """Which file keeps which article of the generation before: each article is kept once."""

    def __init__(self, before: Before, paths: Sequence[str], elsewhere: Sequence[Kept], most_mb: int) -> None:
        self._most_mb = most_mb
        self._reusable = before.reusable or {}
        self._paths = frozenset(paths)
        self._taken = {kept.document for kept in elsewhere}
        self.refused = before.refused or {}

    def keep(self, source: str, path: Path, same: Content) -> Kept | None:
        """The article with this content, now under this name, unless another file has it or will have."""
        kept = self._reusable.get(same)
        if kept is None or kept.document in self._taken:
            return None
        if kept.path != str(path) and kept.path in self._paths and _content_at(kept.path, self._most_mb) == same:
            return None  # this is a copy; the article stays where it was
        self._taken.add(kept.document)
        return replace(kept, source=source, path=str(path))


def _content_at(path: str, most_mb: int) -> Content | None:
    try:
        return content(path, open_article(Path(path), most_mb).sha256)
    except ArticleUnreadable:
        return None


def _files(layout: Layout, before: Before) -> tuple[list[Found], list[Refusal], Absent]:
    """The files to read, those of which their place already tells that they can't be, and roots without any."""
    home = real(layout.folder)
    left_out = {*before.excluded, home / layout.generations.name, home / layout.current.name}
    everything = list(find_files([r for r in before.roots if os.path.exists(r)]))
    others = [root for root in before.roots if root != home / layout.articles.name]  # that one is looked after by us
    absent = absent_roots(others, everything, before.articles or {}, left_out)
    unplugged = {root for root, _ in absent.notes}
    found = [f for f in everything if not left_out & {f.path, *f.path.parents} and str(f.path) not in unplugged]
    unusable = [Refusal(shown(f.path), f.problem) for f in found if f.problem]
    return [f for f in found if not f.problem], unusable, absent


def _outcomes(
    files: Sequence[Found],
    names: Mapping[Path, str],
    keeper: _Keeper,
    settings: Settings,
    reads: Reads,
    progress: Callable[[Progress], None],
) -> Iterator[tuple[int, Entry | Refusal]]:
    """What has become of each file, and of how many that is known."""
    done = 0
    for file in files:
        progress(Progress("reading", done + 1, len(files), names[file.path]))
        seen = _seen(file.path, names[file.path], keeper, settings)
        for outcome in reads.read(seen) if isinstance(seen, Unread) else (seen,):
            done += 1
            yield done, outcome
    for outcome in reads.rest():
        done += 1
        yield done, outcome


def _seen(path: Path, source: str, keeper: _Keeper, settings: Settings) -> Kept | Refusal | Unread:
    """A file's article if it is kept, or why it can have none; else the file."""
    try:
        file = open_article(path, settings.max_file_mb)
    except ArticleUnreadable as problem:
        return Refusal(str(path), problem.problem)
    same = content(path, file.sha256)
    if kept := keeper.keep(source, path, same):
        return kept
    if same in keeper.refused:
        return Refusal(str(path), keeper.refused[same], file.sha256)
    return Unread(source, str(path), file)
