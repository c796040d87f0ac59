"""The folder of a server's uploads: its own, readable by this person alone, and gone with it.

What a killed server left behind goes when the next one starts.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ui.web.uploads import MARKER, Limits, Uploads

if os.name != "nt":
    import fcntl

_PREFIX = "unsaid-uploads-"
_OURS = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")  # as mkdtemp makes them
_MARK = b"uploads of a running Unsaid\n"  # in the marker, which is locked as long as its server lives


@contextmanager
def opened(limits: Limits | None = None) -> Iterator[Uploads]:
    """Uploads in a new folder of this server's own, which goes with it; what dead servers left goes first."""
    parent = Path(tempfile.gettempdir())
    clear_leftovers(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))  # 0700
    marker = os.open(folder / MARKER, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _lock(marker)
        os.write(marker, _MARK)
        yield Uploads(folder, limits)
    finally:
        os.close(marker)
        shutil.rmtree(folder, ignore_errors=True)


def clear_leftovers(parent: Path) -> None:
    """Delete the folders of servers that were killed: of our form, this person's, with our marker unlocked.

    Links are not followed, neither here nor below.
    """
    if os.name == "nt":  # there no lock tells whether a server lives
        return
    with suppress(OSError):
        for entry in list(os.scandir(parent)):
            if _OURS.fullmatch(entry.name) and _is_dead(Path(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_dead(folder: Path) -> bool:
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            return False
        marker = os.open(folder / MARKER, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        about = os.fstat(marker)
        if not stat.S_ISREG(about.st_mode) or about.st_uid != os.getuid() or os.read(marker, len(_MARK) + 1) != _MARK:
            return False
        return _lock(marker)
    finally:
        os.close(marker)


def _lock(marker: int) -> bool:
    if os.name == "nt":
        return True
    try:
        fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
