"""Run work beside the page, so that it can be watched and left at any moment."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from rag.types import Answer, Event, IndexReport, Progress
from ui.page.edge import Failed, attempt
from ui.page.protocols import Asks

T = TypeVar("T")
POLL = 0.05  # seconds between looks at the stop sign


class _End:
    """Nothing more will come."""


_END = _End()


class Events(Generic[T]):
    """Iterate over what a thread produces. A `None` in between is a heartbeat: nothing new yet."""

    def __init__(self, produce: Callable[[Callable[[T], None]], None]) -> None:
        self._queue: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
        threading.Thread(target=self._run, args=(produce,), daemon=True).start()

    def _run(self, produce: Callable[[Callable[[T], None]], None]) -> None:
        try:
            produce(self._queue.put)
        finally:
            self._queue.put(_END)

    def __iter__(self) -> Iterator[T | None]:
        while True:
            try:
                item = self._queue.get(timeout=POLL)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, _End):
                return
            yield item


def asked(
    assistant: Asks, question: str, history: Sequence[Answer], sources: Sequence[str] | None, stop: threading.Event
) -> Iterator[Event | Failed | None]:
    """A question's events, until it is answered, has failed, or `stop` is set.

    The assistant works in a thread of its own: a stop is seen at once even while it is silent, and
    the stream is closed there as soon as it can be.
    """
    streams: list[Iterator[Event]] = []

    def produce(put: Callable[[Event | Failed], None]) -> None:
        stream = attempt(lambda: assistant.stream(question, history, sources))
        if isinstance(stream, Failed):
            put(stream)
            return
        streams.append(stream)
        try:
            while not stop.is_set():
                event = attempt(lambda: next(stream, _END))
                if isinstance(event, _End):
                    return
                put(event)
                if isinstance(event, Failed):
                    return
        finally:
            _close(stream)

    try:
        for event in Events(produce):
            if stop.is_set():
                return
            yield event
    finally:
        stop.set()
        for stream in streams:
            _close(stream)


def _close(stream: Iterator[Event]) -> None:
    """Close a stream; one that is just running (a plain generator) is closed by its own thread."""
    close = getattr(stream, "close", None)
    if close is not None:
        with suppress(ValueError):
            close()


Rebuild = Callable[[Callable[[Progress], None]], IndexReport]


def rebuilt(rebuild: Rebuild) -> Iterator[Progress | IndexReport | Failed | None]:
    """A rebuild's progress, then its report or why it failed. It runs to its end even if nobody watches."""

    def produce(put: Callable[[Progress | IndexReport | Failed], None]) -> None:
        put(attempt(lambda: rebuild(put)))

    yield from Events(produce)


@dataclass(frozen=True)
class Loading:
    """What is being loaded: its name, how many parts are there already, and how many there are."""

    name: str = ""
    done: int = 0
    total: int = 0


class Readiness:
    """Whether the models are loaded; the page opens before they are."""

    def __init__(self, assistant: Asks) -> None:
        self._assistant = assistant
        self._done = threading.Event()
        self._failed: Failed | None = None
        self.loading = Loading()

    def start(self) -> None:
        """Load in the background; again after a failure."""
        self._done.clear()
        self._failed, self.loading = None, Loading()
        threading.Thread(target=self._load, daemon=True).start()

    def _load(self) -> None:
        result = attempt(lambda: self._assistant.warm_up(self._at))
        self._failed = result if isinstance(result, Failed) else None
        self._done.set()

    def _at(self, name: str, done: int, total: int) -> None:
        self.loading = Loading(name, done, total)

    @property
    def done(self) -> bool:
        """Loading has ended, well or not."""
        return self._done.is_set()

    @property
    def failed(self) -> Failed | None:
        """Why loading ended badly."""
        return self._failed
