"""Figures of a running server in Prometheus' form: how many, how long, how busy. No text, no name, no article.

Needs the extra `metrics`; without it nothing is counted, and whoever asks for the figures is told so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Protocol

from rag.errors import RagError
from rag.types import Answer
from ui.web.turns import State

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Measures(Protocol):
    """What is told of what happens."""

    def asked(self, operation: str, status: int, seconds: float) -> None:
        """A request is over; an operation is a pattern, of which there are few."""
        ...

    def answered(self, answer: Answer) -> None:
        """A question was answered, or the articles don't mention it."""
        ...

    def waited(self, seconds: float) -> None:
        """One had its turn, after so long."""
        ...

    def turned_away(self) -> None:
        """One found the queue full."""
        ...

    def kept(self, hit: bool) -> None:
        """A reply was looked for among those that are kept."""
        ...

    def text(self) -> bytes:
        """All figures, as they are read by Prometheus.

        Raises:
            RagError: nothing is counted here.
        """
        ...


def measures(state: Callable[[], State]) -> Measures:
    """What counts, where the package for it is installed.

    Args:
        state: how busy the queue is.
    """
    try:
        return Counted(state)
    except ImportError:
        return Uncounted()


class Uncounted:
    """Counts nothing."""

    def asked(self, operation: str, status: int, seconds: float) -> None:
        """Nothing."""

    def answered(self, answer: Answer) -> None:
        """Nothing."""

    def waited(self, seconds: float) -> None:
        """Nothing."""

    def turned_away(self) -> None:
        """Nothing."""

    def kept(self, hit: bool) -> None:
        """Nothing."""

    def text(self) -> bytes:
        """Refuse.

        Raises:
            RagError: always.
        """
        raise RagError("Nothing is counted here.", "Install what counts: pip install 'unsaid[metrics]'")


class Counted:
    """Counts, in a registry of its own: two servers of one process count apart.

    Args:
        state: how busy the queue is.

    Raises:
        ImportError: the package isn't installed.
    """

    def __init__(self, state: Callable[[], State]) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self._registry = every = CollectorRegistry()
        self._questions = Counter("unsaid_questions", "Questions by how they ended.", ["status"], registry=every)
        self._stages = Histogram(
            "unsaid_stage_seconds", "Seconds from a question to a stage.", ["stage"], buckets=_SECONDS, registry=every
        )
        self._requests = Counter(
            "unsaid_requests", "Requests by operation and HTTP status.", ["operation", "status"], registry=every
        )
        self._seconds = Histogram(
            "unsaid_request_seconds", "Seconds of a request.", ["operation"], buckets=_SECONDS, registry=every
        )
        self._waits = Histogram("unsaid_queue_wait_seconds", "Seconds before a turn.", buckets=_SECONDS, registry=every)
        self._refused = Counter("unsaid_queue_refused", "Requests that found the queue full.", registry=every)
        self._kept = Counter("unsaid_kept_replies", "Replies that were looked for in memory.", ["hit"], registry=every)
        busy = (
            ("unsaid_queue_running", "Requests that are worked on.", lambda: state().running),
            ("unsaid_queue_waiting", "Requests that wait.", lambda: state().waiting),
            ("unsaid_queue_mean_seconds", "Seconds that one takes lately.", lambda: state().mean),
        )
        for name, words, value in busy:
            Gauge(name, words, registry=every).set_function(value)

    def asked(self, operation: str, status: int, seconds: float) -> None:
        """See `Measures`."""
        self._requests.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """See `Measures`."""
        self._questions.labels(answer.status).inc()
        for stage, seconds in asdict(answer.timings).items():
            if seconds is not None:
                self._stages.labels(stage).observe(seconds)

    def waited(self, seconds: float) -> None:
        """See `Measures`."""
        self._waits.observe(seconds)

    def turned_away(self) -> None:
        """See `Measures`."""
        self._refused.inc()

    def kept(self, hit: bool) -> None:
        """See `Measures`."""
        self._kept.labels("yes" if hit else "no").inc()

    def text(self) -> bytes:
        """See `Measures`."""
        from prometheus_client import generate_latest

        return bytes(generate_latest(self._registry))
