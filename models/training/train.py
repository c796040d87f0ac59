"""Train the reader: `python -m models.training.train POOL OUT`. Resumes where it was stopped.

AdamW (Loshchilov & Hutter 2019), linear warm-up and decay; what is kept is a running mean of the weights (Polyak &
Juditsky 1992). On a GPU where there is one, else on the CPU.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from models.network import FROZEN, ReaderNetwork, start
from models.training.export import export
from models.training.judge import MOST, judge
from models.training.pool import Pool
from models.training.recipe import Recipe
from models.training.steps import Training, plain
from models.weights import packaged_embedder, sha256_of

WEIGHTS = "reader.safetensors"
_KEEP = 300.0  # seconds between checkpoints
_LOG = 25  # steps


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
    (out / "recipe.json").write_text(json.dumps(plain(recipe), indent=1) + "\n", "utf-8")
    figures = judge(network, pool, training.tensors, recipe.longest, measured)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return figures


def _log(out: Path, **line: float) -> None:
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


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
