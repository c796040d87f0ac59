"""How often each may ask: so many requests a minute, so many at once. Whoever asks more is told how long to wait."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable

AT_ONCE = 8  # requests of one token that are worked on at the same time
STRANGERS = 60  # a minute, of one address, that show nothing or something wrong
_MOST = 10_000  # whose past is remembered; who was not seen longest goes first, and has a whole minute's again


class Rates:
    """Counts requests: each has a bucket that holds a minute's requests and fills evenly.

    Args:
        now: seconds that only grow.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # requests left, at which time
        self._running: Counter[str] = Counter()
        self._lock = threading.Lock()

    def wait(self, who: str, per_minute: int) -> float:
        """Seconds until `who` may ask; 0.0: now, and it counts as asked."""
        now = self._now()
        with self._lock:
            left, then = self._left.get(who, (float(per_minute), now))
            left = min(float(per_minute), left + (now - then) * per_minute / 60)
            allowed = left >= 1
            self._left[who] = (left - 1 if allowed else left, now)
            self._left.move_to_end(who)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / per_minute

    def begin(self, who: str) -> bool:
        """Whether one more request may be worked on; if so, `end` must follow."""
        with self._lock:
            if self._running[who] >= AT_ONCE:
                return False
            self._running[who] += 1
            return True

    def end(self, who: str) -> None:
        """A request is done."""
        with self._lock:
            self._running[who] -= 1
            if self._running[who] <= 0:
                del self._running[who]
