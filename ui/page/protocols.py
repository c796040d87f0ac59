"""What the page needs to be given: something that answers, and something that rebuilds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rag.types import Answer, Document, Event, IndexReport, Progress
from ui.page.covers import Covers


class Asks(Covers, Protocol):
    """What answers questions; `rag.Assistant` does. Every method may raise `RagError`."""

    index_dir: Path

    def stream(
        self, question: str, history: Sequence[Answer] = (), sources: Sequence[str] | None = None
    ) -> Iterator[Event]:
        """Answer step by step; closing the iterator stops the work."""
        ...

    def sources(self) -> tuple[str, ...]:
        """The articles that can be asked."""
        ...

    def document(self, source: str) -> Document:
        """One article."""
        ...

    def warm_up(self) -> None:
        """Load the models; blocks until they are there."""
        ...


class Rebuilds(Protocol):
    """What brings the index up to date; the old one answers until the new one is complete."""

    def __call__(self, files: Sequence[Path], progress: Callable[[Progress], None]) -> IndexReport:
        """Add copies of these files, and look at all others again. May raise `RagError`."""
        ...
