"""The reader: where in a passage an answer stands, of what kind, or that there is none; what a passage says to a claim.

Its weights are small differences to the embedder's encoder and come with the project; they load on first use.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.encoder import Encoder, batch_of, bert_shape
from models.errors import WeightsUnreadable
from models.lane import LANE
from models.protocols import ANSWERS, VERDICTS, FloatArray, Reading
from models.weights import READER_SHA256, packaged_embedder, reader_weights, sha256_of

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_BATCH = 16
_MAX_TOKENS = 512
_QUESTION_TOKENS = 64
_CLAIM_TOKENS = 128
_INSIDE = "encoder."  # goes before the names of the encoder's own weights
_WORDS = "embeddings.word_embeddings.weight"  # the embedder's, which are not stored again
_CURE = "Install Unsaid again, or fetch the project's files anew; the reader's weights come with it."


class EncoderReader:
    """The encoder with its heads on the CPU; satisfies `EvidenceModel`. Safe to use from several threads.

    Args:
        weights: a safetensors file as `models.training.export` writes it.
        encoder: the folder of the embedder that it was trained over.
        sha256: refuse another file than this; None to take any.
    """

    def __init__(self, weights: Path, encoder: Path, sha256: str | None = None) -> None:
        self._weights = weights
        self._encoder = encoder
        self._sha256 = sha256
        self._loading = threading.Lock()
        self._network: Encoder | None = None

    @classmethod
    def packaged(cls) -> EncoderReader:
        """The reader that comes with the project.

        Raises:
            WeightsMissing: its weights or its encoder are not there.
        """
        return cls(reader_weights(), packaged_embedder(), READER_SHA256)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._encoder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def load(self) -> None:
        """Load the weights now rather than on first use."""
        with self._loading:
            if self._network is None:
                if self._sha256 and sha256_of(self._weights) != self._sha256:
                    raise WeightsUnreadable(f"The reader's weights in {self._weights} are not as shipped.", _CURE)
                self._network = _load(self._weights, self._encoder)

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage for the question's answer; what exceeds 512 tokens is not read.

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        self.load()
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:_QUESTION_TOKENS]
        room = _MAX_TOKENS - len(asked) - 3
        encoded = self._tokenizer.encode_batch(list(passages), add_special_tokens=False)
        order = sorted(range(len(passages)), key=lambda i: -len(encoded[i].ids))
        readings: list[Reading | None] = [None] * len(passages)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            with LANE.short():
                ends, kinds, _ = self._forward([(asked, encoded[i].ids[:room]) for i in places])
            for row, place in enumerate(places):
                readings[place] = _reading(ends[row], kinds[row], encoded[place], len(asked) + 2, room)
        return [r for r in readings if r is not None]

    def judge(self, claims: Sequence[tuple[str, str]]) -> FloatArray:
        """For each (claim, passage) the probabilities of `VERDICTS`; what exceeds 512 tokens is not read.

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        self.load()
        said, passages = (
            [e.ids for e in self._tokenizer.encode_batch([pair[side] for pair in claims], add_special_tokens=False)]
            for side in (0, 1)
        )
        rows = [(c[:_CLAIM_TOKENS], p[: _MAX_TOKENS - _CLAIM_TOKENS - 3]) for c, p in zip(said, passages, strict=True)]
        verdicts = [np.zeros((0, len(VERDICTS)), dtype=np.float32)]
        for start in range(0, len(rows), _BATCH):
            with LANE.short():
                verdicts.append(self._forward(rows[start : start + _BATCH])[2])
        return np.concatenate(verdicts)

    def _forward(
        self, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Log probabilities of span ends (batch, length, 2), probabilities of kinds and of verdicts.

        An answer may end in the passage, or at position 0, which means nowhere.
        """
        assert self._network
        cls, sep = ([self._tokenizer.token_to_id(t) or 0] for t in ("[CLS]", "[SEP]"))
        ids, mask = batch_of([[*cls, *asked, *sep, *ids, *sep] for asked, ids in pairs])
        segments = mask.copy()
        for row, (asked, _) in enumerate(pairs):
            segments[row, : len(asked) + 2] = 0
        ends, kinds, verdicts = self._network.run(ids, segments, mask)
        shut = segments == 0
        shut[:, 0] = False
        ends = np.where(shut[:, :, None], -np.inf, ends)
        return _log_softmax(ends), np.exp(_log_softmax(kinds)), np.exp(_log_softmax(verdicts))


def _log_softmax(logits: FloatArray) -> FloatArray:
    """Over the second axis."""
    moved = logits - logits.max(axis=1, keepdims=True)
    logs: FloatArray = moved - np.log(np.exp(moved).sum(axis=1, keepdims=True))
    return logs


def _reading(ends: Any, kinds: Any, passage: Encoding, at: int, room: int) -> Reading:  # noqa: ANN401 — numpy arrays
    count = min(len(passage.ids), room)
    inside = ends[at : at + count]
    return Reading(
        kinds=tuple(float(p) for p in kinds),
        nowhere=float(ends[0].sum()),
        starts=np.ascontiguousarray(inside[:, 0]),
        ends=np.ascontiguousarray(inside[:, 1]),
        offsets=np.array(passage.offsets[:count], dtype=np.int64).reshape(-1, 2),
    )


def _load(weights: Path, encoder: Path) -> Encoder:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        trained, shape = load_file(weights), bert_shape(encoder)
        words = load_file(encoder / "model.safetensors")[_WORDS]
        layers = {n.removeprefix(_INSIDE): w for n, w in trained.items() if n.startswith(_INSIDE)}
        depth = len({n.split(".")[2] for n in layers if n.startswith("encoder.layer.")})
        heads = [(trained[f"{head}.weight"], trained[f"{head}.bias"]) for head in ("span", "kind", "verdict")]
        if shape is None or [len(bias) for _, bias in heads] != [2, len(ANSWERS), len(VERDICTS)]:
            raise ValueError("they are another model's")
        return Encoder({**layers, _WORDS: words}, replace(shape, layers=depth), heads, every=1)
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError) as problem:
        raise WeightsUnreadable(f"The reader's weights in {weights} cannot be loaded ({problem}).", _CURE) from problem
