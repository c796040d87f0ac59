"""Which sentence of another report says the same: by meaning, by shared words, and by whether each is the other's best.

A sentence whose counterpart is missing still has a nearest one, about the same story; but that one lies nearer
to another sentence, which is why the margin over its rivals tells more than the similarity itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.protocols import FloatArray
from rag.corpus.bars import Bars
from rag.language.words import content_stems


@dataclass(frozen=True)
class Aligned:
    """A sentence's nearest one in the other report: its place there, the cosine, and how likely both say the same."""

    nearest: int
    cosine: float
    probability: float


def features(a: Sequence[str], b: Sequence[str], cosines: FloatArray) -> tuple[list[int], FloatArray]:
    """For each sentence of a its nearest in b, and what tells whether both say the same.

    Args:
        a: the sentences of one report, not empty.
        b: the sentences of the other, not empty.
        cosines: of each with each, shape (len(a), len(b)).

    Returns:
        Places in b, and an array of shape (len(a), 4): cosine; its margin over the best other sentence of a;
        the share of a's words that stand in b's; the share of b's that stand in a's.
    """
    stems_a, stems_b = [content_stems(s) for s in a], [content_stems(s) for s in b]
    nearest = cosines.argmax(axis=1).tolist()
    top = np.sort(cosines, axis=0)[::-1]
    rows = []
    for i, j in enumerate(nearest):
        own = float(cosines[i, j])
        rival = float(top[0, j] if top[0, j] > own or len(a) == 1 else top[1, j])
        margin = own - rival if len(a) > 1 else 0.0
        shared = len(stems_a[i] & stems_b[j])
        rows.append([own, margin, shared / max(1, len(stems_a[i])), shared / max(1, len(stems_b[j]))])
    return nearest, np.array(rows, dtype=np.float32)


def align(a: Sequence[str], b: Sequence[str], cosines: FloatArray, bars: Bars) -> list[Aligned]:
    """For each sentence of a its nearest in b and the probability that both say the same."""
    nearest, rows = features(a, b, cosines)
    odds = rows @ np.array(bars.weights, dtype=np.float32) + bars.bias
    return [
        Aligned(j, float(row[0]), 1 / (1 + math.exp(-float(o)))) for j, row, o in zip(nearest, rows, odds, strict=True)
    ]
