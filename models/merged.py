"""The weights of a GGUF file with a LoRA adapter added to them (Hu et al. 2022, ICLR, section 4.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.adapter import BASE
from models.decoder import LlamaShape


class MergedWeights:
    """Gives each weight as float32 by its name, made anew at every call.

    Args:
        model: the GGUF file.
        adapter: of rank and alpha as its file says, trained over exactly this file.

    Raises:
        OSError, ValueError, KeyError: one of them is no such file.
    """

    def __init__(self, model: Path, adapter: Path) -> None:
        from gguf import GGUFReader

        base, changes = GGUFReader(model), GGUFReader(adapter)
        self._base = {tensor.name: tensor for tensor in base.tensors}
        self._changes = {tensor.name: tensor for tensor in changes.tensors}
        self._alpha = float(_field(changes, "adapter.lora.alpha"))
        self.trained_over = str(_field(changes, BASE))  # SHA-256 of a GGUF file
        self.shape = LlamaShape(
            layers=int(_field(base, "llama.block_count")),
            heads=int(_field(base, "llama.attention.head_count")),
            groups=int(_field(base, "llama.attention.head_count_kv")),
            width=int(_field(base, "llama.embedding_length")),
            epsilon=float(_field(base, "llama.attention.layer_norm_rms_epsilon")),
            base=float(_field(base, "llama.rope.freq_base")),
        )

    def __call__(self, name: str) -> npt.NDArray[np.float32]:
        """A weight of shape (out, in), or (width,)."""
        weight = _numbers(self._base[name])
        if f"{name}.lora_a" not in self._changes:
            return weight
        down, up = (_numbers(self._changes[f"{name}.lora_{part}"]) for part in "ab")
        merged: npt.NDArray[np.float32] = weight + np.float32(self._alpha / len(down)) * (up @ down)
        return merged


def _numbers(tensor: Any) -> npt.NDArray[np.float32]:  # noqa: ANN401 — gguf has no types
    from gguf import dequantize

    # As a plain array: slices of a mapped file cost more than the numbers in them.
    found: npt.NDArray[np.float32] = dequantize(np.asarray(tensor.data), tensor.tensor_type)
    return found


def _field(file: Any, name: str) -> Any:  # noqa: ANN401
    field = file.get_field(name)
    if field is None:
        raise KeyError(name)
    return field.contents()
