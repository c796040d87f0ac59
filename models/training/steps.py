"""A network on its way: its steps, and the checkpoints between them."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.network import FROZEN, ReaderNetwork
from models.training.losses import losses
from models.training.pool import Draw, Ints, Pool
from models.training.recipe import Recipe
from models.training.rounds import Rounds
from models.training.tensors import Tensors, fastest_type

CHECKPOINT = "checkpoint.pt"
_HEADS_FASTER = 8.0


class Training:
    """A network on its way.

    Args:
        network: what learns, with its first weights.
        pool: what it learns.
        recipe: how.
        device: "cuda" or "cpu".
    """

    def __init__(self, network: ReaderNetwork, pool: Pool, recipe: Recipe, device: str) -> None:
        self.network = network.to(device)
        self.tensors = Tensors(pool, device)
        self.rounds = Rounds(pool, recipe)
        self.step = 0  # done
        self._recipe, self._device = recipe, device
        self._learnt = [p for p in network.parameters() if p.requires_grad]
        self._mean = [p.detach().clone() for p in self._learnt]
        self._optimizer = _optimizer(network, recipe)

    def learn(self, drawn: Draw, places: Ints) -> dict[str, Tensor]:
        """Take a step; the mean loss of each head: scalars."""
        r = self._recipe
        for group in self._optimizer.param_groups:
            group["lr"] = group["base"] * rate(self.step / self.rounds.total, r.warmup)
        torch.manual_seed(r.seed * 1_000_000 + self.step)  # of dropout, so that a resumed training goes on the same way
        self.network.train()
        batch = self.tensors.batch(drawn, places)
        with torch.autocast(self._device, torch.bfloat16, enabled=fastest_type(self._device) is torch.bfloat16):
            outputs = self.network(batch.ids, batch.segments, batch.mask)
        each = {name: loss / len(places) for name, loss in losses(outputs, batch, r.smoothing).items()}
        total = torch.stack([loss * r.weights.get(name, 1.0) for name, loss in each.items()]).sum()
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._learnt, 1.0, foreach=True)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        # While little is learnt yet, the mean follows closely.
        stays = min(r.mean, (self.step + 1) / (self.step + 10))
        torch._foreach_lerp_(self._mean, [p.detach() for p in self._learnt], 1 - stays)
        self.step += 1
        return {name: loss.detach() for name, loss in each.items()}

    def _of(self) -> str:
        return f"{self.rounds.total} steps: {json.dumps(plain(self._recipe), sort_keys=True)}"

    def take_mean(self) -> None:
        """Make the running mean of the weights the network's own."""
        with torch.no_grad():
            for parameter, value in zip(self._learnt, self._mean, strict=True):
                parameter.copy_(value)

    def resume(self, folder: Path) -> None:
        """Go on from the checkpoint in a folder, if one lies there.

        Raises:
            ValueError: it is of another recipe or pool.
        """
        file = folder / CHECKPOINT
        if not file.is_file():
            return
        state = torch.load(file, weights_only=True, map_location=self._device)
        if state["of"] != self._of():
            raise ValueError(f"{file} is of another training. Delete it, or name another folder.")
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._mean = state["mean"]
        self.step = int(state["step"])

    def save(self, folder: Path) -> None:
        """Write a checkpoint; a kill in the middle leaves the one before."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "mean": self._mean,
            "step": self.step,
            "of": self._of(),
        }
        torch.save(state, folder / "next.pt")
        os.replace(folder / "next.pt", folder / CHECKPOINT)


def _optimizer(network: ReaderNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.") and name != FROZEN]
    rates = (recipe.learning_rate, recipe.learning_rate * _HEADS_FASTER)
    groups = [{"params": p, "lr": r, "base": r} for p, r in zip((encoder, heads), rates, strict=True)]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def rate(done: float, warmup: float) -> float:
    """Share of the learning rate after a share of the training: up in a line over `warmup`, then down to nothing."""
    return max(0.02 if done < warmup else 0.0, min(done / warmup, (1.0 - done) / (1.0 - warmup)))


def plain(recipe: Recipe) -> dict[str, Any]:
    """A recipe as JSON takes it."""
    return asdict(replace(recipe, shares=dict(recipe.shares), weights=dict(recipe.weights)))
