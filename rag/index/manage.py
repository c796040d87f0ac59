"""Look after an index: list, add, take out, delete everything."""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from models.protocols import Embedder
from rag.errors import ArticleUnreadable, IndexMissing, RagError, UnknownSource
from rag.index.build import Report, build_index, rebuild_without, rebuild_without_root
from rag.index.crew.spool import delete_spool
from rag.index.layout import Layout, sole_writer, unwritable
from rag.index.own import disown, is_index, own_generations, refuse_links
from rag.index.reader import Index
from rag.index.roots import real, settled
from rag.index.stores import store_of
from rag.reading import read
from rag.settings import Settings, default_index_dir
from rag.types import IndexReport, Listed

_UNSAFE = re.compile(r"[^\w .,()'’&+-]+")
_LONGEST_NAME = 180  # bytes; file systems allow 255, and the partial copy's name is longer
_LONGEST_SUFFIX = 12


def remove_source(
    source: str, index: str | Path | None = None, *, embedder: Embedder | None = None, settings: Settings | None = None
) -> IndexReport:
    """Take an article out. A file of the person's own stays where it is, but out of the index.

    Args:
        source: an article's name; or a root's path, then all that was indexed below it goes.
        index: the index folder; None for the default one.
        embedder: makes the vectors; None for the packaged one.
        settings: how articles are cut.

    Raises:
        IndexMissing, IndexDamaged: there is no index, or not a whole one.
        UnknownSource: it holds no article of that name.
    """
    folder = default_index_dir(index)
    opened = Index.open(folder)
    try:
        root = settled(source) if source not in opened.sources() else None
        if root in opened.roots():
            return rebuild_without_root(root, folder, embedder=embedder, settings=settings)
        path = opened.path(source)
    finally:
        opened.close()
    articles = Layout(folder).articles
    refuse_links(iter((articles,)))
    if not path.is_relative_to(real(articles)):
        return rebuild_without(path, folder, embedder=embedder, settings=settings)
    refuse_links(iter((path,)))
    aside = path.with_name(f".{path.name}.removed")  # hidden, so that the rebuild does not see it
    try:
        path.replace(aside)
    except FileNotFoundError:
        return build_index(index=folder, embedder=embedder, settings=settings)
    except OSError as problem:
        raise unwritable(folder, problem) from problem
    try:
        report = build_index(index=folder, embedder=embedder, settings=settings)
    except RagError:
        aside.replace(path)
        raise
    aside.unlink(missing_ok=True)
    return report


def add_files(
    files: Sequence[str | Path],
    index: str | Path | None = None,
    progress: Report | None = None,
    replacing: bool = False,
    *,
    embedder: Embedder | None = None,
    settings: Settings | None = None,
) -> IndexReport:
    """Copy files into the index's own `articles/` folder and index them.

    A file of a name that is there already gets a number, so that both stay, unless it holds the same, or is
    `replacing` the copy of that name. A file that cannot become an article is not copied; the report names it as
    skipped.

    Raises:
        UnknownSource: a file does not exist; nothing was changed.
        IndexBusy, IndexDamaged, IndexMismatch, ModelMissing, RagError: see `build_index`.
    """
    folder = default_index_dir(index)
    articles = Layout(folder).articles
    paths = [Path(file) for file in files]
    for file in paths:
        if not file.is_file():
            raise UnknownSource(f"There is no file {file}.", "Choose it again; nothing was changed.")
    most = (settings or Settings()).max_file_mb
    reasons = {file: _unreadable(file, most) for file in paths}
    refused = [(file.name, reason) for file, reason in reasons.items() if reason]
    paths = [file for file in paths if not reasons[file]]
    if not paths:
        return IndexReport(skipped=tuple(refused))
    with sole_writer(Layout(folder)):  # refuses a folder of other things, and waits for no rebuild
        try:
            articles.mkdir(mode=0o700, parents=True, exist_ok=True)
            for file, name in _names(paths, articles, replacing):
                partial = articles / f".{name}.part"  # hidden, so that no rebuild reads half a file
                shutil.copyfile(file, partial)
                partial.chmod(0o600)
                partial.replace(articles / name)
        except OSError as problem:
            raise unwritable(folder, problem) from problem
    report = build_index([articles], folder, progress=progress, embedder=embedder, settings=settings)
    return replace(report, skipped=tuple(sorted((*report.skipped, *refused))))


def _unreadable(file: Path, most_mb: int) -> str | None:
    """Why a file cannot become an article; None if it can."""
    try:
        read(file, most_mb=most_mb)
    except ArticleUnreadable as problem:
        return problem.problem
    return None


def same_named(files: Sequence[Path], index: str | Path | None = None) -> tuple[str, ...]:
    """The names of those files under which something else was added before, as they are given."""
    articles = Layout(default_index_dir(index)).articles
    taken = ((file, articles / safe_name(file.name)) for file in files)
    return tuple(dict.fromkeys(file.name for file, there in taken if there.is_file() and not _same(there, file)))


def _names(paths: Sequence[Path], articles: Path, replacing: bool) -> Iterator[tuple[Path, str]]:
    """A safe name for each file that no other one has, unless it holds the same, or is `replacing` what was there."""
    given: dict[str, Path] = {}
    for path in paths:
        name, number = safe_name(path.name), 2
        while (
            (there := given.get(name, articles / name)).exists()
            and not _same(there, path)
            and (name in given or not replacing)
        ):
            plain = Path(safe_name(path.name))
            name, number = f"{plain.stem} ({number}){plain.suffix}", number + 1
        given[name] = path
        yield path, name


def _same(a: Path, b: Path) -> bool:
    """Whether two files hold the same bytes."""
    return a.is_file() and a.stat().st_size == b.stat().st_size and a.read_bytes() == b.read_bytes()


def safe_name(name: str) -> str:
    """A file name that stays in its folder, is visible, and keeps its suffix."""
    plain = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).lstrip(" .").rstrip(" ") or "article.txt"
    stem, suffix = Path(plain).stem, Path(plain).suffix[:_LONGEST_SUFFIX]
    while len(f"{stem}{suffix}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix


def forget(index: str | Path | None = None) -> None:
    """Delete an index and the copies of added files. The person's own files are not touched.

    Deleted is what has a name that Unsaid gives, in a folder that has Unsaid's marker; whatever else lies there stays.

    Raises:
        IndexMissing: there is none.
        IndexBusy: it is being rebuilt.
        RagError: something of it is a link; nothing was deleted.
    """
    given = default_index_dir(index)
    layout = Layout(real(given))  # given as a link, the folder that it leads to is emptied and the link stays good
    if not is_index(layout):
        raise IndexMissing(f"There is no index at {given}.", "Nothing had to be deleted.")
    store = store_of(layout.folder)
    with store.writing():
        generations, copies = own_generations(layout), _copies(layout.articles)
        refuse_links(path for folder in (*generations, layout.articles) for path in _within(folder))
        try:
            store.drop()
            for copy in copies:
                copy.unlink()
            for quoting in (layout.wrong_answers, layout.conversations):
                quoting.unlink(missing_ok=True)
            delete_spool(layout)
            for folder in (layout.articles, layout.generations):
                _remove_empty(folder)
        except OSError as problem:
            raise RagError(
                f"The index at {given} could not be deleted ({problem.strerror}).", "Delete the folder by hand."
            ) from problem
    if layout.folder.is_dir():
        disown(layout)
    if given.is_symlink():
        layout.folder.mkdir(mode=0o700, exist_ok=True)


def _within(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # it isn't there, or holds what isn't ours
        folder.rmdir()


def _copies(articles: Path) -> list[Path]:
    """What was copied into a folder of added files: plain files under names as `add_files` makes them."""
    return [p for p in _within(articles) if stat.S_ISREG(p.lstat().st_mode) and _is_own_name(p.name)]


def _is_own_name(name: str) -> bool:
    inner = re.fullmatch(r"\.(.+)\.(?:part|removed)", name)
    whole = inner[1] if inner else name
    return whole == safe_name(whole)


def list_articles(index: str | Path | None = None) -> tuple[Listed, ...]:
    """Every article, sorted by source.

    Raises:
        IndexMissing, IndexDamaged: there is no index, or not a whole one.
    """
    opened = Index.open(default_index_dir(index))
    try:
        return opened.articles()
    finally:
        opened.close()
