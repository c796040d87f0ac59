"""The audit log: who asked for which operation, when, with which outcome. Never a question, a text or a file's name.

One JSON object a line; at 10 MB a new file begins, and five old ones are kept.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from rag.errors import RagError

_LOG = logging.getLogger(__name__)
_SIZE, _KEPT = 10_000_000, 5  # bytes of a file; old files


def default_path() -> Path:
    """Where the log is written if nothing else is said: in the user's folder of logs."""
    from platformdirs import user_log_path

    return user_log_path("unsaid", appauthor=False) / "audit.jsonl"


class Audit:
    """Writes the log; safe from several threads.

    Args:
        path: the file, which others can't read; it is added to.
        now: tells the time.

    Raises:
        RagError: it can't be written.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = _Private(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8")
        except OSError as problem:
            raise RagError(
                f"The audit log {path} cannot be written ({problem.strerror}).", "Name another file: --audit FILE"
            ) from problem

    def note(self, who: str, role: str, operation: str, status: int, ms: float) -> None:
        """Write a line.

        Args:
            who: a token's name, "owner" or "stranger".
            role: what they may do; "" of strangers.
            operation: a method and the pattern of a route.
            status: of HTTP.
            ms: how long it took.
        """
        told = {
            "time": self._now().isoformat(timespec="milliseconds"),
            "who": who,
            "role": role,
            "operation": operation,
            "status": status,
            "ms": round(ms, 1),
        }
        line = json.dumps(told)  # ASCII: nothing in a name begins a line or steers a terminal
        self._file.handle(logging.LogRecord("audit", logging.INFO, "", 0, line, None, None))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class _Private(RotatingFileHandler):
    """A file that only its owner reads; when it can't be written, that is said and the work goes on."""

    def _open(self) -> TextIOWrapper:
        file = open(self.baseFilename, self.mode, encoding=self.encoding, opener=lambda p, f: os.open(p, f, 0o600))
        assert isinstance(file, TextIOWrapper)
        return file

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 — the library's name
        """Say it; a full disk is no reason to answer nobody."""
        _LOG.error("the audit log cannot be written: %s", self.baseFilename)
