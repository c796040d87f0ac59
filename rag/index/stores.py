"""Which store keeps an index: files in its folder."""

from __future__ import annotations

from pathlib import Path

from rag.index.embedded.store import EmbeddedStore
from rag.index.protocol import Store


def store_of(folder: Path) -> Store:
    """The store of the index in a folder."""
    return EmbeddedStore(folder)
