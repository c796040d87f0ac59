"""Train the reader: `python -m models.training.train POOL START OUT …`. Resumes where it was stopped.

Loss: cross entropy of the span's two ends, of each label of the example, and of the labels of tokens, added and
averaged over the batch. AdamW (Loshchilov & Hutter 2019), linear warm-up and decay, by steps or by a budget of
seconds, whichever goes faster; what is kept is a running mean of the weights. On a GPU where there is one, else on the
CPU.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.network import FROZEN, ReaderNetwork, start
from models.training.judge import MOST, judge
from models.training.pool import Pool, batches, draw, sample
from models.training.tensors import Batch, Tensors, fastest_type

CHECKPOINT = "checkpoint.pt"
WEIGHTS = "weights.safetensors"
_HEADS_FASTER = 8.0
_IGNORE = -100
_SEED = 80


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, the pool and the first weights aside."""

    layers: int = 6
    epochs: int = 8
    seed: int = 80
    learning_rate: float = 2e-4  # of the encoder; the heads learn eight times as fast
    warmup: float = 0.06  # share of all steps
    batch_tokens: int = 16_384  # padded tokens a step, about 130 examples
    window: tuple[int, int] = (28, 190)  # tokens of a passage that is cut at random
    longest: int = 320  # tokens of any passage
    dropout: float = 0.1
    smoothing: float = 0.02  # of the labels' cross entropy
    mean: float = 0.998  # of the running mean: what stays at a step
    part: float = 1.0  # of every file, for trials
    weights: dict[str, float] = field(default_factory=lambda: {"parts": 2.0, "carried": 2.0})  # of losses; 1 for others
    shares: dict[str, float] = field(default_factory=dict)  # of each origin in a round; 1 for others
    log_every: int = 50
    keep_every: int = 300  # steps between checkpoints
    measured: int = MOST  # rows of each origin that are held back

    @classmethod
    def read(cls, text: str) -> Recipe:
        """From JSON: what it doesn't name stays."""
        given = json.loads(text)
        if "window" in given:
            given["window"] = tuple(given["window"])
        return cls(**given)


def losses(outputs: Mapping[str, Tensor], batch: Batch, smoothing: float) -> dict[str, Tensor]:
    """The loss of each head, summed over the batch's examples: scalars."""
    entropy = nn.functional.cross_entropy
    ends = outputs["span"]
    found = {
        "span": (
            entropy(ends[..., 0], batch.start, ignore_index=_IGNORE, reduction="sum")
            + entropy(ends[..., 1], batch.end, ignore_index=_IGNORE, reduction="sum")
        )
        / 2
    }
    for name in ("kind", "intent", "negated", "depends", "follow"):
        found[name] = entropy(
            outputs[name], batch.labels[name], ignore_index=_IGNORE, reduction="sum", label_smoothing=smoothing
        )
    found["verdict"] = _verdict(outputs["verdict"], batch.labels["verdict"], smoothing)
    for name, tags in (("parts", batch.parts), ("carried", batch.carried)):
        each = entropy(outputs[name].transpose(1, 2), tags, ignore_index=_IGNORE, reduction="none")
        count = (tags != _IGNORE).sum(1).clamp(min=1)
        found[name] = (each.sum(1) / count.sqrt()).sum()  # long texts weigh more, but not by their length
    return found


def _verdict(logits: Tensor, gold: Tensor, smoothing: float) -> Tensor:
    """Of the three verdicts; the fourth label says only that the claim is not supported."""
    logs = nn.functional.log_softmax(logits, dim=-1)
    either = torch.logsumexp(logs[:, 1:], dim=-1, keepdim=True)
    all_four = torch.cat([logs, either], dim=-1)
    known = gold != _IGNORE
    own = all_four.gather(1, gold.clamp(min=0).unsqueeze(1)).squeeze(1)
    spread = logs.mean(-1)
    return -(((1 - smoothing) * own + smoothing * spread) * known).sum()


class Rounds:
    """The steps of a training in order: round after round drawn anew, the same every time.

    Args:
        pool: the examples.
        recipe: how to draw.
    """

    def __init__(self, pool: Pool, recipe: Recipe) -> None:
        self._pool, self._recipe = pool, recipe
        self._first = self._round(0)
        self.each = len(self._first[1])  # steps of the first round; of the others, about as many
        self.total = self.each * recipe.epochs

    def _round(self, number: int) -> tuple[Any, Any]:
        r = self._recipe
        rows = sample(self._pool, r.shares, r.seed + number, r.part)
        drawn = draw(self._pool, rows, r.window, r.longest, r.seed + number)
        return drawn, batches(drawn.lengths, r.batch_tokens, r.seed + number)

    def steps(self, first: int) -> Iterator[tuple[Any, Any]]:
        """(draw, places) of every step from `first` on."""
        done = 0
        while done < self.total:
            number = done // self.each
            drawn, order = self._first if number == 0 else self._round(number)
            order = [order[i % len(order)] for i in range(self.each)]
            for at, places in enumerate(order):
                if done + at >= first:
                    yield drawn, places
            done += self.each


def run(
    out: Path,
    pool: Pool,
    words: Tensor,
    begin: Mapping[str, Tensor],
    config: Mapping[str, Any],
    recipe: Recipe,
    budget: float = math.inf,
    stop_after: int | None = None,
    device: str | None = None,
) -> dict[str, Any]:
    """Train to the end, writing checkpoints and `log.jsonl` to `out`; go on from a checkpoint that lies there.

    Args:
        out: folder of this training.
        pool: what to learn, and what is held back.
        words: the embedder's vectors of its words, which stay as they are.
        begin: weights to begin with, of this depth or half of it.
        config: of the encoder.
        recipe: how.
        budget: seconds; the rate of learning comes down in time.
        stop_after: leave off after this many steps, with a checkpoint.
        device: "cuda" or "cpu"; None for what is there.

    Returns:
        The figures on what is held back; empty if it left off before the end.
    """
    out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    where = device or ("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(_SEED)  # of the heads: the same for all, so that trainings can be averaged
    network = ReaderNetwork(config, recipe.layers, recipe.dropout)
    start(network, begin, words)
    network.to(where)
    learnt = [p for p in network.parameters() if p.requires_grad]
    optimizer = _optimizer(network, recipe)
    mean = [p.detach().clone() for p in learnt]
    rounds = Rounds(pool, recipe)
    tensors = Tensors(pool, where)
    first = _resume(out, network, optimizer, mean)
    sys.stderr.write(f"{rounds.total:,} steps, {rounds.each:,} a round, from step {first:,}, on {where}\n")
    last = rounds.total if stop_after is None else min(rounds.total, first + stop_after)
    network.train()
    sums: dict[str, Tensor] = {}
    seen = 0
    step = first
    for drawn, places in rounds.steps(first):
        used = (time.monotonic() - began) / budget
        if step >= last or used >= 1.0:
            break
        for group in optimizer.param_groups:
            done = max(step / rounds.total, used)
            group["lr"] = group["base"] * rate(done, recipe.warmup)
        torch.manual_seed(recipe.seed * 1_000_000 + step)  # of dropout, so that a resumed training goes on the same way
        batch = tensors.batch(drawn, places)
        with torch.autocast(where, torch.bfloat16, enabled=fastest_type(where) is torch.bfloat16):
            outputs = network(batch.ids, batch.segments, batch.mask)
        parts = losses(outputs, batch, recipe.smoothing)
        loss = torch.stack([parts[n] * recipe.weights.get(n, 1.0) for n in sorted(parts)]).sum() / len(places)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learnt, 1.0, foreach=True)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        # While little is learnt yet, the mean follows closely.
        torch._foreach_lerp_(mean, [p.detach() for p in learnt], 1 - min(recipe.mean, (step + 1) / (step + 10)))
        step += 1
        seen += batch.ids.numel()
        for name, value in parts.items():
            sums[name] = sums.get(name, torch.zeros((), device=where)) + value.detach() / len(places)
        if step % recipe.log_every == 0:
            told = {n: round(float(v) / recipe.log_every, 4) for n, v in sums.items()}
            sums = {}
            _log(out, step=step, of=rounds.total, seconds=round(time.monotonic() - began, 1), tokens=seen, **told)
        if step % recipe.keep_every == 0 or step == last:
            _save(out, network, optimizer, mean, step)
    if step < rounds.total and last < rounds.total and step >= last:
        return {}
    return _finish(out, network, learnt, mean, pool, tensors, recipe, began)


def _finish(
    out: Path,
    network: ReaderNetwork,
    learnt: list[nn.Parameter],
    mean: list[Tensor],
    pool: Pool,
    tensors: Tensors,
    recipe: Recipe,
    began: float,
) -> dict[str, Any]:
    """Take the mean's weights, write them, and measure them."""
    with torch.no_grad():
        for parameter, value in zip(learnt, mean, strict=True):
            parameter.copy_(value)
    export(network, out / WEIGHTS)
    (out / "recipe.json").write_text(json.dumps(asdict(recipe), indent=2) + "\n", "utf-8")
    figures = judge(network, pool, tensors, recipe.longest, recipe.measured)
    figures["seconds"] = round(time.monotonic() - began, 1)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return figures


def export(network: nn.Module, file: Path) -> None:
    """Write weights as the project ships them: half precision, without what the embedder has."""
    state = {n: t.detach().to("cpu", torch.float16).contiguous() for n, t in network.state_dict().items()}
    kept = {n: t for n, t in state.items() if n != FROZEN and not n.endswith("position_ids")}
    save_file(kept, file)


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


def _resume(out: Path, network: nn.Module, optimizer: torch.optim.Optimizer, mean: list[Tensor]) -> int:
    file = out / CHECKPOINT
    if not file.is_file():
        return 0
    state = torch.load(file, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    for kept, value in zip(mean, state["mean"], strict=True):
        kept.copy_(value)
    return int(state["step"])


def _save(out: Path, network: nn.Module, optimizer: torch.optim.Optimizer, mean: list[Tensor], step: int) -> None:
    """A kill in the middle leaves the checkpoint before."""
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean, "step": step}
    torch.save(state, out / "next.pt")
    os.replace(out / "next.pt", out / CHECKPOINT)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path, help="what `python -m models.training.prepare` wrote")
    parser.add_argument("begin", type=Path, help="weights to begin with, as `export` writes them")
    parser.add_argument("words", type=Path, help="safetensors with the embedder's vectors of words, under `words`")
    parser.add_argument("out", type=Path, help="folder for checkpoints; training goes on from one that lies there")
    parser.add_argument("--config", type=Path, required=True, help="the encoder's `config.json`")
    parser.add_argument("--recipe", default="{}", help="JSON of what differs from the usual recipe")
    parser.add_argument("--budget-seconds", type=float, default=math.inf)
    given = parser.parse_args()
    figures = run(
        given.out,
        Pool.load(given.pool),
        load_file(given.words)["words"],
        load_file(given.begin),
        json.loads(given.config.read_text("utf-8")),
        Recipe.read(given.recipe),
        given.budget_seconds,
    )
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
