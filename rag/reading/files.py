"""A file's bytes, looked at only after it is known to be a regular file of a bearable size."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ArticleUnreadable

MAX_BYTES = 20_000_000  # a long novel has one million; what is larger is a dump, not an article


@dataclass(frozen=True)
class File:
    """A file's contents: what decides, with its suffix, how it reads."""

    suffix: str  # in lower case, with the dot
    data: bytes
    sha256: str


def load(path: Path) -> File:
    """Read a file's bytes.

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
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise ArticleUnreadable(f"It cannot be opened ({reason}).", "Check that you may read it.") from None
    if len(data) > MAX_BYTES:
        raise ArticleUnreadable(f"It is larger than {MAX_BYTES // 1_000_000} MB.", "Split it into several articles.")
    if not data:
        raise ArticleUnreadable("It is empty.", "Leave it out, or save the text into it.")
    return File(path.suffix.lower(), data, hashlib.sha256(data).hexdigest())
