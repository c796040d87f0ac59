"""Read an adapter that was written for llama.cpp back, so that a training can go on from it.

Its blocks of 8 bits have lost what a checkpoint still has: the loss over held-back lessons is the same to three digits.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from models.training.layout import HEAD, NAMES

_PLACES = {ours: place for place, ours in NAMES.items()}


def adapter_from(file: Path) -> dict[str, Tensor]:
    """What `adapt.adapter_of` gave to `export_adapter.export`, in float32.

    Raises:
        ValueError: the file holds other tensors than those of an adapter.
    """
    from gguf import GGUFReader
    from gguf.quants import dequantize

    made = {}
    for tensor in GGUFReader(file).tensors:
        block, layer, ours, *_, part = tensor.name.split(".")
        if block != "blk" or ours not in _PLACES or part not in ("lora_a", "lora_b"):
            raise ValueError(f"{file.name} holds {tensor.name}, which is no part of an adapter")
        weight = torch.tensor(dequantize(tensor.data, tensor.tensor_type))
        if part == "lora_b" and ours in ("attn_q", "attn_k"):
            rows, rank = weight.shape
            weight = weight.reshape(rows // HEAD, HEAD // 2, 2, rank).swapaxes(1, 2).reshape(rows, rank)
        made[f"model.layers.{layer}.{_PLACES[ours]}.{part[:-1]}{part[-1].upper()}"] = weight.contiguous()
    return made
