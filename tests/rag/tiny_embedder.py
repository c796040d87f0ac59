"""An embedder small enough for a hundred rebuilds: words hashed into 32 dimensions, counting what it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from models.protocols import EmbedderInfo, FloatArray


class TinyEmbedder:
    def __init__(self, name: str = "tiny") -> None:
        self.info = EmbedderInfo(name, "0" * 64, 32, 128)
        self.embedded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(t.split()) + 2 for t in texts]

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        self.embedded += texts
        if progress:
            progress(len(texts))
        return np.array([self.embed_query(t) for t in texts], dtype=np.float32).reshape(len(texts), 32)

    def embed_query(self, text: str) -> FloatArray:
        vector = np.full(32, 0.01, dtype=np.float32)
        for word in text.lower().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % 32] += 1
        return vector / np.linalg.norm(vector)
