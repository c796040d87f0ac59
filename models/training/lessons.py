"""Lessons as token ids: what the LLM reads and what it should go on with, exactly as llama.cpp cuts them in use."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.protocols import Message
from models.training.ragged import joined, parted

_HELD = 0.05  # share of the groups that are held back
_SPLIT_SEED = 20


@dataclass(frozen=True)
class Lesson:
    """A prompt and its completion as token ids."""

    prompt: tuple[int, ...]
    completion: tuple[int, ...]  # ends with the token that ends a turn


@dataclass(frozen=True)
class Row:
    """A lesson as it was written down."""

    messages: tuple[Message, ...]
    completion: str
    group: str
    kind: str


def read(path: Path) -> list[Row]:
    """The lessons of a file that `python -m rag.training_data` wrote."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Row(tuple(Message(m["role"], m["content"]) for m in r["messages"]), r["completion"], r["group"], r["kind"])
        for r in rows
    ]


def split(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Lessons to learn and lessons held back, no group on both sides and of every kind some held back."""
    draw = random.Random(_SPLIT_SEED)
    by_file: dict[str, set[str]] = {}
    for row in rows:
        by_file.setdefault(row.group.split(":")[0], set()).add(row.group)
    held = {g for of in by_file.values() for g in draw.sample(sorted(of), max(1, round(_HELD * len(of))))}
    return [r for r in rows if r.group not in held], [r for r in rows if r.group in held]


def mixed(rows: Sequence[Row], most: Mapping[str, int], seed: int) -> list[Row]:
    """Up to so many lessons of each kind, drawn at random."""
    draw = random.Random(seed)
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return [r for kind, of in by_kind.items() for r in draw.sample(of, min(len(of), most.get(kind, 0)))]


def tokenised(
    rows: Sequence[Row],
    prompt: Callable[[Sequence[Message]], Sequence[int]],
    completion: Callable[[str], Sequence[int]],
    longest: int,
) -> list[Lesson]:
    """The lessons that have up to `longest` tokens."""
    made = [Lesson(tuple(prompt(r.messages)), tuple(completion(r.completion))) for r in rows]
    return [one for one in made if len(one.prompt) + len(one.completion) <= longest]


def save(file: Path, learn: Sequence[Lesson], held: Sequence[Lesson]) -> None:
    """Write lessons as arrays: those to learn, and those that the loss is measured on."""
    beside = file.with_name("next.npz")  # a kill in the middle leaves nothing by the file's name
    both = [*learn, *held]
    prompts, completions = joined([x.prompt for x in both]), joined([x.completion for x in both])
    np.savez_compressed(
        beside,
        prompts=prompts[0],
        prompts_at=prompts[1],
        completions=completions[0],
        completions_at=completions[1],
        learnt=np.array(len(learn)),
    )
    os.replace(beside, file)


def load(file: Path) -> tuple[list[Lesson], list[Lesson]]:
    """What `save` wrote."""
    with np.load(file, allow_pickle=False) as of:
        prompts = parted(of["prompts"], of["prompts_at"])
        completions = parted(of["completions"], of["completions_at"])
        learnt = int(of["learnt"])
    both = [Lesson(p, c) for p, c in zip(prompts, completions, strict=True)]
    return both[:learnt], both[learnt:]


def batches(lessons: Sequence[Lesson], tokens: int, seed: int) -> Iterator[list[int]]:
    """Places of lessons of like length, up to `tokens` padded tokens together, the batches in random order."""
    draw = random.Random(seed)
    order = sorted(range(len(lessons)), key=lambda i: (_length(lessons[i]) + draw.random() * 16, i))
    cut: list[list[int]] = [[]]
    for place in order:
        if cut[-1] and _length(lessons[place]) * (len(cut[-1]) + 1) > tokens:
            cut.append([])
        cut[-1].append(place)
    draw.shuffle(cut)
    yield from cut


def _length(lesson: Lesson) -> int:
    return len(lesson.prompt) + len(lesson.completion)
