"""A trained network's weights as the project ships them."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from models.network import FROZEN, ReaderNetwork


def export(network: ReaderNetwork, file: Path) -> None:
    """Write weights in half precision, without what the embedder has."""
    state = {n: t.detach().to("cpu", torch.float16).contiguous() for n, t in network.state_dict().items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({n: t for n, t in state.items() if n != FROZEN and not n.endswith("position_ids")}, file)
