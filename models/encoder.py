"""BERT encoders on OpenVINO: built from their safetensors, for this processor, in a tenth of a second.

PyTorch takes seconds to be imported and runs the same weights at half the speed. The layers are those of
BERT (Devlin et al. 2019, NAACL, section 3), attention as in Vaswani et al. 2017, NeurIPS, section 3.2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from models.protocols import FloatArray
from models.silence import openvino, opset

Weights: TypeAlias = Mapping[str, npt.NDArray[Any]]
Tokens: TypeAlias = npt.NDArray[np.int64]
Node: TypeAlias = Any  # of OpenVINO, which is imported late

_HIDDEN = -1e9  # added to the attention that padding would get


@dataclass(frozen=True)
class Shape:
    """What a BERT's `config.json` says of its layers."""

    layers: int
    heads: int
    width: int  # of the hidden states
    epsilon: float  # of the layer norms


def bert_shape(folder: Path) -> Shape | None:
    """The shape of the BERT in a folder; None if another architecture lies there.

    Raises:
        OSError, ValueError, KeyError: there is no readable `config.json`.
    """
    config = json.loads((folder / "config.json").read_text("utf-8"))
    usual = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
    if any(config.get(key, value) != value for key, value in usual.items()) or config.get("is_decoder"):
        return None
    return Shape(
        config["num_hidden_layers"], config["num_attention_heads"], config["hidden_size"], config["layer_norm_eps"]
    )


class Encoder:
    """A compiled encoder. It computes one batch at a time: callers take turns in the lock.

    Args:
        weights: by their names in a BERT's safetensors file, without prefix; any float type.
        shape: of its layers.
        heads: linear layers on top, (weight, bias) each; the outputs instead of the hidden states.
        every: how many of the heads, from the first on, see every token; the others see the first token.
        threads: that compute; 0 for one on each core.

    Raises:
        KeyError, RuntimeError: the weights don't fit.
    """

    def __init__(
        self,
        weights: Weights,
        shape: Shape,
        heads: Sequence[tuple[npt.NDArray[Any], npt.NDArray[Any]]] = (),
        every: int = 0,
        threads: int = 0,
    ) -> None:
        core = openvino().Core()
        native = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.type = "bf16" if native else "f32"
        self._request = core.compile_model(
            _graph(weights, shape, heads, every),
            "CPU",
            # Threads that are not bound to cores leave a core to whoever else is busy there.
            {
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_PRECISION_HINT": self.type,
                "ENABLE_CPU_PINNING": False,
                "INFERENCE_NUM_THREADS": threads,
            },
        ).create_infer_request()

    def run(self, ids: Tokens, segments: Tokens, mask: Tokens) -> list[FloatArray]:
        """Encode a batch.

        Args:
            ids: (batch, length), padded.
            segments: (batch, length), 0 or 1.
            mask: (batch, length), 0 over padding.

        Returns:
            Hidden states (batch, length, width); with heads, their outputs in order instead.
        """
        results = self._request.infer([ids, segments, mask], share_inputs=True)
        return [results[place] for place in range(len(results))]


def batch_of(rows: Sequence[Sequence[int]], step: int = 1) -> tuple[Tokens, Tokens]:
    """Rows of token ids, padded to the longest and to a multiple of `step`, and their mask."""
    length = -(-max(map(len, rows)) // step) * step
    ids, mask = (np.zeros((len(rows), length), dtype=np.int64) for _ in range(2))
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return ids, mask


def _graph(weights: Weights, shape: Shape, heads: Sequence[tuple[Any, Any]], every: int) -> Any:  # noqa: ANN401
    op = opset()
    ids, segments, mask = (op.parameter([-1, -1], np.int64, name=name) for name in ("ids", "segments", "mask"))
    layers = _Layers(weights, shape)
    hidden = layers.embedded(ids, segments)
    shown = op.unsqueeze(op.convert(mask, np.float32), layers.whole(1, 2))
    bias = op.multiply(op.subtract(layers.number(1.0), shown), layers.number(_HIDDEN))
    for layer in range(shape.layers):
        hidden = layers.layer(hidden, bias, f"encoder.layer.{layer}")
    outputs = [hidden]
    if heads:
        first = op.gather(hidden, op.constant(np.int64(0)), op.constant(np.int64(1)))
        outputs = [layers.linear(hidden if n < every else first, *head) for n, head in enumerate(heads)]
    return openvino().Model(outputs, [ids, segments, mask], "encoder")


class _Layers:
    """The parts of a BERT as nodes of OpenVINO."""

    def __init__(self, weights: Weights, shape: Shape) -> None:
        self._op = opset()
        self._weights = weights
        self._shape = shape

    def whole(self, *values: int) -> Node:
        """A constant of whole numbers."""
        return self._op.constant(np.array(values, dtype=np.int64))

    def number(self, value: float) -> Node:
        """A constant."""
        return self._op.constant(np.float32(value))

    def linear(self, x: Node, weight: npt.NDArray[Any], bias: npt.NDArray[Any]) -> Node:
        """A linear layer, its weight of shape (out, in)."""
        op = self._op
        return op.add(op.matmul(x, self._constant(weight), False, True), self._constant(bias))

    def embedded(self, ids: Node, segments: Node) -> Node:
        """Words, places and segments, added and normalised."""
        op, axis = self._op, self._op.constant(np.int64(0))
        length = op.gather(op.shape_of(ids), op.constant(np.int64(1)), axis)
        places = op.range(axis, length, op.constant(np.int64(1)), "i64")
        tables = (("word", ids), ("token_type", segments), ("position", places))
        words, types, at = (
            op.gather(self._constant(self._weights[f"embeddings.{name}_embeddings.weight"]), which, axis)
            for name, which in tables
        )
        return self._norm(op.add(op.add(words, types), at), "embeddings.LayerNorm")

    def layer(self, x: Node, bias: Node, name: str) -> Node:
        """Attention and feed-forward, each added to what came in, and normalised."""
        op = self._op
        query, key, value = (
            self._split(self._named(x, f"{name}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        attended = op.transpose(op.scaled_dot_product_attention(query, key, value, bias), self.whole(0, 2, 1, 3))
        joined = op.reshape(attended, self.whole(0, 0, self._shape.width), True)
        x = self._norm(
            op.add(x, self._named(joined, f"{name}.attention.output.dense")), f"{name}.attention.output.LayerNorm"
        )
        inner = op.gelu(self._named(x, f"{name}.intermediate.dense"), "ERF")
        return self._norm(op.add(x, self._named(inner, f"{name}.output.dense")), f"{name}.output.LayerNorm")

    def _split(self, x: Node) -> Node:
        """From (batch, length, width) to (batch, heads, length, width of a head)."""
        heads, width = self._shape.heads, self._shape.width
        apart = self._op.reshape(x, self.whole(0, 0, heads, width // heads), True)
        return self._op.transpose(apart, self.whole(0, 2, 1, 3))

    def _named(self, x: Node, name: str) -> Node:
        return self.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: Node, name: str) -> Node:
        op = self._op
        even = op.mvn(x, self.whole(-1), True, self._shape.epsilon, "INSIDE_SQRT")
        scaled = op.multiply(even, self._constant(self._weights[f"{name}.weight"]))
        return op.add(scaled, self._constant(self._weights[f"{name}.bias"]))

    def _constant(self, values: npt.NDArray[Any]) -> Node:
        return self._op.constant(np.ascontiguousarray(values, dtype=np.float32))
