"""The steps of a training in their order, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from models.training.pool import Draw, Ints, Pool, batches, draw, sample
from models.training.recipe import Recipe


class Rounds:
    """Round after round, each drawn anew: which examples, and which part of a long passage.

    Args:
        pool: the examples.
        recipe: how to draw.

    Raises:
        ValueError: there is nothing to learn from.
    """

    def __init__(self, pool: Pool, recipe: Recipe) -> None:
        self._pool, self._recipe = pool, recipe
        self._round = lru_cache(maxsize=1)(self._drawn)
        self.each = len(self._round(0)[1])  # steps of the first round; of the others, about as many
        self.total = self.each * recipe.rounds

    def _drawn(self, number: int) -> tuple[Draw, list[Ints]]:
        r = self._recipe
        rows = sample(self._pool, dict(r.shares), r.seed + number, r.part)
        if not len(rows):
            raise ValueError("the pool holds nothing to learn from")
        drawn = draw(self._pool, rows, r.window, r.longest, r.seed + number)
        return drawn, batches(drawn.lengths, r.batch_tokens, r.seed + number)

    def steps(self, first: int) -> Iterator[tuple[Draw, Ints]]:
        """(draw, places in it) of every step from `first` on."""
        for step in range(first, self.total):
            drawn, order = self._round(step // self.each)
            yield drawn, order[step % self.each % len(order)]
