"""Write a trained adapter for llama.cpp: `python -m models.training.export_adapter OUT FILE.gguf`.

Names and layout are those of llama.cpp's own `convert_lora_to_gguf.py`. The file names the hash of the base that it was
trained on.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import torch
from torch import Tensor

from models.adapter import BASE
from models.training.adapt import CHECKPOINT
from models.training.layout import HEAD, NAMES
from models.weights import LLM_SHA256, sha256_of


def tensors(adapter: dict[str, Tensor]) -> dict[str, Tensor]:
    """The adapter under llama.cpp's names, its queries and keys in llama.cpp's order of rotary pairs."""
    made = {}
    for name, weight in adapter.items():
        _, _, layer, place, part = name.replace("self_attn.", "self_attn/").replace("mlp.", "mlp/").split(".")
        ours = place.replace("/", ".")
        if part == "lora_B" and ours in ("self_attn.q_proj", "self_attn.k_proj"):
            rows, rank = weight.shape
            weight = weight.reshape(rows // HEAD, 2, HEAD // 2, rank).swapaxes(1, 2).reshape(rows, rank)
        made[f"blk.{layer}.{NAMES[ours]}.weight.{part.lower()}"] = weight.contiguous()
    return made


def export(state: dict[str, object], file: Path, name: str = "Unsaid drafter") -> None:
    """Write a checkpoint's adapter in blocks of 8 bits.

    llama.cpp multiplies by these faster than by float16, and the loss is the same; a rank must be a multiple of 32.
    """
    from gguf import GGMLQuantizationType, GGUFWriter
    from gguf.quants import quantize

    beside = file.with_suffix(".part")
    writer = GGUFWriter(beside, "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(state["recipe"]["alpha"]))  # type: ignore[index]
    writer.add_string("general.name", name)
    writer.add_string("general.license", "cc-by-sa-4.0")
    writer.add_string(BASE, LLM_SHA256)
    for name, weight in tensors(state["adapter"]).items():  # type: ignore[arg-type]
        kind = GGMLQuantizationType.Q8_0
        writer.add_tensor(name, quantize(weight.float().cpu().numpy(), kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(beside, file)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("training", type=Path, help="the folder of a training")
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", default="Unsaid drafter", help="what the file calls itself")
    given = parser.parse_args()
    export(torch.load(given.training / CHECKPOINT, weights_only=True), given.file, given.name)
    sys.stderr.write(f"{given.file.stat().st_size / 1e6:.1f} MB, SHA-256 {sha256_of(given.file)}\n")


if __name__ == "__main__":
    main()
