"""Lists of token ids of any lengths as two arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.training.pool import Ints


def joined(lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """All ids in a row, uint16; and where each list begins and the last one ends, int64 (lists + 1,)."""
    at = np.cumsum([0, *map(len, lists)])
    return np.fromiter((i for of in lists for i in of), dtype=np.uint16, count=int(at[-1])), at


def parted(ids: Ints, at: Ints) -> list[tuple[int, ...]]:
    """The lists again."""
    plain = ids.tolist()
    return [tuple(plain[a:b]) for a, b in zip(at[:-1].tolist(), at[1:].tolist(), strict=True)]
