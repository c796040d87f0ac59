"""One lane for heavy computation: two models at once on two cores slow each other tenfold.

Two kinds of work share it. *Short* work is what a person waits for (a question's vector, a completion);
*long* work can wait (the vectors of a whole rebuild). Whoever holds the lane hands it on: to the short work
that waited longest, else to the long work that waited longest. So a rebuild, which takes the lane batch by
batch, delays a question by one batch at most, and gets nowhere while a completion is being written.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Lane:
    """A lock that is handed on in order, short work before long."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._busy = False
        self._short: deque[threading.Event] = deque()
        self._long: deque[threading.Event] = deque()

    @contextmanager
    def short(self) -> Iterator[None]:
        """Hold the lane for something a person is waiting for."""
        self._take(self._short)
        try:
            yield
        finally:
            self._release()

    @contextmanager
    def long(self) -> Iterator[None]:
        """Hold the lane for one batch of work that can wait."""
        self._take(self._long)
        try:
            yield
        finally:
            self._release()

    def give_way(self) -> None:
        """Let other short work that waits go first; for the holder of `short`, between two steps of its work.

        For a thread of the library's own, which no signal interrupts.
        """
        with self._guard:
            if not self._short:
                return
            turn = threading.Event()
            self._short.append(turn)
            self._short.popleft().set()
        turn.wait()

    def _take(self, queue: deque[threading.Event]) -> None:
        with self._guard:
            if not self._busy:
                self._busy = True
                return
            turn = threading.Event()
            queue.append(turn)
        try:
            turn.wait()
        except BaseException:  # Ctrl-C while waiting: leave the queue, or hand on what was just handed to us
            with self._guard:
                waiting = turn in queue
                if waiting:
                    queue.remove(turn)
            if not waiting:
                self._release()
            raise

    def _release(self) -> None:
        with self._guard:
            queue = self._short or self._long
            if queue:
                queue.popleft().set()  # the lane stays busy: it is handed on
            else:
                self._busy = False


LANE = Lane()  # of this process; another process is the operating system's to schedule
