"""What the coverage tab needs to be given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rag.corpus.values import Coverage, Mentions


class Covers(Protocol):
    """What knows the coverage; `rag.Assistant` does. Both may raise `RagError`."""

    def coverage(self, topics: Sequence[str] = (), sources: Sequence[str] | None = None) -> Coverage:
        """Topics by articles; without topics those that the articles suggest."""
        ...

    def mentions(self, topic: str, sources: Sequence[str] | None = None) -> Mentions:
        """The sentences behind a cell."""
        ...
