"""Real LoRA adapters for the packaged LLM, made on the spot: of zeros, or of chance."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

from models.adapter import BASE
from models.weights import LLM_SHA256

LAYERS = 30
# Of SmolLM2-135M: what goes in, what comes out.
MAPS = {
    "attn_q": (576, 576),
    "attn_k": (576, 192),
    "attn_v": (576, 192),
    "attn_output": (576, 576),
    "ffn_gate": (576, 1536),
    "ffn_up": (576, 1536),
    "ffn_down": (1536, 576),
}


def made_adapter(
    path: Path,
    *,
    size: float,
    rank: int = 4,
    maps: tuple[str, ...] = ("attn_q", "attn_v"),
    base: str | None = LLM_SHA256,
    narrower: int = 0,
) -> Path:
    """Write an adapter and return its path.

    Args:
        path: the file.
        size: standard deviation of its values; 0 changes nothing.
        rank: of every pair of matrices.
        maps: which linear maps of every layer it changes.
        base: SHA-256 of the file it claims to be for; None to claim nothing.
        narrower: by how much its inputs are too few.
    """
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(rank))
    if base is not None:
        writer.add_string(BASE, base)
    chance = np.random.default_rng(0)
    for layer in range(LAYERS):
        for name in maps:
            wide, high = MAPS[name]
            for side, shape in (("a", (rank, wide - narrower)), ("b", (high, rank))):
                values = size * chance.standard_normal(shape, dtype=np.float32)
                writer.add_tensor(f"blk.{layer}.{name}.weight.lora_{side}", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
