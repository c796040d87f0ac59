"""Read files in a process of their own, with limits on memory and time.

One process reads many files, since starting Python with lxml takes half a second. A file that kills it, or uses up
its limits, costs that file alone: it is named with its reason and the next one gets a new process.
"""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import threading
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rag.errors import ArticleUnreadable
from rag.reading.content import Content
from rag.reading.pdf import Scan
from rag.reading.processes import receive, send, start
from rag.types import Identity, Note, Places, Span

_MODULE = "rag.reading.child"
_WAIT = 90  # seconds on the clock, should the machine be busy; the child's own limit is on computing time
SCAN_SECONDS = 300  # of computing for a file with scanned pages
SCAN_MEMORY = 2 * 1024**3  # bytes
_CURE = "Split it into several files; if it opens elsewhere, save its text as .txt."


class ReaderLost(ArticleUnreadable):
    """The process that read a file died, perhaps for reasons of its own: the next time it may not."""


@dataclass(frozen=True)
class Read:
    """A file that was read: what it says, and where the sentences of its text are."""

    content: Content
    sentences: tuple[Span, ...]
    identity: Identity = Identity()

    @property
    def text(self) -> str:
        """Its text."""
        return self.content.text


class Sandbox:
    """Reads files in a child process, which starts with the first of them. Safe from several threads.

    Args:
        cpu_seconds: computing time for one file.
        memory: bytes that the child may hold.
        scans: whether it recognises text in pictures.
    """

    def __init__(self, cpu_seconds: int = 20, memory: int = 512 * 1024**2, *, scans: bool = False) -> None:
        self._limits = [str(cpu_seconds), str(memory), *(["scans"] if scans else [])]
        self._seconds = cpu_seconds
        self._wait = max(_WAIT, 2 * cpu_seconds)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0  # files that this child has read
        self._late = False  # whether the clock ended it

    def read(self, suffix: str, data: bytes) -> Read:
        """What a file says.

        Raises:
            ArticleUnreadable: it can't be read, or took more memory or time than an article does.
            ReaderLost: reading it crashed, or took too long by the clock.
        """
        with self._lock:
            reply = self._ask(suffix, data)
            if self._served and (reply is None and not self._timed_out() or reply and reply.get("ends")):
                self._end()  # the files before it may have filled the child's memory: once more in a new one
                reply = self._ask(suffix, data)
            if reply is None:
                raise self._lost()
            self._served += 1
            if reply.get("ends"):
                self._end()
        if "problem" in reply:
            raise (Scan if reply.get("is_scan") else ArticleUnreadable)(reply["problem"], reply["cure"])
        notes, places = tuple(Note(**note) for note in reply.pop("notes")), reply.pop("places")
        what = _identity(reply.pop("identity"))
        return Read(Content(**reply, notes=notes), tuple(map(Span, places[::2], places[1::2])), what)

    def close(self) -> None:
        """End the child. The next file starts another."""
        with self._lock:
            self._end()

    def _ask(self, suffix: str, data: bytes) -> dict[str, Any] | None:
        """The child's reply; None if it died over the file."""
        child = self._child or self._start()
        assert child.stdin and child.stdout
        timer = threading.Timer(self._wait, self._stop, [child])
        timer.start()
        try:
            send(child.stdin, suffix.encode(), data)
            parts = [receive(child.stdout) for _ in range(3)]
        except OSError:
            return None
        finally:
            timer.cancel()
        reply, text, places = parts
        if reply is None or text is None or places is None:
            return None
        return {**json.loads(reply), "text": text.decode(), "places": array("I", places)}

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = start(_MODULE, *self._limits)
        self._served = 0
        return self._child

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        self._late = True
        child.kill()

    def _timed_out(self) -> bool:
        """Whether the child, which has died, took too long."""
        code = self._child.wait() if self._child else 0
        return self._late or code == -getattr(signal, "SIGXCPU", 0)

    def _lost(self) -> ArticleUnreadable:
        """Why the child died."""
        timed_out, late = self._timed_out(), self._late
        self._end()
        if late:
            return ReaderLost(f"It took more than {self._wait} seconds to read.", _CURE)
        if timed_out:
            return ArticleUnreadable(f"It took more than {self._seconds} seconds of computing to read.", _CURE)
        return ReaderLost("Reading it crashed.", _CURE)

    def _end(self) -> None:
        if self._child:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                _quietly(pipe.close if pipe else None)
        self._child = None
        self._served = 0
        self._late = False


def _identity(fields: dict[str, Any]) -> Identity:
    found = fields.pop("places")
    pages = tuple(found.pop("pages"))
    places = {what: Span(**span) if span else None for what, span in found.items()}
    return Identity(**fields, places=Places(**places, pages=pages))


@lru_cache(maxsize=1)
def shared() -> Sandbox:
    """The sandbox of this process."""
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    return sandbox


@lru_cache(maxsize=1)
def scanner() -> Sandbox:
    """The one that recognises text, with limits of its own: its models and a page take most of a gigabyte."""
    sandbox = Sandbox(SCAN_SECONDS, SCAN_MEMORY, scans=True)
    atexit.register(sandbox.close)
    return sandbox


def _quietly(close: Callable[[], None] | None) -> None:
    try:
        if close:
            close()
    except OSError:
        return
