"""The weights of a GGUF file with a LoRA adapter added to them (Hu et al. 2022, ICLR, section 4.1)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.adapter import BASE
from models.decoder import LlamaShape
from models.gguf_file import GGUFFile, Numbers


class MergedWeights:
    """Gives each weight as float32 by its name, made anew at every call.

    Args:
        model: the GGUF file.
        adapter: of rank and alpha as its file says, trained over exactly this file.

    Raises:
        OSError, ValueError, KeyError: one of them is no such file.
    """

    def __init__(self, model: Path, adapter: Path) -> None:
        self._base, self._changes = GGUFFile(model), GGUFFile(adapter)
        self._alpha = float(self._changes.values["adapter.lora.alpha"])
        self.trained_over = str(self._changes.values[BASE])  # SHA-256 of a GGUF file
        of = self._base.values
        self.shape = LlamaShape(
            layers=int(of["llama.block_count"]),
            heads=int(of["llama.attention.head_count"]),
            groups=int(of["llama.attention.head_count_kv"]),
            width=int(of["llama.embedding_length"]),
            epsilon=float(of["llama.attention.layer_norm_rms_epsilon"]),
            base=float(of["llama.rope.freq_base"]),
        )

    def __call__(self, name: str) -> Numbers:
        """A weight of shape (out, in), or (width,).

        Raises:
            KeyError, ValueError: there is none, or it is cut off.
        """
        weight = self._base.tensor(name)
        if f"{name}.lora_a" not in self._changes.names:
            return weight
        down, up = (self._changes.tensor(f"{name}.lora_{part}") for part in "ab")
        weight += np.float32(self._alpha / len(down)) * (up @ down)
        return weight
