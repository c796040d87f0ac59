"""What a worker makes of a file, as bytes: they travel between machines and lie in the spool.

First the length of the JSON that follows, as 8 bytes, big-endian; then the JSON: the article without its name and
place, or why there is none; its chunks' vectors, one after the other, as little-endian float32; the SHA-256 of it all.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from models.protocols import FloatArray
from rag.index.records import ArticleRecord, Refusal
from rag.types import Note, Places, Span

_LENGTH = struct.Struct(">Q")
_DIGEST = hashlib.sha256().digest_size
_PLACE = ("source", "path", "texts")  # of a record: what its file's bytes don't decide, and what the vectors replace
_SPANS = ("title", "date", "author", "kind")  # of `Places`


class Broken(Exception):
    """These bytes are not what was written."""


@dataclass(frozen=True)
class Piece:
    """One file's article with its vectors, shape (chunks, dimension), or why it has none."""

    outcome: ArticleRecord | Refusal
    vectors: FloatArray

    @property
    def lasts(self) -> bool:
        """Whether the same file would give the same again."""
        return isinstance(self.outcome, ArticleRecord) or self.outcome.sha256 is not None

    def packed(self) -> bytes:
        """Itself as bytes."""
        head = json.dumps(_told(self.outcome)).encode()
        rows = np.ascontiguousarray(self.vectors, dtype="<f4").tobytes()
        whole = b"".join((_LENGTH.pack(len(head)), head, rows))
        return whole + hashlib.sha256(whole).digest()

    @classmethod
    def unpacked(cls, data: bytes, source: str, path: str, dimension: int) -> Piece:
        """The inverse, for the file that it is of.

        Raises:
            Broken: it was cut off or changed.
        """
        whole, digest = data[:-_DIGEST], data[-_DIGEST:]
        if len(data) < _LENGTH.size + _DIGEST or hashlib.sha256(whole).digest() != digest:
            raise Broken
        end = _LENGTH.size + _LENGTH.unpack_from(whole)[0]
        found = json.loads(whole[_LENGTH.size : end])
        rows = np.frombuffer(whole, dtype="<f4", offset=end).reshape(-1, dimension)
        return cls(_read(found, source, path), rows.astype(np.float32, copy=False))


def _told(outcome: ArticleRecord | Refusal) -> dict[str, Any]:
    if isinstance(outcome, Refusal):
        return {"reason": outcome.reason, "sha256": outcome.sha256}
    plain = {f.name: getattr(outcome, f.name) for f in fields(outcome) if f.name not in _PLACE}
    places = {name: at and [at.start, at.end] for name in _SPANS for at in [getattr(outcome.places, name)]}
    return {
        **plain,
        "notes": [[note.text, note.gap] for note in outcome.notes],
        "sentences": [place for span in outcome.sentences for place in (span.start, span.end)],
        "places": {**places, "pages": outcome.places.pages},
    }


def _read(found: Mapping[str, Any], source: str, path: str) -> ArticleRecord | Refusal:
    if "reason" in found:
        return Refusal(path, found["reason"], found["sha256"])
    ends, places = found["sentences"], found["places"]
    spans = {name: Span(*places[name]) for name in _SPANS if places[name]}
    return ArticleRecord(
        **{
            **found,
            "source": source,
            "path": path,
            "notes": tuple(Note(*note) for note in found["notes"]),
            "sentences": tuple(map(Span, ends[::2], ends[1::2])),
            "chunks": tuple((first, last) for first, last in found["chunks"]),
            "places": Places(**spans, pages=tuple(places["pages"])),
        }
    )
