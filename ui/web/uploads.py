"""Files on their way from the browser into the index: whose they are, how many there may be, and when they go."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

MARKER = ".unsaid-uploads"  # the file by which the folder is known as ours
_TAKEN = "taken-"
_AGE = 3600.0  # seconds that an upload may wait to be added


@dataclass(frozen=True)
class Limits:
    """How much may wait to be added at once."""

    files: int = 2_000  # of one session
    size: int = 256_000_000  # bytes of one session
    all_files: int = 4_000
    all_size: int = 512_000_000


@dataclass(frozen=True)
class _Upload:
    size: int
    since: float


class Uploads:
    """The uploads of all sessions.

    Args:
        folder: where they lie; must exist and be this server's alone.
        limits: how much may wait there.
    """

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self.limits = limits or Limits()
        self._held: dict[str, dict[str, _Upload]] = {}  # by session, then by path
        self._arriving: dict[str, int] = {}  # bytes on their way, by session
        self._lock = threading.Lock()

    # ── arriving ────────────────────────────────────────────────────────────────────────────
    @contextmanager
    def arriving(self, session: str, size: int) -> Iterator[str | None]:
        """Room for an upload of so many bytes; gives why there is none, else None."""
        self.drop_old()
        with self._lock:
            refusal = self._refusal(session, size, 0)
            if refusal is None:
                self._arriving[session] = self._arriving.get(session, 0) + size
        try:
            yield refusal
        finally:
            if refusal is None:
                with self._lock:
                    self._arriving[session] -= size
                    if self._arriving[session] <= 0:
                        del self._arriving[session]
                self.sweep()

    def arrived(self, session: str, paths: Sequence[str]) -> str | None:
        """Note files of a session; gives why they are too many, else None."""
        with self._lock:
            refusal = self._refusal(session, 0, len(paths))
            if refusal is not None:
                return refusal
            held = self._held.setdefault(session, {})
            for path in paths:
                held[path] = _Upload(os.stat(path).st_size, time.monotonic())
        return None

    def _refusal(self, session: str, size: int, files: int) -> str | None:
        mine = self._held.get(session, {})
        everything = [u for held in self._held.values() for u in held.values()]
        most = self.limits
        on_the_way = self._arriving.get(session, 0)
        if sum(u.size for u in mine.values()) + on_the_way + size > most.size or len(mine) + files > most.files:
            return _words(most.files, most.size, "")
        size += sum(self._arriving.values())
        if sum(u.size for u in everything) + size > most.all_size or len(everything) + files > most.all_files:
            return _words(most.all_files, most.all_size, " of all browsers together")
        return None

    # ── whose they are ──────────────────────────────────────────────────────────────────────
    def of(self, session: str) -> frozenset[str]:
        """The paths of a session's uploads."""
        with self._lock:
            return frozenset(self._held.get(session, ()))

    @contextmanager
    def taken(self, session: str, paths: Sequence[str]) -> Iterator[list[Path]]:
        """Take a session's uploads out, for as long as they are read; then they go.

        Paths that are not this session's uploads are left out.
        """
        with self.room() as folder:
            places = [self._take(session, p, folder / str(n)) for n, p in enumerate(dict.fromkeys(paths))]
            yield [place for place in places if place is not None]

    def _take(self, session: str, path: str, folder: Path) -> Path | None:
        """Take one out, into a folder of its own, since names may be the same; None if it is not the session's."""
        with self._lock:
            if self._held.get(session, {}).pop(path, None) is None:
                return None
            folder.mkdir()
            place = folder / Path(path).name
            if any(path in other for other in self._held.values()):  # another session sent the same file
                shutil.copyfile(path, place)
            else:
                os.replace(path, place)
            return place

    @contextmanager
    def room(self) -> Iterator[Path]:
        """A folder for what is just being read; it goes at the end, at the latest with the server."""
        folder = Path(tempfile.mkdtemp(prefix=_TAKEN, dir=self.folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    # ── leaving ─────────────────────────────────────────────────────────────────────────────
    def drop(self, session: str) -> None:
        """Delete a session's uploads."""
        with self._lock:
            self._held.pop(session, None)
        self.sweep()

    def drop_old(self) -> None:
        """Delete uploads that nobody has added for an hour."""
        before = time.monotonic() - _AGE
        with self._lock:
            for held in self._held.values():
                for path in [p for p, u in held.items() if u.since < before]:
                    del held[path]

    def clear(self) -> None:
        """Delete all uploads."""
        with self._lock:
            self._held.clear()
        self.sweep()

    def sweep(self) -> None:
        """Delete every file that is nobody's, but for those that are just arriving or being read."""
        with self._lock:
            if self._arriving:
                return
            wanted = {path for held in self._held.values() for path in held}
            for entry in list(os.scandir(self.folder)):
                if entry.name == MARKER or entry.name.startswith(_TAKEN):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    _clear_folder(Path(entry.path), wanted)
                else:
                    with suppress(OSError):
                        os.unlink(entry.path)


def _clear_folder(folder: Path, wanted: set[str]) -> None:
    for file in list(os.scandir(folder)):
        if file.path not in wanted:
            with suppress(OSError):
                os.unlink(file.path)
    with suppress(OSError):  # something wanted is left in it
        folder.rmdir()


def _words(files: int, size: int, whose: str) -> str:
    return (
        f"Too much at once: {files:,} files and {size // 1_000_000:,} MB{whose} may wait to be added. "
        "Add these in several steps, or index their folder: unsaid index FOLDER"
    )
