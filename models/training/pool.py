"""All training examples in one file of arrays: token ids of every text once, and for each example what it joins.

Rounds draw from it: how many of each origin, and which part of a long passage, is decided anew every time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from models.understander import TEXT_TOKENS

Ints: TypeAlias = npt.NDArray[Any]
NONE = -1  # no label, no text, no place
CLS, SEP = 101, 102
LABELS = ("kind", "verdict", "intent", "negated", "depends", "follow")


@dataclass(frozen=True)
class Pool:
    """Arrays; a row is an example.

    `ids` holds the tokens of all texts; text t is `ids[starts[t]:starts[t + 1]]`. `spans` are first and last token of
    an answer in the passage. `tags` holds labels of tokens: `parts_at` says where those of the row's text begin,
    `carried_at` those of its passage.
    """

    ids: Ints  # uint16
    starts: Ints  # int32 (texts + 1,)
    text: Ints  # int32 (rows,), number of a text
    passage: Ints  # int32 (rows,), likewise; NONE where there is none
    kind: Ints  # int8 (rows,), as all labels; NONE where a row has none
    verdict: Ints
    intent: Ints
    negated: Ints
    depends: Ints
    follow: Ints
    points: Ints  # bool (rows,): whether it is told where the answer stands, or that it stands nowhere
    spans_at: Ints  # int32 (rows + 1,)
    spans: Ints  # int16 (spans, 2)
    tags: Ints  # uint8
    parts_at: Ints  # int32 (rows,)
    carried_at: Ints  # int32 (rows,)
    whole: Ints  # bool (rows,): the passage is not cut at random
    held: Ints  # bool (rows,): held back from training
    origin: Ints  # int16 (rows,), place in `origins`
    origins: Ints  # of text

    def save(self, file: Path) -> None:
        """Write it, compressed."""
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name("next.npz")  # a kill in the middle leaves nothing by the file's name
        np.savez_compressed(beside, **{f.name: getattr(self, f.name) for f in fields(self)})
        os.replace(beside, file)

    @classmethod
    def load(cls, file: Path) -> Pool:
        """Read what `save` wrote."""
        with np.load(file, allow_pickle=False) as arrays:
            return cls(**{f.name: arrays[f.name] for f in fields(cls)})

    def lengths(self, texts: Ints) -> Ints:
        """Tokens of texts; 0 for NONE."""
        known = np.diff(self.starts)
        return np.where(texts >= 0, known[texts], 0)


@dataclass(frozen=True)
class Draw:
    """Rows of a pool as one round reads them: the passage from token `low` to `high`, the answer's place within."""

    rows: Ints
    low: Ints
    high: Ints
    start: Ints  # first token of the answer, counted from `low`; NONE for nowhere
    end: Ints
    lengths: Ints  # tokens altogether


def draw(pool: Pool, rows: Ints, window: tuple[int, int], longest: int, seed: int) -> Draw:
    """Cut the passages of some rows.

    Args:
        pool: where they are from.
        rows: which.
        window: least and greatest number of tokens of a passage that may be cut at random.
        longest: most tokens of any passage.
        seed: of the cuts, and of which answer is pointed at where there are several.
    """
    rng = np.random.default_rng(seed)
    full = pool.lengths(pool.passage[rows])
    size = np.where(pool.whole[rows], longest, rng.integers(window[0], window[1] + 1, len(rows)))
    count = pool.spans_at[rows + 1] - pool.spans_at[rows]
    chosen = pool.spans_at[rows] + (rng.random(len(rows)) * np.maximum(count, 1)).astype(np.int64)
    spans = np.concatenate(
        [pool.spans.astype(np.int64), [[NONE, NONE]]]
    )  # the last for the last rows, if they have none
    has = count > 0
    first = np.where(has, spans[chosen, 0], NONE)
    last = np.where(has, spans[chosen, 1], NONE)
    last = np.where(has, np.minimum(last, first + longest - 1), NONE)
    size = np.minimum(np.maximum(size, last - first + 1), longest)
    least = np.where(has, np.maximum(0, last + 1 - size), 0)
    most = np.where(has, np.minimum(first, full - size), full - size)
    most = np.maximum(most, least)
    # What was said last is kept of a conversation: the cut is made before it.
    low = np.where(pool.depends[rows] >= 0, most, least + (rng.random(len(rows)) * (most - least + 1)).astype(np.int64))
    low = np.where(full <= size, 0, low)
    high = np.minimum(full, low + size)
    text = np.minimum(pool.lengths(pool.text[rows]), TEXT_TOKENS)
    lengths = text + 2 + np.where(pool.passage[rows] >= 0, high - low + 1, 0)
    return Draw(rows, low, high, np.where(has, first - low, NONE), np.where(has, last - low, NONE), lengths)


def sample(pool: Pool, shares: dict[str, float], seed: int, part: float = 1.0) -> Ints:
    """Rows for one round: of each origin as many times its size as `shares` says (1 for others), none held back."""
    rng = np.random.default_rng(seed)
    taken = []
    for number, name in enumerate(pool.origins.tolist()):
        own = np.flatnonzero((pool.origin == number) & ~pool.held)
        share = shares.get(name, 1.0) * part
        whole, rest = int(share), share - int(share)
        taken += [own] * whole + [rng.permutation(own)[: round(rest * len(own))]]
    return np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)


def batches(lengths: Ints, tokens: int, seed: int) -> list[Ints]:
    """Places, batched by like length within a budget of padded tokens, in random order."""
    rng = np.random.default_rng(seed)
    order = np.argsort(lengths + rng.uniform(0, 8, len(lengths)), kind="stable")
    groups, first, longest = [], 0, 0
    for at, length in enumerate(lengths[order].tolist()):
        longest = max(longest, length)
        if at > first and longest * (at - first + 1) > tokens:
            groups.append(order[first:at])
            first, longest = at, length
    groups += [order[first:]] if first < len(order) else []
    return [groups[i] for i in rng.permutation(len(groups))]
