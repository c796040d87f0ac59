"""An embedder behind a server that speaks OpenAI's protocol; satisfies `Embedder`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from urllib.parse import quote

import numpy as np

from models.errors import ServerFailed
from models.protocols import EmbedderInfo, FloatArray
from models.server import Server

_BATCH = 32  # passages a request
_WINDOW = 512  # tokens; servers don't say how many their model reads, and nearly all read these
_BYTES_A_TOKEN = 2.0  # fewer than in prose of any language in an alphabet, figures taken one by one included
_CURE = "See that the server runs an embedding model."


class ServerEmbedder:
    """An embedding model that a server runs.

    A server doesn't tell which weights it has: an index remembers the model's name and the length of its vectors.

    Args:
        server: which.
        model: the model's name; None for the only one that it has.
    """

    def __init__(self, server: Server, model: str | None = None) -> None:
        self._server = server
        self._model = model

    @property
    def recipient(self) -> str | None:
        """The machine that texts are sent to; None where that is this one."""
        return self._server.address.recipient

    @property
    def recipe(self) -> str:
        """What `load_embedder` makes the same of, with the key that is in the environment there."""
        return f"{self._server.address.url}#{quote(self.info.name)}"

    @cached_property
    def info(self) -> EmbedderInfo:
        """Identity, dimension and window; a first vector is asked for to know the dimension.

        Raises:
            ServerFailed: the server doesn't say.
        """
        name = self._model or self._server.only_model("#NAME behind the address, for")
        return EmbedderInfo(name=name, weights_sha256="", dimension=len(self._rows(name, ["a"])[0]), max_tokens=_WINDOW)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An upper estimate of the length of each text in tokens: the protocol has no way to ask."""
        return [2 + math.ceil(len(text.encode("utf-8", "replace")) / _BYTES_A_TOKEN) for text in texts]

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Embed passages: float32 array of shape (len(texts), dimension), rows of length 1.

        Raises:
            ServerFailed: the server doesn't, or its vectors are none.
        """
        info = self.info
        vectors = np.empty((len(texts), info.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            rows = self._rows(info.name, batch)
            if rows.shape != (len(batch), info.dimension):
                raise ServerFailed(
                    f"The server {self._server.address.host} gives vectors of {rows.shape[1]} numbers now, "
                    f"{info.dimension} before.",
                    "Let it run one embedding model, and index again.",
                )
            vectors[start : start + len(batch)] = rows
            if progress:
                progress(start + len(batch))
        return vectors

    def embed_query(self, text: str) -> FloatArray:
        """Embed one question: float32 array of shape (dimension,), length 1."""
        row: FloatArray = self.embed([text])[0]
        return row

    def _rows(self, name: str, texts: list[str]) -> FloatArray:
        """Unit vectors of texts, in their order.

        Raises:
            ServerFailed: the reply holds none.
        """
        body = {"model": name, "input": texts, "encoding_format": "float"}
        found = self._server.whole("POST", "/embeddings", body)
        host = self._server.address.host
        try:
            data = sorted(found["data"], key=lambda one: int(one["index"]))
            rows = np.array([one["embedding"] for one in data], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as problem:
            raise ServerFailed(f"The server {host} doesn't reply with vectors.", _CURE) from problem
        if rows.ndim != 2 or len(rows) != len(texts) or not rows.shape[1]:
            raise ServerFailed(f"The server {host} doesn't reply with a vector for each text.", _CURE)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or (norms == 0).any():
            raise ServerFailed(f"The server {host} returned vectors that are no numbers.", _CURE)
        unit: FloatArray = rows / norms
        return unit
