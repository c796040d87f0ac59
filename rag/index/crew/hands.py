"""What a crew asks of its workers, and of where they come from."""

from __future__ import annotations

from typing import Protocol


class Lost(Exception):
    """A worker is no longer there; why, as the end of “a worker …”."""


class Hand(Protocol):
    """One worker, wherever it is."""

    def begin(self, order: str) -> str:
        """See `Labour.begin`.

        Raises:
            Lost: it is gone.
        """
        ...

    def work(self, suffix: str, data: bytes, sha256: str) -> tuple[str, bytes]:
        """See `Labour.work`.

        Raises:
            Lost: it is gone.
        """
        ...

    def dismiss(self) -> None:
        """End it; it may be gone already, or at work in another thread."""
        ...


class Agency(Protocol):
    """Where workers come from."""

    def open(self) -> int:
        """Get ready; how many workers there are to be.

        Raises:
            RagError: there can be none.
        """
        ...

    def hire(self) -> Hand:
        """A further worker. Safe from several threads.

        Raises:
            Lost: it can't be had.
        """
        ...

    def close(self) -> None:
        """End whatever was started."""
        ...
