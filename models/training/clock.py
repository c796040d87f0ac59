"""The time that a training has."""

from __future__ import annotations

import time


class Clock:
    """How much of a training is over, where a time is set by which it has to be.

    Args:
        until: seconds since the epoch; None where none is set.
    """

    def __init__(self, until: float | None) -> None:
        self.spent = 0.0  # seconds of it before this process
        self._until, self._began = until, time.time()

    @property
    def seconds(self) -> float:
        """All that it took so far."""
        return self.spent + time.time() - self._began

    @property
    def over(self) -> bool:
        """Whether the time has come."""
        return self._until is not None and time.time() >= self._until

    def share(self, steps: float) -> float:
        """The share of the training that is over, 0..1: by its steps, or by the clock if that is further."""
        if self._until is None:
            return steps
        left = max(0.0, self._until - time.time())
        return max(steps, self.seconds / (self.seconds + left)) if left else 1.0
