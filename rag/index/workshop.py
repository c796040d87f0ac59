"""Rebuilds happen in a child process: whatever they meet there, the one that answers questions goes on.

A child reads, cuts and writes while this process embeds for it, in the lock that questions come first in. It is kept
for the next rebuild, since starting it takes longer than taking in one article, and ended when it was idle for long.
"""

from __future__ import annotations

import atexit
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from models.protocols import Embedder
from rag.errors import IndexBusy, RagError
from rag.index.before import Wish
from rag.index.crew.workers import AGAIN, Workers, wanted
from rag.index.layout import Layout, sole_writer
from rag.index.messages import order, reported
from rag.index.talk import Gone, hear, problem, tell
from rag.reading.processes import start
from rag.settings import Settings
from rag.types import IndexReport, Progress

_MODULE = "rag.index.worker"
_IDLE = 300.0  # seconds


class Workshop:
    """Children that rebuild, one for every rebuild at hand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[subprocess.Popen[bytes], threading.Timer]] = []

    def build(
        self,
        folder: Path,
        wish: Wish,
        embedder: Embedder,
        settings: Settings,
        progress: Callable[[Progress], None],
        workers: Workers | None = None,
    ) -> IndexReport:
        """Carry out a rebuild in a child, which has workers of its own if they are asked for.

        Raises:
            IndexBusy, IndexDamaged, IndexMismatch, RagError: nothing was changed.
        """
        crew = wanted(workers, embedder)
        child = self._take()
        try:
            tell_child(child, "order", crew=crew, **order(folder, wish, embedder.info, settings))
            outcome = _served(child, embedder, progress)
        except BaseException as problem:  # Ctrl-C and errors of the embedder included
            _end(child)
            _tidy(folder)
            if isinstance(problem, Gone):
                raise _died(child.returncode, crew is not None) from problem
            raise
        if workers and workers.ray:  # which is started but once in a process
            _end(child)
        else:
            self._put_back(child)
        if isinstance(outcome, RagError):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the children that are idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child, timer in idle:
            timer.cancel()
            _end(child)

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            while self._idle:
                child, timer = self._idle.pop()
                timer.cancel()
                if child.poll() is None:
                    return child
        try:
            return start(_MODULE)
        except OSError as problem:
            raise RagError(
                f"No process could be started to rebuild the index ({problem.strerror}).",
                "Close some programs and try again; what was indexed before still answers.",
            ) from problem

    def _put_back(self, child: subprocess.Popen[bytes]) -> None:
        timer = threading.Timer(_IDLE, self.close)
        timer.daemon = True
        with self._lock:
            self._idle.append((child, timer))
        timer.start()


def _served(
    child: subprocess.Popen[bytes], embedder: Embedder, progress: Callable[[Progress], None]
) -> IndexReport | RagError:
    """Do for a child what it asks for, until it has a report or a problem."""
    assert child.stdout
    service = _Service(child, embedder, progress)
    try:
        while True:
            message = hear(child.stdout)
            kind = message["kind"]
            if kind == "progress":
                service.note(Progress(**message["progress"]))
            elif kind == "count":
                service.tell("counts", counts=embedder.count_tokens(message["texts"]))
            elif kind == "embed":
                service.begin(message["texts"])
            elif kind == "report":
                return reported(message)
            else:
                return problem(message)
    except Gone:
        if service.problem:  # the child was ended because of it
            raise service.problem from None
        raise
    finally:
        service.close()


class _Service:
    """Embeds for a child, one group of texts after the other, while it goes on reading."""

    def __init__(
        self, child: subprocess.Popen[bytes], embedder: Embedder, progress: Callable[[Progress], None]
    ) -> None:
        self.problem: BaseException | None = None
        self._child = child
        self._embedder = embedder
        self._progress = progress
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="embedding")
        self._speaking, self._noting = threading.Lock(), threading.Lock()
        self._done = self._total = 0  # texts; all of them are known once everything is read

    def note(self, at: Progress) -> None:
        """Pass on how far the child is."""
        with self._noting:
            if at.stage == "embedding" and not at.item:
                self._total = at.total
            self._progress(at)

    def tell(self, kind: str, part: bytes | None = None, **values: Any) -> None:  # noqa: ANN401 — JSON
        """Send the child a message."""
        with self._speaking:
            tell_child(self._child, kind, part, **values)

    def begin(self, texts: list[str]) -> None:
        """Embed texts in their turn."""
        self._beside.submit(self._embed, texts)

    def _embed(self, texts: list[str]) -> None:
        try:
            rows = self._embedder.embed(texts, self._further)
            self._done += len(texts)
            self.tell("vectors", np.ascontiguousarray(rows, dtype=np.float32).tobytes())
        except BaseException as problem:  # in a thread of its own: the one that listens to the child must learn of it
            self.problem = self.problem or problem
            self._child.kill()

    def _further(self, more: int) -> None:
        """What the embedder tells of the texts at hand, told of all of them."""
        with self._noting:
            if self._total:
                self._progress(Progress("embedding", self._done + more, self._total))

    def close(self) -> None:
        """Begin nothing more."""
        self._beside.shutdown(wait=False, cancel_futures=True)


def tell_child(child: subprocess.Popen[bytes], kind: str, part: bytes | None = None, **values: Any) -> None:  # noqa: ANN401 — JSON
    """Send a message to a child."""
    assert child.stdin
    tell(child.stdin, kind, part, **values)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:  # what was still to be written can't be any more
            continue


def _tidy(folder: Path) -> None:
    """Clear away what a child that was ended left behind, unless someone else is at work there."""
    layout = Layout(folder)
    if not layout.generations.is_dir():
        return
    try:
        with sole_writer(layout):
            pass
    except (IndexBusy, RagError):
        return


def _died(code: int | None, goes_on: bool) -> RagError:
    again = f"{AGAIN[:-1]}; what" if goes_on else "Try again, with less else running if memory is short; what"
    return RagError(
        f"The rebuild was stopped from outside (signal {-code})." if code and code < 0 else "The rebuild broke off.",
        f"{again} was indexed before still answers.",
    )


@lru_cache(maxsize=1)
def shared() -> Workshop:
    """The workshop of this process."""
    workshop = Workshop()
    atexit.register(workshop.close)
    return workshop
