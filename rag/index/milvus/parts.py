"""JSON that is longer than a field: cut into parts, and put together again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rag.errors import IndexDamaged
from rag.index.layout import CURE
from rag.index.milvus.client import Row
from rag.index.milvus.schema import PART


def parts(value: object) -> Iterator[str]:
    """A value as JSON, in pieces of which each fits a field."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    at = 0
    while at < len(data):
        end = min(at + PART, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # not within a letter
            end -= 1
        yield data[at:end].decode()
        at = end


def joined(rows: Iterable[Row]) -> Any:  # noqa: ANN401 — JSON
    """The value that rows are the parts of.

    Raises:
        IndexDamaged: one is missing.
    """
    try:
        return json.loads("".join(row["body"] for row in sorted(rows, key=lambda row: int(row["part"]))))
    except ValueError as problem:
        raise IndexDamaged(f"The store has lost a part of an article ({problem}).", CURE) from problem
