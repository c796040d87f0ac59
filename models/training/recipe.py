"""What the reader is trained on: which examples, how many hard negatives, how long. The one place to change it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.training import examples as files
from models.training import negatives
from models.training.examples import Example


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out."""

    name: str = "reader"
    seed: int = 20
    epochs: float = 1.5
    learning_rate: float = 1.2e-4  # of the encoder; the heads learn eight times as fast
    warmup: float = 0.06  # share of all steps
    batch_tokens: int = 4_096  # padded tokens a step, about 30 examples
    window: tuple[int, int] = (80, 200)  # tokens of a passage; the pipeline's windows have about 120
    qamr: int = 9_000
    other_paragraph: float = 0.6
    without_answer: float = 0.35
    exchanged: float = 0.3
    dev_share: float = 0.1  # of groups


def split(recipe: Recipe, folder: Path) -> tuple[list[Example], list[Example]]:
    """Examples to train on and examples held back, no group on both sides."""
    squad = files.squad(folder)
    condaqa = files.condaqa(folder)
    natural = files.natural_questions(folder)
    read = [
        *squad,
        *negatives.other_paragraphs(squad, recipe.seed, recipe.other_paragraph),
        *negatives.without_answer([*squad, *natural], recipe.seed + 1, recipe.without_answer),
        *negatives.exchanged(squad, recipe.seed + 2, recipe.exchanged),
        *condaqa,
        *condaqa,  # twice, each time cut otherwise: nothing else teaches polarity
        *negatives.shuffled(condaqa, recipe.seed + 3, 0.15),
        *natural,
        *negatives.shuffled(natural, recipe.seed + 4, 0.3),
        *files.qamr(folder, recipe.seed + 5, recipe.qamr),
        *files.negated_nli(folder),
        *files.wice(folder),
    ]
    held = _held(read, recipe)
    return [e for e in read if e.group not in held], [e for e in read if e.group in held]


def _held(read: Sequence[Example], recipe: Recipe) -> frozenset[str]:
    draw = random.Random(recipe.seed)
    by_file: dict[str, list[str]] = {}
    for group in sorted({e.group for e in read}):
        by_file.setdefault(group.split(":")[0], []).append(group)
    return frozenset(g for of in by_file.values() for g in draw.sample(of, max(1, round(recipe.dev_share * len(of)))))
