"""One lane for heavy computation: two models at once on two cores slow each other tenfold.

Bulk work (a rebuild) takes the lane batch by batch and lets short work (a question) go first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Lane:
    """A lock with two classes: `short` work never waits behind more than one `long` batch."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._busy = False
        self._waiting_short = 0

    @contextmanager
    def short(self) -> Iterator[None]:
        """Hold the lane for something a person is waiting for."""
        with self._condition:
            self._waiting_short += 1
            try:
                self._condition.wait_for(lambda: not self._busy)
            finally:
                self._waiting_short -= 1
            self._busy = True
        try:
            yield
        finally:
            self._release()

    @contextmanager
    def long(self) -> Iterator[None]:
        """Hold the lane for one batch of work that can wait."""
        with self._condition:
            self._condition.wait_for(lambda: not self._busy and not self._waiting_short)
            self._busy = True
        try:
            yield
        finally:
            self._release()

    def _release(self) -> None:
        with self._condition:
            self._busy = False
            self._condition.notify_all()


LANE = Lane()  # of this process; another process is the operating system's to schedule
