"""The reader: where in a passage an answer stands, of what kind, or that there is none; what it says to a claim."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.heads import Heads, Network, log_softmax, probabilities
from models.protocols import VERDICTS, FloatArray, Reading
from models.understander import EncoderUnderstander
from models.weights import READER_SHA256, packaged_embedder, reader_weights

if TYPE_CHECKING:
    from tokenizers import Encoding

_BATCH = 16
_MAX_TOKENS = 512
_QUESTION_TOKENS = 64
_CLAIM_TOKENS = 128


class EncoderReader:
    """The encoder with its heads on the CPU; satisfies `EvidenceModel`. Safe to use from several threads.

    Args:
        weights: a safetensors file as `models.training.export` writes it.
        encoder: the folder of the embedder that it was trained over.
        sha256: refuse another file than this; None to take any.
        network: computes instead of the file's weights.
    """

    def __init__(self, weights: Path, encoder: Path, sha256: str | None = None, network: Network | None = None) -> None:
        self.heads = Heads(weights, encoder, sha256, network)

    @classmethod
    @cache
    def packaged(cls) -> EncoderReader:
        """The reader that comes with the project; one for the whole process, so that its weights are loaded once.

        Raises:
            WeightsMissing: its weights or its encoder are not there.
        """
        return cls(reader_weights(), packaged_embedder(), READER_SHA256)

    @property
    def understander(self) -> EncoderUnderstander:
        """The same weights for what somebody says."""
        return EncoderUnderstander(self.heads)

    def load(self) -> None:
        """Load the weights now rather than on first use.

        Raises:
            WeightsUnreadable: they are not as they were shipped.
        """
        self.heads.load()

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read each passage for the question's answer; what exceeds 512 tokens is not read.

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        tokenizer = self.heads.tokenizer
        asked = tokenizer.encode(question, add_special_tokens=False).ids[:_QUESTION_TOKENS]
        room = _MAX_TOKENS - len(asked) - 3
        encoded = tokenizer.encode_batch(list(passages), add_special_tokens=False)
        order = sorted(range(len(passages)), key=lambda i: -len(encoded[i].ids))
        readings: list[Reading | None] = [None] * len(passages)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            logits, segments = self.heads.run([(asked, encoded[i].ids[:room]) for i in places])
            # An answer may end in the passage, or at position 0, which means nowhere.
            shut = segments == 0
            shut[:, 0] = False
            ends = log_softmax(np.where(shut[:, :, None], -np.inf, logits["span"]))
            kinds = probabilities(logits["kind"])
            for row, place in enumerate(places):
                readings[place] = _reading(ends[row], kinds[row], encoded[place], len(asked) + 2, room)
        return [r for r in readings if r is not None]

    def judge(self, claims: Sequence[tuple[str, str]]) -> FloatArray:
        """For each (claim, passage) the probabilities of `VERDICTS`; what exceeds 512 tokens is not read.

        Raises:
            WeightsUnreadable: the weights are not as they were shipped.
        """
        said, passages = (
            [
                e.ids
                for e in self.heads.tokenizer.encode_batch([pair[side] for pair in claims], add_special_tokens=False)
            ]
            for side in (0, 1)
        )
        rows = [(c[:_CLAIM_TOKENS], p[: _MAX_TOKENS - _CLAIM_TOKENS - 3]) for c, p in zip(said, passages, strict=True)]
        verdicts = [np.zeros((0, len(VERDICTS)), dtype=np.float32)]
        for start in range(0, len(rows), _BATCH):
            logits, _ = self.heads.run(rows[start : start + _BATCH])
            verdicts.append(probabilities(logits["verdict"]))
        return np.concatenate(verdicts)


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
