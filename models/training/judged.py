"""Train the judge: `python -m models.training.judged CASES.npz OUT`. Resumes where it was stopped.

An adapter as `models.training.adapt` makes it (LoRA, Hu et al. 2022, over the packaged GGUF's own weights), taught one
word after each query. Loss: cross entropy of four words; where it wasn't told which of No and None is right, of their
sum.
Only the last token of a query is mapped to words: the map to 49,152 words would be a fifth of the work. On a GPU where
there is one, else on the CPU.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.training import adapt
from models.training.case_mix import SHARES
from models.training.cases import NO, UNSAID, Encoded, drawn
from models.training.encoded import load
from models.training.import_adapter import adapter_from
from models.training.judged_figures import figures
from models.training.packing import Packed, packed, rows
from models.training.steps import rate

_KEEP = 300.0  # seconds between checkpoints
_LOGGED = 10  # steps
_MEASURED = 100  # cases of one origin that are looked at
_AT_ONCE = 8  # rows that are looked at together


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, the cases aside."""

    rank: int = 64  # a multiple of 32: the export's blocks
    alpha: int = 128
    learning_rate: float = 5e-4
    warmup: float = 0.03  # share of all steps
    steps: int = 800  # 2.4 rounds; twice as many learn by heart
    rows: int = 20  # of a step
    width: int = 384  # tokens of a row: the longest case
    dropout: float = 0.05  # of what goes into the adapter
    seed: int = 90


def head_of(model: Any, words: Sequence[int]) -> Tensor:  # noqa: ANN401 — peft has no types
    """The rows of the map to words that belong to `WORDS`: (4, hidden)."""
    weight: Tensor = model.get_base_model().lm_head.weight
    return weight[list(words)].detach().float().clone()


def logits_of(model: Any, head: Tensor, batch: Packed) -> Tensor:  # noqa: ANN401
    """Logits of the four words at the end of each query: (queries, 4)."""
    inner = model.get_base_model().model
    hidden = inner(
        input_ids=batch.ids, attention_mask=batch.mask, position_ids=batch.positions, use_cache=False
    ).last_hidden_state
    with torch.autocast(hidden.device.type, enabled=False):
        logits: Tensor = hidden[batch.ends[:, 0], batch.ends[:, 1]].float() @ head.T
    return logits


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of each query: (queries,)."""
    logs = logits.log_softmax(-1)
    either = torch.logsumexp(logs[:, [NO, UNSAID]], -1, keepdim=True)
    return -torch.cat([logs, either], -1).gather(1, labels[:, None])[:, 0]


def scores(model: Any, head: Tensor, cases: Sequence[Encoded], width: int) -> tuple[Tensor, Tensor]:  # noqa: ANN401
    """Log probabilities of the four words (queries, 4) and labels (queries,), in the order of packing."""
    model.eval()
    found, labels = [], []
    filled = rows(cases, width)
    device = adapt.device_of(model)
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
        for first in range(0, len(filled), _AT_ONCE):
            batch = packed(filled[first : first + _AT_ONCE], width).to(device)
            found.append(logits_of(model, head, batch).log_softmax(-1).cpu())
            labels.append(batch.labels.cpu())
    model.train()
    return torch.cat(found), torch.cat(labels)


class Schedule:
    """Batch after batch, round after round, the same every time."""

    def __init__(self, cases: Sequence[Encoded], recipe: Recipe) -> None:
        self._cases, self._recipe = cases, recipe
        self._number, self._first, self._filled = -1, 0, list[list[Encoded]]()

    def batch(self, step: int) -> Packed:
        """The batch of a step, counted from 0; steps are asked for in their order.

        Raises:
            ValueError: there is nothing to learn from.
        """
        while (step - self._first) * self._recipe.rows >= len(self._filled):
            self._first += -(-len(self._filled) // self._recipe.rows)
            self._number += 1
            seed = self._recipe.seed + self._number
            self._filled = rows(drawn(self._cases, SHARES, seed), self._recipe.width)
            if not self._filled:
                raise ValueError("there are no cases to learn from")
            random.Random(seed).shuffle(self._filled)
        at = (step - self._first) * self._recipe.rows
        return packed(self._filled[at : at + self._recipe.rows], self._recipe.width)


def run(
    out: Path,
    model: Any,  # noqa: ANN401
    schedule: Schedule,
    words: Sequence[int],
    recipe: Recipe,
    stop_after: int | None = None,
) -> int:
    """Train to the end, writing checkpoints and `log.jsonl` to `out`; go on from a checkpoint that lies there.

    Args:
        out: folder of this training.
        model: what `adapt.network` makes; it is trained in its place.
        schedule: what to learn.
        words: token ids of `WORDS`.
        recipe: how.
        stop_after: leave off after this many steps, with a checkpoint.

    Returns:
        The steps done.
    """
    out.mkdir(parents=True, exist_ok=True)
    head, device = head_of(model, words), adapt.device_of(model)
    learnt = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=recipe.learning_rate, weight_decay=0.0, betas=(0.9, 0.98), fused=True)
    decay = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step / recipe.steps, recipe.warmup))
    first = adapt.resume(out, model, optimizer, decay)
    last = recipe.steps if stop_after is None else min(recipe.steps, first + stop_after)
    sys.stderr.write(f"{recipe.steps:,} steps, from step {first:,}\n")
    model.train()
    kept = began = time.monotonic()
    mean = 0.0
    for step in range(first, last):
        batch = schedule.batch(step).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            logits = logits_of(model, head, batch)
        loss = loss_of(logits, batch.labels).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learnt, 1.0, foreach=True)
        optimizer.step()
        decay.step()
        optimizer.zero_grad(set_to_none=True)
        mean = 0.96 * mean + 0.04 * float(loss.detach()) if step > first else float(loss.detach())
        done = step + 1
        if done % _LOGGED == 0:
            _log(out, step=done, of=recipe.steps, loss=round(mean, 4), seconds=round(time.monotonic() - began))
        if done == last or time.monotonic() - kept > _KEEP:
            adapt.save(out, model, optimizer, decay, done, asdict(recipe))
            kept = time.monotonic()
    return max(first, last)


def _log(out: Path, **line: object) -> None:
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, help="what `python -m models.training.encode_cases` wrote")
    parser.add_argument("out", type=Path, help="folder for checkpoints; training goes on from one that lies there")
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    parser.add_argument("--rank", type=int, default=Recipe.rank)
    parser.add_argument("--learning-rate", type=float, default=Recipe.learning_rate)
    parser.add_argument("--measured", type=int, default=_MEASURED, help="cases of one origin that are looked at")
    parser.add_argument("--dropout", type=float, default=Recipe.dropout)
    parser.add_argument("--begin-with", type=Path, default=None, help="an exported adapter of this rank to go on from")
    given = parser.parse_args()
    rank, rate_ = given.rank, given.learning_rate
    recipe = Recipe(rank, 2 * rank, learning_rate=rate_, steps=given.steps, dropout=given.dropout)
    learn, held, words = load(given.cases)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = adapt.network(adapt.Recipe(rank, recipe.alpha, recipe.dropout, seed=recipe.seed), device)
    if given.begin_with:
        adapt.begin_with(model, adapter_from(given.begin_with))
    run(given.out, model, Schedule(learn, recipe), words, recipe)
    for origin in sorted({c.origin for c in held}):
        of = drawn([c for c in held if c.origin == origin], {}, recipe.seed)[: given.measured]
        logs, labels = scores(model, head_of(model, words), of, recipe.width)
        _log(given.out, origin=origin, **figures(logs.numpy(), labels.numpy()))


if __name__ == "__main__":
    main()
