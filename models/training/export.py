"""Write a finished training's weights as the project ships them: half precision, without what the embedder has."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file

from models.network import FROZEN
from models.training.train import CHECKPOINT
from models.weights import sha256_of


def export(trained: Path, out: Path) -> str:
    """Write `out` and return its SHA-256."""
    state = torch.load(trained / CHECKPOINT, weights_only=True)["network"]
    kept = {name: tensor.to(torch.float16).contiguous() for name, tensor in state.items() if name != FROZEN}
    kept.pop("encoder.embeddings.position_ids", None)
    out.parent.mkdir(parents=True, exist_ok=True)
    save_file(kept, out)
    return sha256_of(out)


def main() -> None:
    """The command line."""
    import sys

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    sys.stdout.write(f"{export(given.trained, given.out)}  {given.out}\n")


if __name__ == "__main__":
    main()
