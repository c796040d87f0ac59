"""The files below an index's roots, and the names that they go by."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """A file below a root; `relative` is its path there, with "/"."""

    path: Path
    root: Path
    relative: str


def find_files(roots: Sequence[Path]) -> Iterator[Found]:
    """Every visible file below the roots, each once, in a stable order.

    Hidden files and folders are nobody's articles. A symbolic link to a folder is not followed.
    """
    seen: set[Path] = set()
    for root in roots:
        for path, relative in _below(root):
            real = path.resolve()
            if real not in seen:
                seen.add(real)
                yield Found(path, root, relative)


def _below(root: Path) -> Iterator[tuple[Path, str]]:
    if not root.is_dir():
        yield root, root.name
        return
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(f for f in files if not f.startswith(".")):
            path = Path(folder) / name
            yield path, path.relative_to(root).as_posix()


def name_sources(files: Sequence[Found], given: Mapping[str, str]) -> dict[Path, str]:
    """A unique source name for every file.

    Args:
        files: in the order of their roots.
        given: path → source names of earlier generations, which are kept.
    """
    names = {f.path: given[str(f.path)] for f in files if str(f.path) in given}
    taken = set(names.values())
    for file in files:
        if file.path not in names:
            names[file.path] = next(n for n in _candidates(file) if n not in taken)
            taken.add(names[file.path])
    return names


def _candidates(file: Found) -> Iterator[str]:
    """The path below the root, then with ever more folders before it."""
    yield file.relative
    home = file.root if file.root.is_dir() else file.root.parent
    name = file.relative
    for folder in (home, *home.parents):
        name = f"{folder.name or 'root'}/{name}"
        yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1
