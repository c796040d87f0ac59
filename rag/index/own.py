"""Which folder is an index, and what in it is ours: nothing else is ever deleted.

An index is known by its own marker, written when its folder is made. Indexes of before the marker are known by the
manifest of a generation, and get one with the next change.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError

if TYPE_CHECKING:
    from rag.index.layout import Layout

MARKER = ".unsaid-index"
LOCK = ".lock"
PLACE = ".store"  # names the store that keeps the articles, where that is another one than this folder
STORE = "articles.sqlite"
VECTORS = "vectors.faiss"
MANIFEST = "manifest.json"
POINTER = ".CURRENT"  # the next one, until it is swapped in
STAGING = ".building-"
SPOOL = ".spool"  # what workers have made so far (see `rag.index.crew.spool`)
_SAYS = b"An index of Unsaid. What lies here under names of Unsaid's own is deleted by `unsaid forget`.\n"
_GENERATION = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{6}\+0000-[0-9a-f]{12}")
_STAGED = re.compile(rf"{re.escape(STAGING)}\d{{1,10}}")
# Of a generation, the manifest first: what is half deleted must not pass for whole.
_FILES = (MANIFEST, VECTORS, STORE, *(f"{STORE}{end}" for end in ("-journal", "-wal", "-shm")))
_MANIFEST_KEYS = {"format", "created", "embedder", "files", "sha256"}


def is_index(layout: Layout) -> bool:
    """Whether a folder is an index: it has our marker, or a generation that only we write."""
    marker = layout.folder / MARKER
    with suppress(OSError):
        if not marker.is_symlink() and _SAYS.startswith(marker.read_bytes()):
            return True
    return any(_is_ours(path / MANIFEST) for path in own_generations(layout) if not path.name.startswith(STAGING))


def _is_ours(manifest: Path) -> bool:
    try:
        data = json.loads(manifest.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(data, dict) and data.keys() >= _MANIFEST_KEYS


def claim(layout: Layout) -> None:
    """Make a folder an index's, open to its owner alone.

    Raises:
        RagError: it holds someone else's files, or something of it is a link.
        OSError: it can't be written.
    """
    folder = layout.folder
    if not is_index(layout):
        if os.path.isdir(folder) and any(folder.iterdir()):
            raise RagError(
                f"The folder {folder} holds other files, so no index is put there.",
                "Name a new or an empty folder with --index.",
            )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_links(layout.folder / name for name in (MARKER, LOCK, POINTER, SPOOL, *(p.name for p in layout.places)))
    folder.chmod(0o700)
    with suppress(FileExistsError):
        descriptor = os.open(folder / MARKER, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as marker:
            marker.write(_SAYS)
    layout.generations.mkdir(mode=0o700, exist_ok=True)


def unclaim(layout: Layout) -> None:
    """Take away what `claim` made, if nothing came of it and nothing else is in there."""
    own = (layout.generations.name, LOCK, MARKER)
    with suppress(OSError):  # something else is in there, so it stays
        if all(path.name in own for path in layout.folder.iterdir()):
            layout.generations.rmdir()
            disown(layout)


def disown(layout: Layout) -> None:
    """Take away what makes a folder an index, and the folder, unless something else is in there."""
    for name in (LOCK, POINTER, PLACE, MARKER):
        (layout.folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        layout.folder.rmdir()


def refuse_links(paths: Iterator[Path]) -> None:
    """Raise where a path is a link: what it leads to is not ours.

    Raises:
        RagError: one of them is.
    """
    for path in paths:
        if path.is_symlink():
            raise RagError(
                f"{path} is a link; what it leads to is not Unsaid's.", "Nothing was changed. Delete the link by hand."
            )


def own_generations(layout: Layout) -> list[Path]:
    """The folders of generations, half ones too, by their names' form."""
    try:
        found = sorted(layout.generations.iterdir())
    except OSError:
        return []
    return [p for p in found if (_GENERATION.fullmatch(p.name) or _STAGED.fullmatch(p.name)) and not p.is_symlink()]


def delete_generation(folder: Path) -> None:
    """Delete a generation's files, and its folder if nothing else lies there."""
    with suppress(OSError):
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
