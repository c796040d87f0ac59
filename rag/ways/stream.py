"""A stream of events that anyone may stop, also while the thread that reads it is waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress

from rag.types import Event

Stops = Callable[[], bool]


class EventStream(Iterator[Event]):
    """Events of one question. `close` may be called from any thread, at any time.

    A generator alone can only be closed by the thread that runs it, and not while it works.

    Args:
        start: makes the generator, given a function that says whether to stop.
    """

    def __init__(self, start: Callable[[Stops], Generator[Event, None, None]]) -> None:
        self._stopped = threading.Event()
        self._events = start(self._stopped.is_set)

    def __next__(self) -> Event:
        """The next event; none after `close`."""
        if self._stopped.is_set():
            self._events.close()
            raise StopIteration
        event = next(self._events)
        if self._stopped.is_set():
            self._events.close()
            raise StopIteration
        return event

    def close(self) -> None:
        """End the work within moments, the LLM's reading of its prompt included."""
        self._stopped.set()
        with suppress(ValueError):  # it is running in another thread, which sees the flag
            self._events.close()
