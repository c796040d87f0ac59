"""One file becomes an article, or the reason why it cannot.

Each kind of file has one reader: a function from the file's bytes to what it says. To read
another kind, add its suffix to `_READERS`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rag.errors import ArticleUnreadable
from rag.reading.content import Content
from rag.reading.html import read_html
from rag.reading.text import read_markdown, read_text

MAX_BYTES = 20_000_000  # a long novel has one million; what is larger is a dump, not an article


@dataclass(frozen=True)
class Article:
    """What a file says. Offsets point into `text`."""

    text: str
    title: str | None
    date: str | None  # ISO 8601, where the file itself gives one
    sha256: str  # of the file's bytes


_READERS: Mapping[str, Callable[[bytes], Content]] = MappingProxyType(
    {".txt": read_text, ".md": read_markdown, ".html": read_html, ".htm": read_html}
)
SUFFIXES: frozenset[str] = frozenset(_READERS)


def read(path: Path) -> Article:
    """Read a file.

    Raises:
        ArticleUnreadable: it is of an unknown kind, not a regular file, too large, empty, binary,
            in another encoding than it says, or may not be read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kind = path.suffix or "files without a suffix"
        raise ArticleUnreadable(f"There is no reader for {kind}.", f"Save it as one of {', '.join(sorted(SUFFIXES))}.")
    data = _bytes(path)
    content = reader(data)
    if not any(c.isalnum() for c in content.text):
        raise ArticleUnreadable("It holds no text.", "Leave it out, or save the text into it.")
    return Article(content.text, content.title, content.date, hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    """The file's bytes, looked at only after it is known to be a regular file of a bearable size."""
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
    return data
