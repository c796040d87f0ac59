"""A Llama decoder on OpenVINO: what comes next after a text, among a few words only.

The layers are those of Llama (Touvron et al. 2023, arXiv:2302.13971, section 2.2) with grouped queries (Ainslie et al.
2023, EMNLP) and rotated positions (Su et al. 2021, arXiv:2104.09864, section 3.4.2). Only the last token's hidden state
is made into logits, and only of the words that are asked for. llama.cpp writes with the same weights; reading many
short texts at once is three times as fast here, where the processor multiplies bfloat16.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from models.protocols import FloatArray
from models.silence import openvino, opset

Weight: TypeAlias = npt.NDArray[Any]
Node: TypeAlias = Any  # of OpenVINO, which is imported late

LONGEST = 640  # tokens of a text


@dataclass(frozen=True)
class LlamaShape:
    """What a GGUF file says of its layers."""

    layers: int
    heads: int
    groups: int  # of heads that share a key and a value
    width: int  # of the hidden states
    epsilon: float  # of the norms
    base: float  # of the rotations

    @property
    def head_width(self) -> int:
        """Of one head."""
        return self.width // self.heads


class Decoder:
    """A compiled decoder. It computes one batch at a time: callers take turns in the lock.

    Args:
        weights: gives a weight of shape (out, in) by its name in a GGUF file ("blk.0.attn_q.weight").
        shape: of the layers.
        words: the tokens whose logits are asked for.

    Raises:
        KeyError, RuntimeError: the weights don't fit.
    """

    def __init__(self, weights: Callable[[str], Weight], shape: LlamaShape, words: Sequence[int]) -> None:
        core = openvino().Core()
        native = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.type = "bf16" if native else "f32"
        self._request = core.compile_model(
            _Layers(weights, shape).model(words),
            "CPU",
            {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": self.type, "ENABLE_CPU_PINNING": False},
        ).create_infer_request()

    def run(self, rows: Sequence[Sequence[int]]) -> FloatArray:
        """Logits of the words after each row of at most `LONGEST` token ids: (rows, words)."""
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row  # what is padded comes later and is not seen
        last = np.array([len(row) - 1 for row in rows], dtype=np.int64)
        found: FloatArray = np.array(self._request.infer([ids, last], share_inputs=True)[0])
        return found


class _Layers:
    """The parts of a decoder as nodes of OpenVINO."""

    def __init__(self, weights: Callable[[str], Weight], shape: LlamaShape) -> None:
        self._op = opset()
        self._weights = weights
        self._shape = shape
        self._turns: Mapping[str, Node] = {}

    def model(self, words: Sequence[int]) -> Any:  # noqa: ANN401 — OpenVINO has no types
        """From ids (batch, length) and the last token's place (batch,) to logits (batch, words)."""
        op = self._op
        ids, last = op.parameter([-1, -1], np.int64, name="ids"), op.parameter([-1], np.int64, name="last")
        embedded = self._weights("token_embd.weight")
        x = op.gather(self._constant(embedded), ids, self._axis(0))
        self._turns = self._rotations(ids)
        for layer in range(self._shape.layers):
            x = self._layer(x, f"blk.{layer}")
        at_last = op.gather(x, op.unsqueeze(last, self._whole(1)), self._axis(1), 1)
        normed = op.squeeze(self._norm(at_last, "output_norm"), self._whole(1))
        logits = op.matmul(normed, self._constant(embedded[list(words)]), False, True)
        return openvino().Model([logits], [ids, last], "decoder")

    def _layer(self, x: Node, name: str) -> Node:
        """Attention to what came before, and a gated feed-forward, each added to what came in."""
        op, shape = self._op, self._shape
        h = self._norm(x, f"{name}.attn_norm")
        query = self._turned(self._split(self._linear(h, f"{name}.attn_q", shape.heads), shape.heads))
        key = self._turned(self._split(self._linear(h, f"{name}.attn_k", shape.groups), shape.groups))
        value = self._split(self._linear(h, f"{name}.attn_v"), shape.groups)
        seen = op.scaled_dot_product_attention(query, self._shared(key), self._shared(value), causal=True)
        joined = op.reshape(op.transpose(seen, self._whole(0, 2, 1, 3)), self._whole(0, 0, shape.width), True)
        x = op.add(x, self._linear(joined, f"{name}.attn_output"))
        h = self._norm(x, f"{name}.ffn_norm")
        gated = op.multiply(op.swish(self._linear(h, f"{name}.ffn_gate")), self._linear(h, f"{name}.ffn_up"))
        return op.add(x, self._linear(gated, f"{name}.ffn_down"))

    def _linear(self, x: Node, name: str, turned: int = 0) -> Node:
        """A linear map; `turned` is the number of its heads where they are rotated.

        GGUF files hold the two halves of such a head's outputs in turn, for llama.cpp rotates neighbours.
        """
        weight = self._weights(f"{name}.weight")
        if turned:
            out, width = weight.shape
            weight = weight.reshape(turned, out // turned // 2, 2, width).swapaxes(1, 2).reshape(out, width)
        return self._op.matmul(x, self._constant(weight), False, True)

    def _split(self, x: Node, heads: int) -> Node:
        """From (batch, length, width) to (batch, heads, length, width of a head)."""
        apart = self._op.reshape(x, self._whole(0, 0, heads, self._shape.head_width), True)
        return self._op.transpose(apart, self._whole(0, 2, 1, 3))

    def _shared(self, x: Node) -> Node:
        """Keys or values once for each head that shares them."""
        op, shape = self._op, self._shape
        size = op.shape_of(x)
        batch, length = (op.gather(size, self._whole(axis), self._axis(0)) for axis in (0, 2))
        wide = [self._whole(shape.groups), self._whole(shape.heads // shape.groups), length]
        spread = op.broadcast(
            op.unsqueeze(x, self._whole(2)), op.concat([batch, *wide, self._whole(shape.head_width)], 0)
        )
        return op.reshape(spread, self._whole(0, shape.heads, -1, shape.head_width), True)

    def _rotations(self, ids: Node) -> dict[str, Node]:
        """The cosines and sines of every place of these ids: (1, 1, length, width of a head)."""
        op, width = self._op, self._shape.head_width
        angles = np.outer(np.arange(LONGEST), self._shape.base ** (-np.arange(0, width, 2) / width))
        both = np.concatenate([angles, angles], axis=1)[None, None]
        length = op.gather(op.shape_of(ids), op.constant(np.int64(1)), self._axis(0))
        places = op.range(self._axis(0), length, op.constant(np.int64(1)), "i64")
        return {
            name: op.gather(op.constant(of(both).astype(np.float32)), places, self._axis(2))
            for name, of in (("cosine", np.cos), ("sine", np.sin))
        }

    def _turned(self, x: Node) -> Node:
        op = self._op
        first, second = op.split(x, self._axis(3), 2).outputs()
        across = op.concat([op.negative(second), first], 3)
        return op.add(op.multiply(x, self._turns["cosine"]), op.multiply(across, self._turns["sine"]))

    def _norm(self, x: Node, name: str) -> Node:
        op = self._op
        square = op.reduce_mean(op.multiply(x, x), self._whole(-1), True)
        even = op.divide(x, op.sqrt(op.add(square, op.constant(np.float32(self._shape.epsilon)))))
        return op.multiply(even, op.constant(self._weights(f"{name}.weight").astype(np.float32)))

    def _constant(self, values: Weight) -> Node:
        """A matrix, held in half its size until it is compiled."""
        return self._op.convert(self._op.constant(np.ascontiguousarray(values, dtype=np.float16)), np.float32)

    def _whole(self, *values: int) -> Node:
        return self._op.constant(np.array(values, dtype=np.int64))

    def _axis(self, value: int) -> Node:
        return self._op.constant(np.int64(value))
