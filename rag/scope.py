"""Which articles a question is asked of."""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import UnknownSource
from rag.index.reader import Index


def scope_of(index: Index, sources: Sequence[str] | None) -> frozenset[str] | None:
    """The chosen articles, checked; None for all."""
    if sources is None:
        return None
    if not sources:
        raise UnknownSource("No article is chosen.", "Choose at least one, or ask all of them.")
    known = set(index.sources())
    unknown = sorted(set(sources) - known)
    if unknown:
        raise UnknownSource(
            f"No article is called {', '.join(repr(u) for u in unknown[:3])}.", "See what there is: unsaid list"
        )
    return frozenset(sources)
