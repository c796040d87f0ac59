"""How an index numbers sentences and chunks: in the order of sources, whatever order a store took them in.

A store counts on with every article that is added. Outside it, sentence 0 is the first of the first source and the
last chunk the last of the last, so that an index finds the same, in the same order, however it came about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from rag.errors import UnknownSource

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Place:
    """One article among all, in the order of sources."""

    document: int  # its number in the store
    source: str
    first_sentence: int
    sentences: int
    first_chunk: int
    chunks: int
    stored_chunk: int  # the store's number of its first chunk


class Numbering:
    """All articles of a store.

    Args:
        rows: (document, source, sentences, stored number of the first chunk, chunks), sorted by source.
    """

    def __init__(self, rows: Sequence[tuple[int, str, int, int, int]]) -> None:
        sentence = chunk = 0
        places = []
        for document, source, sentences, stored, chunks in rows:
            places.append(Place(document, source, sentence, sentences, chunk, chunks, stored))
            sentence, chunk = sentence + sentences, chunk + chunks
        self.by_source = {place.source: place for place in places}
        self.by_document = {place.document: place for place in places}
        self._places = places
        self._firsts = np.array([p.first_chunk for p in places], dtype=np.int64)
        order = sorted((p for p in places if p.chunks), key=lambda p: p.stored_chunk)
        self._stored = np.array([p.stored_chunk for p in order], dtype=np.int64)
        self._moved = np.array([p.first_chunk - p.stored_chunk for p in order], dtype=np.int64)

    def place(self, source: str) -> Place:
        """The article of that name.

        Raises:
            UnknownSource: there is none.
        """
        if source not in self.by_source:
            raise UnknownSource(f"No article is called {source!r}.", "See what there is: unsaid list")
        return self.by_source[source]

    def of_stored_chunks(self, numbers: Sequence[int]) -> Numbers:
        """The numbers of chunks that the store numbers so."""
        given = np.array(numbers, dtype=np.int64)
        return given if not len(given) else given + self._moved[np.searchsorted(self._stored, given, "right") - 1]

    def of_chunk(self, number: int) -> Place:
        """The article that a chunk is of."""
        place = self._places[int(np.searchsorted(self._firsts, number, "right")) - 1]
        if not place.first_chunk <= number < place.first_chunk + place.chunks:
            raise KeyError(number)
        return place
