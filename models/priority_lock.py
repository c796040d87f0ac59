"""A priority lock for heavy computation: two models at once on two cores slow each other tenfold.

Two kinds of work share it. *Interactive* work is what a person waits for (a question's vector, a completion);
*batch* work can wait (the vectors of a whole rebuild). Whoever holds the lock hands it on to the interactive work that
waited longest. Batch work, batch by batch, takes it only when no interactive work has for a moment: a question uses the
lock several times, and would otherwise meet a batch each time. So a rebuild delays a question by one batch at most, and
gets nowhere while questions are being answered.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

_MOMENT = 0.04  # seconds; longer than what a question does between two uses of the lock


class PriorityLock:
    """A lock that is handed on in order, interactive work before batches."""

    def __init__(self) -> None:
        self._guard = threading.Condition()
        self._busy = False
        self._interactive: deque[threading.Event] = deque()
        self._batch: deque[object] = deque()
        self._quiet_since = float("-inf")

    @contextmanager
    def interactive(self) -> Iterator[None]:
        """Hold the lock for something a person is waiting for."""
        self._take_interactive()
        try:
            yield
        finally:
            self._quiet_since = time.monotonic()
            self._release()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Hold the lock for one batch of work that can wait."""
        self._take_batch()
        try:
            yield
        finally:
            self._release()

    def give_way(self) -> None:
        """Let other interactive work that waits go first; for the holder of `short`, between two steps of its work.

        For a thread of the library's own, which no signal interrupts.
        """
        with self._guard:
            if not self._interactive:
                return
            turn = threading.Event()
            self._interactive.append(turn)
            self._interactive.popleft().set()
        turn.wait()

    def _take_interactive(self) -> None:
        with self._guard:
            if not self._busy:
                self._busy = True
                return
            turn = threading.Event()
            self._interactive.append(turn)
        try:
            turn.wait()
        except BaseException:  # Ctrl-C while waiting: leave the queue, or hand on what was just handed to us
            with self._guard:
                waiting = turn in self._interactive
                if waiting:
                    self._interactive.remove(turn)
            if not waiting:
                self._release()
            raise

    def _take_batch(self) -> None:
        ticket = object()
        with self._guard:
            self._batch.append(ticket)
            try:
                while self._busy or self._batch[0] is not ticket or self._rest() > 0:
                    # Who lets go of the lock, or of a place in the queue, says so; nobody says that a moment is over.
                    self._guard.wait(None if self._busy or self._batch[0] is not ticket else self._rest())
                self._busy = True
            finally:
                self._batch.remove(ticket)
                self._guard.notify_all()

    def _rest(self) -> float:
        """Seconds until there was no interactive work for a moment."""
        return self._quiet_since + _MOMENT - time.monotonic()

    def _release(self) -> None:
        with self._guard:
            if self._interactive:
                self._interactive.popleft().set()  # the lock stays busy: it is handed on
            else:
                self._busy = False
                self._guard.notify_all()


COMPUTING = PriorityLock()  # of this process; another process is the operating system's to schedule
