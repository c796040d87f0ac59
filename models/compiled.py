"""An embedder compiled by OpenVINO: a BERT whose vector is the mean of its tokens. It needs no PyTorch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.encoder import Encoder, batch_of, bert_shape
from models.protocols import FloatArray

STEP = 16  # tokens; texts of as many steps are computed alike, to the last digit, in whatever company
_MODULES = ["Transformer", "Pooling", "Normalize"]
_POOLING = ["pooling_mode_mean_tokens"]
_WEIGHTS = "model.safetensors"


def is_compilable(folder: Path) -> bool:
    """Whether a sentence-transformers folder holds such a model.

    Raises:
        OSError, ValueError, KeyError: its files don't say.
    """
    files = [folder / "modules.json", folder / "1_Pooling" / "config.json", folder / _WEIGHTS]
    if bert_shape(folder) is None or not all(file.is_file() for file in files):
        return False
    modules, pooling = (json.loads(file.read_text("utf-8")) for file in files[:2])
    return [m["type"].rsplit(".", 1)[-1] for m in modules] == _MODULES and (
        [key for key, value in pooling.items() if value is True] == _POOLING
    )


class CompiledModel:
    """One batch of texts at a time.

    Args:
        folder: of a model that is compilable.
        max_tokens: of a text; what is beyond them is cut.
        threads: that compute; 0 for one on each core.

    Raises:
        Exception: its files don't fit together; the libraries have no type of their own for it.
    """

    def __init__(self, folder: Path, max_tokens: int, threads: int = 0) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        shape = bert_shape(folder)
        if shape is None:
            raise ValueError("it is no BERT")
        self.dimension = shape.width
        self.encoder = Encoder(load_file(folder / _WEIGHTS), shape, threads=threads)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_tokens)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """The mean of each text's tokens, shape (len(texts), dimension)."""
        ids, mask = batch_of([e.ids for e in self.tokenizer.encode_batch(list(texts))], STEP)
        [hidden] = self.encoder.run(ids, np.zeros_like(ids), mask)
        means: FloatArray = np.einsum("blw,bl->bw", hidden, mask.astype(np.float32))
        means /= mask.sum(axis=1, keepdims=True)
        return means
