"""What the reader is trained on: which examples, how many hard negatives, how long. The one place to change it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.training import edits, negatives, statements
from models.training import examples as files
from models.training.examples import Example

_SPLIT_SEED = 20  # what is held back is the same for all recipes
_SPLIT_SHARE = 0.1  # of the groups of each file


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out."""

    seed: int = 20
    epochs: float = 1.5
    learning_rate: float = 1.2e-4  # of the encoder; the heads learn eight times as fast
    warmup: float = 0.06  # share of all steps
    batch_tokens: int = 4_096  # padded tokens a step, about 30 examples
    window: tuple[int, int] = (80, 200)  # tokens of a passage; the pipeline's windows have about 120
    qamr: int = 9_000
    condaqa: int = 2  # times, each time cut otherwise
    other_paragraph: float = 0.6
    without_answer: float = 0.35
    exchanged: float = 0.3
    exchanged_within: float = 0.0
    opposites: float = 0.0
    cut_out: float = 0.0
    mined: float = 0.0  # share of what retrieval brought up
    polar: int = 0  # statements made into yes/no questions, of SQuAD's paragraphs and of QAMR's sentences each
    claims: int = 0  # likewise
    qamr_fewer: bool = False
    qamr_near: bool = False
    dropout: float = 0.0


# The second goes on from the first: fresh cuts every round, windows as short as a sentence, dropout, all questions of
# single sentences, passages that retrieval brought up, negatives that differ in a word, yes/no questions and claims
# made from statements.
RECIPES = {
    "first": Recipe(),
    "second": Recipe(
        seed=80,
        epochs=1.6,
        learning_rate=1.8e-4,
        window=(28, 190),
        qamr=33_000,
        qamr_fewer=True,
        qamr_near=True,
        condaqa=1,
        other_paragraph=0.25,
        without_answer=0.4,
        exchanged=0.25,
        exchanged_within=0.25,
        opposites=0.7,
        cut_out=0.35,
        mined=0.3,
        polar=1_500,
        claims=1_400,
        dropout=0.1,
    ),
}


def split(recipe: Recipe, folder: Path, mined: Path | None = None) -> tuple[list[Example], list[Example]]:
    """Examples to train on and examples held back, no group on both sides.

    Args:
        recipe: what to take.
        folder: of the training data.
        mined: what `python -m rag.mining` wrote, for recipes that take of it.
    """
    if recipe.mined and mined is None:
        raise ValueError("this recipe needs mined negatives: python -m rag.mining TRAIN OUT.jsonl, then --mined")
    squad = files.squad(folder)
    condaqa = files.condaqa(folder)
    natural = files.natural_questions(folder)
    qamr = files.qamr(folder, recipe.seed + 5, recipe.qamr, recipe.qamr_fewer, recipe.qamr_near)
    rest = [*files.negated_nli(folder), *files.wice(folder)]
    read = [
        *squad,
        *negatives.other_paragraphs(squad, recipe.seed, recipe.other_paragraph),
        *negatives.without_answer([*squad, *natural], recipe.seed + 1, recipe.without_answer),
        *edits.exchanged(squad, recipe.seed + 2, recipe.exchanged),
        *edits.exchanged_within(squad, recipe.seed + 9, recipe.exchanged_within),
        *edits.opposites(squad, recipe.seed + 10, recipe.opposites),
        *edits.cut_out([*squad, *natural, *qamr], recipe.seed + 11, recipe.cut_out),
        *condaqa * recipe.condaqa,
        *negatives.shuffled(condaqa, recipe.seed + 3, 0.15),
        *natural,
        *negatives.shuffled(natural, recipe.seed + 4, 0.3),
        *qamr,
        *rest,
        *(negatives.mined(mined, recipe.seed + 6, recipe.mined) if mined else ()),
        *(e for of in (squad, qamr) for e in statements.polar(of, recipe.seed + 7, recipe.polar)),
        *(e for of in (squad, qamr) for e in statements.claims(of, recipe.seed + 8, recipe.claims)),
    ]
    held = _held([*squad, *condaqa, *natural, *files.qamr(folder, _SPLIT_SEED + 5, Recipe.qamr), *rest])
    return [e for e in read if not {e.group, e.beside} & held], [e for e in read if e.group in held]


def _held(read: Sequence[Example]) -> frozenset[str]:
    draw = random.Random(_SPLIT_SEED)
    by_file: dict[str, list[str]] = {}
    for group in sorted({e.group for e in read}):
        by_file.setdefault(group.split(":")[0], []).append(group)
    return frozenset(g for of in by_file.values() for g in draw.sample(of, max(1, round(_SPLIT_SHARE * len(of)))))


def held_before(folder: Path) -> frozenset[str]:
    """The groups that the recipes above hold back."""
    qamr = files.qamr(folder, _SPLIT_SEED + 5, Recipe.qamr)
    rest = [*files.negated_nli(folder), *files.wice(folder)]
    return _held([*files.squad(folder), *files.condaqa(folder), *files.natural_questions(folder), *qamr, *rest])
