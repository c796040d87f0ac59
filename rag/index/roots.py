"""The files below an index's roots, and the names that they go by."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_OUTSIDE = "It is a link to a file outside the folder."
_NOT_FOLLOWED = "Links to folders are not followed."
_NO_NAME = "Its name is not valid UTF-8."


@dataclass(frozen=True)
class Found:
    """A file below a root; `relative` is its path there, with "/"."""

    path: Path
    root: Path
    relative: str
    problem: str | None = None  # why it cannot become an article, where its place already tells


def settled(path: str | Path) -> Path:
    """A root's one true path: absolute, without links on the way; a file keeps its own name."""
    given = Path(path).expanduser()
    return real(given) if os.path.isdir(given) else real(given.parent) / given.name


def real(path: Path) -> Path:
    """A path without links; unlike `Path.resolve`, a link that leads to itself is no error."""
    return Path(os.path.realpath(path))


def shown(path: Path) -> str:
    """A path as text that can be stored and printed, whatever its bytes are."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def find_files(roots: Sequence[Path]) -> Iterator[Found]:
    """Every visible file below the roots, each once, in a stable order.

    Hidden files and folders are nobody's articles, nor is `NAME_files` beside `NAME.html`: browsers put there what a
    saved page is made of. A link counts as the file it leads to, if that
    lies below the same root; other links are found with a problem.
    """
    seen: set[Path] = set()
    for root in roots:
        for found in _below(root):
            place = real(found.path)
            if place not in seen:
                if found.problem is None:
                    seen.add(place)
                yield found


def _below(root: Path) -> list[Found]:
    if not os.path.isdir(root):
        return [_looked_at(root, root, root.name)]
    found: list[Found] = []

    def unreadable(error: OSError) -> None:
        path = Path(error.filename)
        found.append(Found(path, root, shown(path.relative_to(root)), f"It cannot be opened ({error.strerror})."))

    for folder, folders, files in os.walk(root, onerror=unreadable):
        pages = {f"{Path(name).stem}_files" for name in files if name.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in pages)
        for name in [*folders, *files]:
            path = Path(folder) / name
            if not name.startswith(".") and (name in files or path.is_symlink()):
                found.append(_looked_at(path, root, path.relative_to(root).as_posix()))
    # A link to a file that is found itself must not take its place.
    return sorted(found, key=lambda f: (f.path.is_symlink(), os.fsencode(f.path)))


def _looked_at(path: Path, root: Path, relative: str) -> Found:
    if shown(path) != str(path):
        return Found(path, root, shown(Path(relative)), _NO_NAME)
    if path != root and path.is_symlink():
        if os.path.isdir(path):
            return Found(path, root, relative, _NOT_FOLLOWED)
        if not real(path).is_relative_to(root):
            return Found(path, root, relative, _OUTSIDE)
    return Found(path, root, relative)


def name_sources(files: Sequence[Found], given: Mapping[str, str], others: Sequence[str] = ()) -> dict[Path, str]:
    """A unique source name for every file.

    Args:
        files: in the order of their roots.
        given: path → source names of earlier generations, which are kept.
        others: names that articles of no file have.
    """
    names = {f.path: given[str(f.path)] for f in files if str(f.path) in given}
    taken = {*names.values(), *others}
    for file in files:
        if file.path not in names:
            names[file.path] = next(n for n in _candidates(file) if n not in taken)
            taken.add(names[file.path])
    return names


def _candidates(file: Found) -> Iterator[str]:
    """The path below the root, then with ever more folders before it."""
    yield file.relative
    home = file.root if os.path.isdir(file.root) else file.root.parent
    name = file.relative
    for folder in (home, *home.parents):
        name = f"{folder.name or 'root'}/{name}"
        yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1
