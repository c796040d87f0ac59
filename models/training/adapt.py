"""Train the LLM's adapter: `python -m models.training.adapt LESSONS.npz OUT`. Resumes where it was stopped.

LoRA (Hu et al. 2022) on every linear map of the packaged GGUF's own, dequantised weights, so that what is learnt fits
the very numbers that are used later. Loss: cross entropy of the completion's tokens, every token weighing
the same. AdamW, linear warm-up and decay; the base stays as it is. On a GPU where there is one, else on the CPU.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from models.training.base import base_model
from models.training.clock import Clock
from models.training.import_adapter import adapter_from
from models.training.lessons import Lesson, batches, load
from models.training.steps import rate

CHECKPOINT = "adapter.pt"
MAPS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
_KEPT = 30  # steps between checkpoints: three to five minutes
_LOGGED = 10


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, the lessons aside."""

    rank: int = 32  # a multiple of 32: the export's blocks
    alpha: int = 64
    dropout: float = 0.0
    learning_rate: float = 5e-4
    warmup: float = 0.05  # share of all steps
    epochs: float = 1.0
    batch_tokens: int = 4_096  # padded tokens a step
    seed: int = 60


def network(recipe: Recipe, device: str = "cpu") -> Any:  # noqa: ANN401 — peft has no types
    """The packaged model with a fresh adapter around it; the base in bfloat16, the adapter in float32."""
    from peft import LoraConfig, get_peft_model

    base = base_model()
    torch.manual_seed(recipe.seed)
    model = get_peft_model(
        base,
        LoraConfig(r=recipe.rank, lora_alpha=recipe.alpha, lora_dropout=recipe.dropout, target_modules=list(MAPS)),
    )
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    return model.to(device)


def device_of(model: Any) -> torch.device:  # noqa: ANN401
    """Where a model's numbers lie."""
    device: torch.device = next(model.parameters()).device
    return device


def loss_of(model: Any, lessons: Sequence[Lesson]) -> Tensor:  # noqa: ANN401
    """The mean cross entropy of the completions' tokens: a scalar."""
    width = max(len(x.prompt) + len(x.completion) for x in lessons)
    ids = torch.zeros((len(lessons), width), dtype=torch.long)
    read_ = torch.zeros((len(lessons), width), dtype=torch.long)
    target = torch.full((len(lessons), width), -100)
    for row, lesson in enumerate(lessons):
        both = [*lesson.prompt, *lesson.completion]
        ids[row, : len(both)] = torch.tensor(both)
        read_[row, : len(both)] = 1
        # What is read at one place foretells the next.
        target[row, len(lesson.prompt) - 1 : len(both) - 1] = torch.tensor(lesson.completion)
    inner, device = model.get_base_model(), device_of(model)
    hidden = inner.model(input_ids=ids.to(device), attention_mask=read_.to(device)).last_hidden_state
    target = target.to(device)
    wanted = target != -100
    # Only where something is foretold: the map to 49,152 words is a fifth of the work.
    logits = inner.lm_head(hidden[wanted])
    return nn.functional.cross_entropy(logits.float(), target[wanted])


def run(
    out: Path,
    model: Any,  # noqa: ANN401 — peft has no types
    lessons: Sequence[Lesson],
    held: Sequence[Lesson],
    recipe: Recipe,
    stop_after: int | None = None,
    until: float | None = None,
) -> None:
    """Train to the end, writing checkpoints and `log.jsonl` to `out`; go on from a checkpoint that lies there.

    Args:
        out: folder of this training.
        model: what `network` makes of the recipe; it is trained in its place.
        lessons: what to learn.
        held: what to measure the loss on at the end.
        recipe: how.
        stop_after: leave off after this many steps, with a checkpoint.
        until: seconds since the epoch by which the rate shall have come down to nothing; None to take all steps.
    """
    out.mkdir(parents=True, exist_ok=True)
    order = _order(lessons, recipe)
    learnt = [p for p in model.parameters() if p.requires_grad]
    clock = Clock(until)
    optimizer = torch.optim.AdamW(learnt, lr=recipe.learning_rate, weight_decay=0.0, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rate(clock.share(step / len(order)), recipe.warmup)
    )
    first = resume(out, model, optimizer, schedule, clock)
    sys.stderr.write(f"{len(lessons):,} lessons, {len(order):,} steps, from step {first:,}\n")
    model.train()
    began, mean = time.perf_counter(), 0.0
    last = len(order) if stop_after is None else min(len(order), first + stop_after)
    for step in range(first, last):
        if clock.over:
            last = step
            break
        torch.manual_seed(recipe.seed * 1_000_000 + step)  # of dropout
        with torch.autocast(device_of(model).type, torch.bfloat16):
            loss = loss_of(model, [lessons[p] for p in order[step]])
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        mean = 0.9 * mean + 0.1 * float(loss.detach()) if step > first else float(loss.detach())
        done = step + 1
        if done % _LOGGED == 0:
            _log(out, step=done, of=len(order), loss=round(mean, 4), seconds=round(time.perf_counter() - began))
        if done % _KEPT == 0 or done == last:
            save(out, model, optimizer, schedule, done, asdict(recipe), clock.seconds)
    if clock.over:
        save(out, model, optimizer, schedule, last, asdict(recipe), clock.seconds)
    if last == len(order) or clock.over:
        _log(out, held_loss=round(_held_loss(model, held, recipe), 4), held=len(held))


def _held_loss(model: Any, held: Sequence[Lesson], recipe: Recipe) -> float:  # noqa: ANN401
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad(), torch.autocast(device_of(model).type, torch.bfloat16):
        for places in batches(held, recipe.batch_tokens, recipe.seed):
            part = [held[p] for p in places]
            size = sum(len(x.completion) for x in part)
            total, count = total + float(loss_of(model, part)) * size, count + size
    return total / max(1, count)


def _order(lessons: Sequence[Lesson], recipe: Recipe) -> list[list[int]]:
    order: list[list[int]] = []
    for number in range(math.ceil(recipe.epochs)):
        own = list(batches(lessons, recipe.batch_tokens, recipe.seed + number))
        order += own[: round(min(1.0, recipe.epochs - number) * len(own))]
    return order


def _log(out: Path, **line: float) -> None:
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def adapter_of(model: Any) -> dict[str, Tensor]:  # noqa: ANN401
    """What is learnt: "model.layers.0.self_attn.q_proj.lora_A" and so on, in float32."""
    named = {n: p.detach() for n, p in model.named_parameters() if p.requires_grad}
    return {n.removeprefix("base_model.model.").replace(".default.weight", ""): p for n, p in named.items()}


def begin_with(model: Any, adapter: Mapping[str, Tensor]) -> None:  # noqa: ANN401
    """Put an adapter in the place of the model's own."""
    with torch.no_grad():
        for name, parameter in adapter_of(model).items():
            parameter.copy_(adapter[name])


def resume(out: Path, model: Any, optimizer: Any, schedule: Any, clock: Clock | None = None) -> int:  # noqa: ANN401
    """Take up the checkpoint in a folder, if one lies there; the steps that it has done, else 0."""
    file = out / CHECKPOINT
    if not file.is_file():
        return 0
    state = torch.load(file, weights_only=True, map_location=device_of(model))
    begin_with(model, state["adapter"])
    if clock is not None:
        clock.spent = state["seconds"]
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


def save(
    out: Path,
    model: Any,  # noqa: ANN401
    optimizer: Any,  # noqa: ANN401
    schedule: Any,  # noqa: ANN401
    step: int,
    recipe: Mapping[str, Any],
    seconds: float = 0.0,
) -> None:
    """Write a checkpoint; a kill in the middle leaves the one before. `seconds`: what the training took so far."""
    state = {
        "adapter": adapter_of(model),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
        "seconds": seconds,
        "recipe": dict(recipe),
    }
    torch.save(state, out / "next.pt")
    os.replace(out / "next.pt", out / CHECKPOINT)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", type=Path, help="what `python -m models.training.tokenise` wrote")
    parser.add_argument("out", type=Path, help="folder for checkpoints; training goes on from one that lies there")
    parser.add_argument("--epochs", type=float, default=Recipe.epochs)
    parser.add_argument("--learning-rate", type=float, default=Recipe.learning_rate)
    parser.add_argument("--begin-with", type=Path, default=None, help="an exported adapter to go on from")
    parser.add_argument("--minutes", type=float, default=None, help="the rate comes down to nothing within these")
    given = parser.parse_args()
    recipe = Recipe(epochs=given.epochs, learning_rate=given.learning_rate)
    learn, held = load(given.lessons)
    model = network(recipe, "cuda" if torch.cuda.is_available() else "cpu")
    if given.begin_with:
        begin_with(model, adapter_from(given.begin_with))
    until = None if given.minutes is None else time.time() + 60 * given.minutes
    run(given.out, model, learn, held, recipe, until=until)


if __name__ == "__main__":
    main()
