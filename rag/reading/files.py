"""A file's bytes, looked at only after it is known to be a regular file of a bearable size."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ArticleUnreadable
from rag.settings import MAX_FILE_MB

_MEGA = 1_000_000


@dataclass(frozen=True)
class File:
    """A file's contents: what decides, with its suffix, how it reads."""

    suffix: str  # in lower case, with the dot
    data: bytes
    sha256: str


def load(path: Path, most_mb: int = MAX_FILE_MB) -> File:
    """Read a file's bytes.

    Args:
        path: of the file.
        most_mb: megabytes that it may have.

    Raises:
        ArticleUnreadable: it is not a regular file, too large, empty, or may not be read.
    """
    try:
        # Opening a pipe for reading would otherwise wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise ArticleUnreadable("It is not a regular file.", "Give a file that holds an article.")
            data = file.read(most_mb * _MEGA + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise ArticleUnreadable(f"It cannot be opened ({reason}).", "Check that you may read it.") from None
    if len(data) > most_mb * _MEGA:
        # Lists of what was skipped show the problem alone, so it names the cure, too.
        cure = "the setting max-file-mb lets larger files in (--max-file-mb, UNSAID_MAX_FILE_MB or unsaid.toml)"
        raise ArticleUnreadable(f"It is larger than {most_mb:,} MB; {cure}.", "Or split it into several articles.")
    if not data:
        raise ArticleUnreadable("It is empty.", "Leave it out, or save the text into it.")
    return File(path.suffix.lower(), data, hashlib.sha256(data).hexdigest())
