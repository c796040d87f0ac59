"""The reader: says where in a passage an answer stands, of what kind it is, or that there is none.

Its weights are small differences to the embedder's encoder and come with the project; PyTorch and the
weights load on first use.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.errors import WeightsUnreadable
from models.lane import LANE
from models.protocols import Reading
from models.weights import READER_SHA256, packaged_embedder, reader_weights, sha256_of

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_BATCH = 16
_MAX_TOKENS = 512
_QUESTION_TOKENS = 64
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
        self._network: Any = None

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
                batch = self._forward(asked, [encoded[i].ids[:room] for i in places])
            for place, (ends, kinds) in zip(places, batch, strict=True):
                readings[place] = _reading(ends, kinds, encoded[place], len(asked) + 2, room)
        return [r for r in readings if r is not None]

    def _forward(self, asked: Sequence[int], passages: Sequence[Sequence[int]]) -> list[tuple[Any, Any]]:
        import torch

        cls, sep = (self._tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]"))
        rows = [[cls, *asked, sep, *ids, sep] for ids in passages]
        length = max(map(len, rows))
        ids, segments, mask = (torch.zeros((len(rows), length), dtype=torch.int64) for _ in range(3))
        for at, row in enumerate(rows):
            ids[at, : len(row)] = torch.tensor(row)
            segments[at, len(asked) + 2 : len(row)] = 1
            mask[at, : len(row)] = 1
        with torch.inference_mode():
            ends, kinds, _ = self._network(ids, segments, mask)
            ends, kinds = ends.log_softmax(dim=1), kinds.softmax(dim=1)
        return list(zip(ends.numpy(), kinds.numpy(), strict=True))


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


def _load(weights: Path, encoder: Path) -> Any:  # noqa: ANN401 — torch is imported late
    import os

    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    import transformers
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    from models.embedder import fastest_type
    from models.network import FROZEN, ReaderNetwork

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    network = ReaderNetwork(encoder)
    try:
        missing, unexpected = network.load_state_dict(load_file(weights), strict=False)
    except (OSError, SafetensorError, RuntimeError) as problem:
        raise WeightsUnreadable(f"The reader's weights in {weights} cannot be loaded ({problem}).", _CURE) from problem
    if unexpected or set(missing) - {FROZEN}:
        raise WeightsUnreadable(f"The file {weights} does not hold the reader's weights.", _CURE)
    return network.to(fastest_type(torch)).eval()
