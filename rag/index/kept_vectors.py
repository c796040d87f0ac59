"""Vectors of sentences that were asked for before: an index stores those of chunks alone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from models.protocols import Embedder, FloatArray
from rag.types import Sentence

MOST = 8_192  # sentences; 13 MB for vectors of 384 dimensions


class KeptVectors:
    """Remembers the vectors of one generation's sentences; safe from several threads.

    Args:
        most: sentences; the one that was not asked for longest goes first.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[int, FloatArray] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, sentences: Sequence[Sentence], embedder: Embedder) -> FloatArray:
        """The vectors of at least one sentence in their order, shape (sentences, dimension).

        Args:
            sentences: of one generation of an index.
            embedder: the one that made it, always the same.
        """
        with self._lock:
            found = {s.id: self._known[s.id] for s in sentences if s.id in self._known}
        lacking = [s for s in sentences if s.id not in found]
        if lacking:
            made = embedder.embed([s.text for s in lacking])
            found.update(zip((s.id for s in lacking), (np.array(v) for v in made), strict=True))
        with self._lock:
            for sentence in sentences:
                self._known[sentence.id] = found[sentence.id]
                self._known.move_to_end(sentence.id)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return np.stack([found[s.id] for s in sentences])
