"""The FAISS half of a generation: one unit vector a chunk, every one of them compared with the question's.

Rows are in the order of chunk ids, 0 … n-1, so a row's number is its chunk's id. Up to a hundred thousand are
kept in float32; more in float16, which halves what has to be read for every question: at a million chunks 22 ms
instead of 56, with 99.7% of the ten nearest the same. Inverted lists would be faster still, and would search less than
everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from models.protocols import FloatArray
from rag.errors import IndexDamaged
from rag.index.layout import CURE

Scope = np.ndarray[Any, np.dtype[np.int64]]  # chunk ids that may be found


EXACT_UP_TO = 100_000  # chunks
_SPARE = 32  # hits more than are asked for: of those equal to the last one FAISS returns any, and the first are wanted


def write_vectors(path: Path, rows: Iterable[FloatArray], count: int, dimension: int) -> None:
    """Write an inner-product index.

    Args:
        path: where it shall be.
        rows: blocks of shape (any, dimension), in order.
        count: of all rows.
        dimension: of a vector.
    """
    import faiss

    index = (
        faiss.IndexFlatIP(dimension)
        if count <= EXACT_UP_TO
        else faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    )
    for block in rows:
        index.add(np.ascontiguousarray(block))
    faiss.write_index(index, str(path))


class Vectors:
    """An opened vector file. Searching is safe from several threads."""

    def __init__(self, path: Path, chunks: int, dimension: int) -> None:
        import faiss

        try:
            # A file whose hash was checked is ours; the limit still guards against a mistake of ours.
            faiss.set_deserialization_vector_byte_limit(path.stat().st_size + 1_048_576)
            self._index = faiss.read_index(str(path))
        except (RuntimeError, OSError) as problem:
            raise IndexDamaged(f"The vectors in {path} cannot be read ({problem}).", CURE) from problem
        if (self._index.ntotal, self._index.d) != (chunks, dimension):
            raise IndexDamaged(f"The vectors in {path} do not belong to the articles beside them.", CURE)

    def search(self, query: FloatArray, k: int, scope: Scope | None) -> list[tuple[int, float]]:
        """(chunk id, cosine), best first; equal scores by id."""
        import faiss

        total = self._index.ntotal if scope is None else len(scope)
        if not total or k <= 0:
            return []
        parameters = None if scope is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(scope))  # type: ignore[call-arg]
        scores, ids = self._index.search(query.reshape(1, -1), min(k + _SPARE, total), params=parameters)
        hits = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]

    def get(self, first: int, count: int) -> FloatArray:
        """The vectors of chunks first … first + count - 1, shape (count, dimension)."""
        rows: FloatArray = self._index.reconstruct_n(first, count)
        return rows
