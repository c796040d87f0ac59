"""Train the reader: `python -m models.training.train POOL OUT`. Resumes where it was stopped.

AdamW (Loshchilov & Hutter 2019), linear warm-up and decay; what is kept is a running mean of the weights (Polyak &
Juditsky 1992). On a GPU where there is one, else on the CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from models.network import FROZEN, ReaderNetwork, start
from models.training.export import export
from models.training.judge import MOST, judge
from models.training.losses import losses
from models.training.pool import Draw, Ints, Pool
from models.training.recipe import Recipe
from models.training.rounds import Rounds
from models.training.tensors import Tensors, fastest_type
from models.weights import packaged_embedder, sha256_of

CHECKPOINT = "checkpoint.pt"
WEIGHTS = "reader.safetensors"
_HEADS_FASTER = 8.0
_KEEP = 300.0  # seconds between checkpoints
_LOG = 25  # steps


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

    def take_mean(self) -> None:
        """Make the running mean of the weights the network's own."""
        with torch.no_grad():
            for parameter, value in zip(self._learnt, self._mean, strict=True):
                parameter.copy_(value)

    def resume(self, folder: Path) -> None:
        """Go on from the checkpoint in a folder, if one lies there."""
        file = folder / CHECKPOINT
        if not file.is_file():
            return
        state = torch.load(file, weights_only=True, map_location=self._device)
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
        }
        torch.save(state, folder / "next.pt")
        os.replace(folder / "next.pt", folder / CHECKPOINT)


def run(
    out: Path, network: ReaderNetwork, pool: Pool, recipe: Recipe, stop_after: int | None = None, measured: int = MOST
) -> dict[str, Any]:
    """Train to the end and measure; go on from a checkpoint that lies in `out`.

    Args:
        out: folder of this training: `checkpoint.pt`, `log.jsonl`, and at the end `reader.safetensors`, `recipe.json`
            and `figures.json`.
        network: what learns, with its first weights.
        pool: what to learn, and what is held back.
        recipe: how.
        stop_after: leave off after this many steps, with a checkpoint.
        measured: rows of each origin that are looked at in the end.

    Returns:
        The figures on what is held back; empty if it left off before the end.
    """
    out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    training = Training(network, pool, recipe, device)
    training.resume(out)
    total = training.rounds.total
    last = total if stop_after is None else min(total, training.step + stop_after)
    sys.stderr.write(f"{total:,} steps, {training.rounds.each:,} a round, from {training.step:,}, on {device}\n")
    kept = began = time.monotonic()
    for drawn, places in training.rounds.steps(training.step):
        if training.step >= last:
            break
        each = training.learn(drawn, places)
        if training.step % _LOG == 0:
            told = {name: round(float(loss), 4) for name, loss in each.items()}
            _log(out, step=training.step, of=total, seconds=round(time.monotonic() - began, 1), **told)
        if time.monotonic() - kept > _KEEP:
            training.save(out)
            kept = time.monotonic()
    training.save(out)
    if training.step < total:
        return {}
    training.take_mean()
    export(network, out / WEIGHTS)
    (out / "recipe.json").write_text(json.dumps(_plain(recipe), indent=1) + "\n", "utf-8")
    figures = judge(network, pool, training.tensors, recipe.longest, measured)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return figures


def _plain(recipe: Recipe) -> dict[str, Any]:
    return asdict(replace(recipe, shares=dict(recipe.shares), weights=dict(recipe.weights)))


def _log(out: Path, **line: float) -> None:
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def _optimizer(network: ReaderNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.") and name != FROZEN]
    rates = (recipe.learning_rate, recipe.learning_rate * _HEADS_FASTER)
    groups = [{"params": p, "lr": r, "base": r} for p, r in zip((encoder, heads), rates, strict=True)]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def rate(done: float, warmup: float) -> float:
    """Share of the learning rate after a share of the training: up in a line over `warmup`, then down to nothing."""
    return max(0.02 if done < warmup else 0.0, min(done / warmup, (1.0 - done) / (1.0 - warmup)))


def beginning(encoder: Path, recipe: Recipe, weights: Mapping[str, Tensor] | None = None) -> ReaderNetwork:
    """A network with its first weights.

    Args:
        encoder: the embedder's folder.
        recipe: how deep it is.
        weights: a reader's; None for those of the embedder, and heads by chance.
    """
    given = load_file(encoder / "model.safetensors")
    words = given[FROZEN.removeprefix("encoder.")]
    plain = {f"encoder.{n}": t for n, t in given.items() if not n.startswith("pooler.") and "position_ids" not in n}
    torch.manual_seed(recipe.seed)  # of the heads
    config = json.loads((encoder / "config.json").read_text("utf-8"))
    network = ReaderNetwork(config, recipe.layers, recipe.dropout)
    start(network, plain if weights is None else weights, words)
    return network


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path, help="what `python -m models.training.prepare` wrote")
    parser.add_argument("out", type=Path, help="folder for checkpoints; training goes on from one that lies there")
    parser.add_argument("--begin", type=Path, help="a reader's weights to begin with instead of the embedder's")
    parser.add_argument("--layers", type=int, default=Recipe.layers, help="6 makes a smaller, faster reader")
    parser.add_argument("--rounds", type=int, default=Recipe.rounds)
    parser.add_argument("--part", type=float, default=1.0, help="share of the examples, for trials")
    given = parser.parse_args()
    recipe = Recipe(layers=given.layers, rounds=given.rounds, part=given.part)
    begin = load_file(given.begin) if given.begin else None
    measured = max(1, round(MOST * given.part))
    figures = run(
        given.out, beginning(packaged_embedder(), recipe, begin), Pool.load(given.pool), recipe, measured=measured
    )
    sys.stdout.write(json.dumps(figures, indent=1) + f"\n{sha256_of(given.out / WEIGHTS)}  {given.out / WEIGHTS}\n")


if __name__ == "__main__":
    main()
