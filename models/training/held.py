"""Which rows of a data set are held back from training, where whoever trains and whoever measures must agree."""

from __future__ import annotations

import hashlib

_PARTS = 5


def held_fifth(group: str) -> bool:
    """Whether a group (an article, a conversation) belongs to the fifth that nothing learns from.

    It depends on the name alone, so that the order of a file, and what is added to it, changes nothing.
    """
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:4], "big") % _PARTS == 0
