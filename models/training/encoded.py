"""The judge's cases as token ids in one file of arrays."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.training.cases import Encoded
from models.training.ragged import joined, parted


def save(file: Path, learn: Sequence[Encoded], held: Sequence[Encoded], words: Sequence[int]) -> None:
    """Write cases as arrays: those to learn, those held back, and the token ids of `models.judge.WORDS`."""
    both = [*learn, *held]
    origins = sorted({c.origin for c in both})
    texts, queries = joined([c.text for c in both]), joined([q for c in both for q in c.queries])
    beside = file.with_name("next.npz")  # a kill in the middle leaves nothing by the file's name
    np.savez_compressed(
        beside,
        texts=texts[0],
        texts_at=texts[1],
        queries=queries[0],
        queries_at=queries[1],
        labels=np.array([label for c in both for label in c.labels], dtype=np.int8),
        asked=np.cumsum([0, *(len(c.queries) for c in both)]),
        origin=np.array([origins.index(c.origin) for c in both], dtype=np.int16),
        origins=np.array(origins),
        learnt=np.array(len(learn)),
        words=np.array(words),
    )
    os.replace(beside, file)


def load(file: Path) -> tuple[list[Encoded], list[Encoded], list[int]]:
    """What `save` wrote."""
    with np.load(file, allow_pickle=False) as of:
        texts, queries = parted(of["texts"], of["texts_at"]), parted(of["queries"], of["queries_at"])
        labels, asked, origins = of["labels"].tolist(), of["asked"].tolist(), of["origins"].tolist()
        both = [
            Encoded(text, tuple(queries[a:b]), tuple(labels[a:b]), origins[origin])
            for text, a, b, origin in zip(texts, asked[:-1], asked[1:], of["origin"].tolist(), strict=True)
        ]
        learnt, words = int(of["learnt"]), of["words"].tolist()
    return both[:learnt], both[learnt:], words
