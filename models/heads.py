"""The reader's file of weights as one compiled network: the embedder's encoder, fine-tuned, with all heads that it has.

Its weights are small differences to the embedder's encoder and come with the project; they load on first use.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from models.encoder import Encoder, Tokens, batch_of, bert_shape
from models.errors import WeightsUnreadable
from models.priority_lock import COMPUTING
from models.protocols import ANSWERS, FOLLOW_UPS, INTENTS, PARTS, VERDICTS, FloatArray
from models.weights import sha256_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Outputs of each head: those of every token, then those of the first token.
TOKEN_HEADS = {"span": 2, "parts": 1 + 2 * len(PARTS), "carried": 2}
FIRST_HEADS = {
    "kind": len(ANSWERS),
    "verdict": len(VERDICTS),
    "intent": len(INTENTS),
    "negated": 2,
    "depends": 2,
    "follow": len(FOLLOW_UPS),
}
_NEEDED = ("span", "kind", "verdict")  # of a file that reads; the others belong to utterances
_INSIDE = "encoder."  # goes before the names of the encoder's own weights
_WORDS = "embeddings.word_embeddings.weight"  # the embedder's, which are not stored again
_CURE = "Install Unsaid again, or fetch the project's files anew; the reader's weights come with it."


class Network(Protocol):
    """What computes: OpenVINO's network in use, PyTorch's where the two are compared."""

    def run(self, ids: Tokens, segments: Tokens, mask: Tokens) -> Mapping[str, FloatArray]:
        """Logits by head: (batch, length, outputs) of `TOKEN_HEADS`, (batch, outputs) of `FIRST_HEADS`."""
        ...


class Heads:
    """A file of weights, loaded on first use. Safe to use from several threads.

    Args:
        weights: a safetensors file as `models.training.export` writes it.
        encoder: the folder of the embedder that it was trained over.
        sha256: refuse another file than this; None to take any.
        network: computes instead of the file's weights.
    """

    def __init__(self, weights: Path, encoder: Path, sha256: str | None = None, network: Network | None = None) -> None:
        self._weights = weights
        self._encoder = encoder
        self._sha256 = sha256
        self._loading = threading.Lock()
        self._network = network

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The encoder's tokenizer; it cuts and pads nothing."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._encoder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def load(self) -> Network:
        """Load the weights now rather than on first use.

        Raises:
            WeightsUnreadable: they are not as they were shipped.
        """
        with self._loading:
            if self._network is None:
                if self._sha256 and sha256_of(self._weights) != self._sha256:
                    raise WeightsUnreadable(f"The reader's weights in {self._weights} are not as shipped.", _CURE)
                self._network = _load(self._weights, self._encoder)
            return self._network

    def heard(self, rows: Sequence[tuple[Sequence[int], Sequence[int] | None]]) -> Mapping[str, FloatArray]:
        """Logits as of `run`, of weights that have learnt to understand utterances.

        Raises:
            WeightsUnreadable: these have not, or are not as they were shipped.
        """
        logits, _ = self.run(rows)
        if not logits.keys() >= FIRST_HEADS.keys() | TOKEN_HEADS.keys():
            raise WeightsUnreadable(f"The reader's weights in {self._weights} can't understand utterances.", _CURE)
        return logits

    def run(
        self, rows: Sequence[tuple[Sequence[int], Sequence[int] | None]]
    ) -> tuple[Mapping[str, FloatArray], Tokens]:
        """Run a batch of texts, each alone or with a passage after it.

        Args:
            rows: token ids of the text and of the passage.

        Returns:
            Logits by head, and the segments: (batch, length), 1 over the passage and what ends it.

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        network = self.load()
        cls, sep = ([self.tokenizer.token_to_id(t) or 0] for t in ("[CLS]", "[SEP]"))
        ids, mask = batch_of([[*cls, *t, *sep, *([*p, *sep] if p is not None else ())] for t, p in rows])
        segments = mask.copy()
        for row, (text, _) in enumerate(rows):
            segments[row, : len(text) + 2] = 0
        with COMPUTING.interactive():
            return network.run(ids, segments, mask), segments


def probabilities(logits: FloatArray) -> FloatArray:
    """Of logits (batch, outputs)."""
    return np.exp(log_softmax(logits))


def log_softmax(logits: FloatArray) -> FloatArray:
    """Over the second axis."""
    moved = logits - logits.max(axis=1, keepdims=True)
    logs: FloatArray = moved - np.log(np.exp(moved).sum(axis=1, keepdims=True))
    return logs


class _Compiled:
    """An encoder whose outputs go by the names of its heads."""

    def __init__(self, encoder: Encoder, names: Sequence[str]) -> None:
        self._encoder, self._names = encoder, names

    def run(self, ids: Tokens, segments: Tokens, mask: Tokens) -> Mapping[str, FloatArray]:
        return dict(zip(self._names, self._encoder.run(ids, segments, mask), strict=True))


def _load(weights: Path, encoder: Path) -> Network:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        trained, shape = load_file(weights), bert_shape(encoder)
        words = load_file(encoder / "model.safetensors")[_WORDS]
        layers = {n.removeprefix(_INSIDE): w for n, w in trained.items() if n.startswith(_INSIDE)}
        depth = len({n.split(".")[2] for n in layers if n.startswith("encoder.layer.")})
        if shape is None:
            raise ValueError("they are another model's")
        every, first = _heads(trained, TOKEN_HEADS), _heads(trained, FIRST_HEADS)
        heads = [*every.values(), *first.values()]
        built = Encoder({**layers, _WORDS: words}, replace(shape, layers=depth), heads, every=len(every))
        return _Compiled(built, [*every, *first])
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError) as problem:
        raise WeightsUnreadable(f"The reader's weights in {weights} cannot be loaded ({problem}).", _CURE) from problem


def _heads(trained: Mapping[str, npt.NDArray[Any]], sizes: Mapping[str, int]) -> dict[str, tuple[Any, Any]]:
    known = [name for name in sizes if name in _NEEDED or f"{name}.weight" in trained]
    found = {name: (trained[f"{name}.weight"], trained[f"{name}.bias"]) for name in known}
    if any(len(bias) != sizes[name] for name, (_, bias) in found.items()):
        raise ValueError("they are another model's")
    return found
