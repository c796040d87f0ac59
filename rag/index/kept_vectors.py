"""Vectors of sentences that were asked for before: an index stores those of chunks alone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from models.protocols import Embedder, FloatArray

MOST = 16_384  # sentences; 25 MB for vectors of 384 dimensions
_PIECE = (
    64  # sentences; of more at once the embedder may take another way, and a vector its last digits from the company
)


class KeptVectors:
    """Remembers the vectors of sentences by their text; safe from several threads.

    A remembered vector is the one that would be made again, whatever else is asked for, as far as the embedder gives
    a text the same vector in any company: the packaged one does.

    Args:
        most: sentences; the one that was not asked for longest goes first.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[str, FloatArray] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str], embedder: Embedder) -> FloatArray:
        """The vectors of at least one sentence in their order, shape (sentences, dimension).

        Args:
            texts: the sentences.
            embedder: always the same.
        """
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        lacking = [text for text in dict.fromkeys(texts) if text not in found]
        for at in range(0, len(lacking), _PIECE):
            piece = lacking[at : at + _PIECE]
            found.update(zip(piece, (np.array(v) for v in embedder.embed(piece)), strict=True))
        with self._lock:
            for text in texts:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return np.stack([found[text] for text in texts])
