"""A question's place in the queue, on the page: how many come first, about how long it takes, or that it is full."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from ui.page.edge import Failed
from ui.web.turns import Full, Turn, Turns
from ui.words import counted

POLL = 0.05  # seconds between looks at the stop sign
_ALIVE = 1.0  # seconds after which it says anew how long it takes
LONGEST = 300.0  # seconds that anybody is let wait: here they see how long it takes, and can stop
MOST = 24  # that wait: each holds one of the page's 40 threads


class Waits:
    """A place in the queue; `leave` must follow in any case.

    Args:
        turns: the queue.
        who: whose place it is.
    """

    def __init__(self, turns: Turns, who: str) -> None:
        self.failed: Failed | None = None
        self._turns = turns
        self._may: bool | None = None
        self._settled = threading.Event()
        self._turn: Turn | None = None
        try:
            self._turn = turns.join(who, self._settle)
        except Full as full:
            self.failed = _full(full.waiting, full.seconds)

    def _settle(self, may: bool) -> None:
        self._may = may
        self._settled.set()

    def waiting(self, stop: threading.Event) -> Iterator[str]:
        """What to say while it is not yet its turn. At the end it is, or `stop` is set, or `failed` says why not."""
        told = float("-inf")
        begun = time.monotonic()
        while self._turn is not None and not self._settled.wait(POLL if told > 0 else 0) and not stop.is_set():
            now = time.monotonic()
            if now - begun > self._turns.longest:
                self._may = False
                break
            if now - told > _ALIVE:
                told = now
                yield _words(self._turn.ahead, self._turns.seconds(self._turn.ahead))
        if self._may is False:
            state = self._turns.state
            self.failed = _full(state.waiting, self._turns.seconds(state.waiting))

    def leave(self) -> None:
        """The question is over."""
        if self._turn is not None:
            self._turn.leave()


def _words(ahead: int, seconds: float) -> str:
    before = f"{counted(ahead, 'question')} before yours" if ahead else "Your question is next"
    return f"{before}, about {_long(seconds)} …"


def _full(waiting: int, seconds: float) -> Failed:
    return Failed(
        f"Too many are asking just now: {counted(waiting, 'question')} in line already.",
        f"Ask again in {_long(seconds)}.",
    )


def _long(seconds: float) -> str:
    return counted(max(1, round(seconds)), "second") if seconds < 90 else counted(round(seconds / 60), "minute")
