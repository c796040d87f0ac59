"""Train the reader: `python -m models.training.train OUT [--from OUT] …`. Resumes where it was stopped.

Loss: cross entropy of the span's two ends, of the kind of answer, and of the verdict, each averaged
over the examples that have it, added. AdamW (Loshchilov & Hutter 2019), linear warm-up and decay.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.library import fastest_type
from models.network import FROZEN, ReaderNetwork
from models.training.batches import IGNORE, Batch, Encoded, batches, collate, encode, tokenizer
from models.training.examples import Example
from models.training.recipe import RECIPES, Recipe, split
from models.weights import packaged_embedder

CHECKPOINT = "checkpoint.pt"
_KEPT = 300  # steps between checkpoints: three to five minutes
_LOGGED = 50  # steps between lines of the log
_HEADS_FASTER = 8.0


def loss_of(outputs: tuple[Tensor, Tensor, Tensor], batch: Batch) -> Tensor:
    """The loss of one batch: a scalar."""
    ends, kind, verdict = outputs
    entropy = nn.functional.cross_entropy
    terms = [
        (
            entropy(ends[..., 0], batch.start, ignore_index=IGNORE)
            + entropy(ends[..., 1], batch.end, ignore_index=IGNORE)
        )
        / 2
        if (batch.start != IGNORE).any()
        else ends.new_zeros(()),
        entropy(kind, batch.kind, ignore_index=IGNORE) if (batch.kind != IGNORE).any() else ends.new_zeros(()),
        entropy(verdict, batch.verdict, ignore_index=IGNORE) if (batch.verdict != IGNORE).any() else ends.new_zeros(()),
    ]
    return torch.stack(terms).sum()


def run(
    out: Path,
    examples: Sequence[Example],
    recipe: Recipe,
    start_from: Path | None = None,
    stop_after: int | None = None,
) -> None:
    """Train to the end, writing checkpoints and `log.jsonl` to `out`; go on from a checkpoint that lies there.

    Args:
        out: folder of this training.
        examples: what to learn.
        recipe: how.
        start_from: folder of a finished training to begin with, or a file that `export` wrote.
        stop_after: leave off after this many steps, with a checkpoint.
    """
    torch.manual_seed(recipe.seed)  # of the heads
    folder = packaged_embedder()
    out.mkdir(parents=True, exist_ok=True)
    encoded, order = _rounds(examples, tokenizer(folder), recipe)
    network = ReaderNetwork(folder, recipe.dropout)
    if start_from:
        _start(network, start_from)
    total = len(order)
    optimizer = _optimizer(network, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, total, recipe.warmup))
    first = _resume(out, network, optimizer, schedule)
    sys.stderr.write(f"{len(encoded):,} examples, {total:,} steps, from step {first:,}\n")
    native = fastest_type() is torch.bfloat16
    network.train()
    began, mean = time.perf_counter(), 0.0
    last = total if stop_after is None else min(total, first + stop_after)
    for step in range(first, last):
        torch.manual_seed(recipe.seed * 1_000_000 + step)  # of dropout, so that a resumed training goes on the same way
        batch = collate([encoded[p] for p in order[step]])
        with torch.autocast("cpu", torch.bfloat16, enabled=native):
            outputs = network(batch.ids, batch.segments, batch.mask)
        loss = loss_of(outputs, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        mean = 0.98 * mean + 0.02 * float(loss.detach()) if step > first else float(loss.detach())
        if (step + 1) % _LOGGED == 0:
            _log(
                out,
                {"step": step + 1, "of": total, "loss": round(mean, 4), "seconds": round(time.perf_counter() - began)},
            )
        if (step + 1) % _KEPT == 0 or step + 1 == last:
            _save(out, network, optimizer, schedule, step + 1, recipe)


def _rounds(examples: Sequence[Example], tokens: Tokenizer, recipe: Recipe) -> tuple[list[Encoded], list[list[int]]]:
    """All rounds' examples, cut anew in each, and their batches in order; the last round perhaps a part."""
    encoded: list[Encoded] = []
    order: list[list[int]] = []
    for number in range(math.ceil(recipe.epochs)):
        cut = encode(examples, tokens, recipe.window, recipe.seed + number)
        share = min(1.0, recipe.epochs - number)
        own = batches(cut, recipe.batch_tokens, recipe.seed + number)
        order += [[place + len(encoded) for place in places] for places in own[: round(share * len(own))]]
        encoded += cut
    return encoded, order


def _start(network: nn.Module, start_from: Path) -> None:
    """Take the weights of a finished training, or of a file that `export` wrote (the embedder's own part is there)."""
    if start_from.is_dir():
        network.load_state_dict(torch.load(start_from / CHECKPOINT, weights_only=True)["network"])
        return
    missing, unexpected = network.load_state_dict(load_file(start_from), strict=False)
    if unexpected or set(missing) - {FROZEN}:
        raise ValueError(f"{start_from} does not hold a reader's weights")


def _log(out: Path, line: dict[str, float]) -> None:
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def _optimizer(network: ReaderNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.") and name != FROZEN]
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": recipe.learning_rate},
            {"params": heads, "lr": recipe.learning_rate * _HEADS_FASTER},
        ],
        weight_decay=0.01,
        fused=True,
    )


def rate(step: int, total: int, warmup: float) -> float:
    """Share of the learning rate at a step: up in a line over the share `warmup` of all steps, then down to nothing."""
    up = max(1.0, warmup * total)
    return min((step + 1) / up, max(0.0, (total - step) / (total - up)))


def _resume(out: Path, network: nn.Module, optimizer: Any, schedule: Any) -> int:  # noqa: ANN401 — torch's are untyped
    file = out / CHECKPOINT
    if not file.is_file():
        return 0
    state = torch.load(file, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


def _save(out: Path, network: nn.Module, optimizer: Any, schedule: Any, step: int, recipe: Recipe) -> None:  # noqa: ANN401
    """A kill in the middle leaves the checkpoint before."""
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    torch.save(state, out / "next.pt")
    os.replace(out / "next.pt", out / CHECKPOINT)
    (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=2) + "\n", "utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for checkpoints; training goes on from one that lies there")
    parser.add_argument("--data", type=Path, default=Path("../shared/train"))
    parser.add_argument("--start-from", type=Path, default=None, help="a finished training, or exported weights")
    parser.add_argument("--recipe", choices=RECIPES, default="first")
    parser.add_argument("--mined", type=Path, default=None, help="what `python -m rag.mining` wrote")
    given = parser.parse_args()
    recipe = RECIPES[given.recipe]
    learned, _ = split(recipe, given.data, given.mined)
    run(given.out, learned, recipe, given.start_from)


if __name__ == "__main__":
    main()
