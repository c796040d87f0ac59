"""The index folder described by data, and how one generation takes the place of another.

    <index>/CURRENT                     the name of the generation that answers
    <index>/generations/<name>/         articles.sqlite, vectors.faiss, manifest.json (written last)
    <index>/articles/                   files added on the page, a root like any other
    <index>/.lock                       held by the one process that rebuilds
    <index>/.unsaid-index               says that this is an index (see `own`)

A generation is built aside, made durable, renamed into place, and only then named in `CURRENT`,
itself replaced by a rename. A kill at any moment leaves the old generation or the new one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import IndexBusy, IndexDamaged, IndexMissing, RagError
from rag.index.own import LOCK, POINTER, STAGING, claim, delete_generation, own_generations, unclaim


@dataclass(frozen=True)
class Layout:
    """Paths inside one index folder."""

    folder: Path

    @property
    def current(self) -> Path:
        """The file that names the generation that answers."""
        return self.folder / "CURRENT"

    @property
    def generations(self) -> Path:
        """The folder of all generations."""
        return self.folder / "generations"

    @property
    def articles(self) -> Path:
        """Where added files are kept."""
        return self.folder / "articles"

    @property
    def wrong_answers(self) -> Path:
        """Where answers that a person called wrong are written down."""
        return self.folder / "wrong-answers.jsonl"

    @property
    def conversations(self) -> Path:
        """Where conversations are kept, if a person wants them here."""
        return self.folder / "conversations.json"

    @property
    def places(self) -> tuple[Path, ...]:
        """Whatever is visible in the folder."""
        return self.current, self.generations, self.articles

    def generation(self, name: str) -> Path:
        """One generation's folder."""
        return self.generations / name

    def staging(self) -> Path:
        """Where a generation is built before it has a name; one per process."""
        return self.generations / f"{STAGING}{os.getpid()}"


def current_generation(folder: Path) -> str:
    """The name of the generation that answers.

    Raises:
        IndexMissing: there is no index in this folder.
        IndexDamaged: the pointer is not a plain name.
    """
    try:
        name = Layout(folder).current.read_text("utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no index at {folder}.", "Build one: unsaid index PATH") from None
    except NotADirectoryError:
        raise IndexMissing(f"{folder} is a file; an index is a folder.", "Name its folder: --index DIR") from None
    except PermissionError:
        raise IndexDamaged(
            f"The index at {folder} may not be read by you.", f"Let yourself read it: chmod -R u+rwX {folder}"
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise IndexDamaged(f"The index at {folder} cannot be read ({problem}).", CURE) from problem
    if not name or "/" in name or name.startswith("."):
        raise IndexDamaged(f"The index at {folder} names no generation.", CURE)
    return name


CURE = "Build it anew: unsaid index --replace PATH"


@contextmanager
def sole_writer(layout: Layout) -> Iterator[None]:
    """Hold the index for a rebuild; whatever a dead rebuild left behind is cleared away first.

    Raises:
        IndexBusy: someone else is rebuilding.
        RagError: the folder cannot be written.
    """
    try:
        claim(layout)
        lock = FileLock(layout.folder / LOCK, mode=0o600)
        lock.acquire(timeout=0)
    except Timeout:
        raise IndexBusy(
            f"The index at {layout.folder} is being rebuilt.", "Wait until that is done, then try again."
        ) from None
    except OSError as problem:
        raise unwritable(layout.folder, problem) from problem
    try:
        _clear(layout)
        yield
    finally:
        lock.release()
        if not layout.current.exists():
            unclaim(layout)


def _clear(layout: Layout) -> None:
    """Delete what a dead rebuild left: half a generation, one that no pointer names, a pointer not yet swapped."""
    with suppress(OSError):
        (layout.folder / POINTER).unlink(missing_ok=True)
    current = layout.current.read_text("utf-8", "replace").strip() if layout.current.is_file() else ""
    names = [path.name for path in own_generations(layout)]
    kept = set(names)  # where the pointer is damaged, nobody knows what is whole
    if current in names:
        kept = {current, max((n for n in names if n < current and n[0] != "."), default=current)}
    for name in names:
        if name.startswith(STAGING) or name not in kept:
            delete_generation(layout.generation(name))


def publish(layout: Layout, staged: Path, name: str) -> None:
    """Make a staged generation the current one; all but it and the one before it are deleted."""
    for path in staged.iterdir():
        path.chmod(0o600)
        _sync(path)
    _sync(staged)
    before = layout.current.read_text("utf-8").strip() if layout.current.exists() else None
    os.replace(staged, layout.generation(name))
    _sync(layout.generations)
    pointer = layout.folder / POINTER
    pointer.write_text(name + "\n", "utf-8")
    _sync(pointer)
    os.replace(pointer, layout.current)
    _sync(layout.folder)
    for old in own_generations(layout):
        if old.name not in (name, before):
            delete_generation(old)


def unwritable(folder: Path, problem: OSError) -> RagError:
    """The error for a folder that cannot be written, a full disk included."""
    return RagError(
        f"The index at {folder} cannot be written ({problem.strerror or problem}).",
        "Free some space or choose another folder with --index; the articles indexed before are untouched.",
    )


def _sync(path: Path) -> None:
    """Make a file or folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
