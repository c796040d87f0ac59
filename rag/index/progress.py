"""How far the vectors of a rebuild are, of whose texts an embedder sees only some at a time."""

from __future__ import annotations

from collections.abc import Callable

from rag.types import Progress


def further(progress: Callable[[Progress], None], done: int, total: int) -> Callable[[int], None]:
    """What an embedder tells of the texts at hand, told of all of them; `done` were embedded before."""
    return lambda more: progress(Progress("embedding", done + more, total))
