"""A pool on a device, and batches put together there."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.training.pool import CLS, LABELS, SEP, Draw, Ints, Pool
from models.understander import TEXT_TOKENS

IGNORE = -100  # what cross entropy leaves out


@dataclass(frozen=True)
class Batch:
    """Tensors of shape (batch, length), (batch,) for `start`, `end` and labels; int64, `IGNORE` for what isn't told."""

    ids: Tensor
    segments: Tensor
    mask: Tensor
    start: Tensor  # positions in `ids`; 0 means nowhere
    end: Tensor
    labels: dict[str, Tensor]
    parts: Tensor
    carried: Tensor


def fastest_type(device: str) -> torch.dtype:
    """bfloat16 where it is multiplied natively: twice as fast there, far slower elsewhere."""
    if device == "cuda":
        return torch.bfloat16
    capability = torch.backends.cpu.get_cpu_capability()
    native = capability.startswith("AVX512") and torch.cpu._is_avx512_bf16_supported()
    return torch.bfloat16 if native else torch.float32


class Tensors:
    """The arrays of a pool on a device."""

    def __init__(self, pool: Pool, device: str) -> None:
        def there(values: Ints) -> Tensor:
            return torch.from_numpy(values.astype("int64")).to(device)

        self.device = device
        self._ids, self._starts = there(pool.ids), there(pool.starts)
        self._text, self._passage = there(pool.text), there(pool.passage)
        self._tags = there(pool.tags) if len(pool.tags) else torch.zeros(1, dtype=torch.int64, device=device)
        self._parts_at, self._carried_at = there(pool.parts_at), there(pool.carried_at)
        self._labels = {name: there(getattr(pool, name)) for name in LABELS}
        self._points = there(pool.points)

    def batch(self, drawn: Draw, places: Ints) -> Batch:
        """The rows at some places of a draw, padded to the longest."""
        rows, low, high, start, end = (
            torch.from_numpy(values[places].astype("int64")).to(self.device)
            for values in (drawn.rows, drawn.low, drawn.high, drawn.start, drawn.end)
        )
        length = int(drawn.lengths[places].max())
        text, passage = self._text[rows], self._passage[rows]
        asked = (self._starts[text + 1] - self._starts[text]).clamp(max=TEXT_TOKENS)
        has = passage >= 0
        read = torch.where(has, high - low, 0)
        column = torch.arange(length, device=self.device)
        in_text = (column - 1).unsqueeze(0).expand(len(rows), -1)
        in_passage = column.unsqueeze(0) - (asked + 2).unsqueeze(1)
        is_text = (in_text >= 0) & (in_text < asked.unsqueeze(1))
        is_passage = (in_passage >= 0) & (in_passage < read.unsqueeze(1))
        whole = asked + 2 + torch.where(has, read + 1, 0)
        mask = column.unsqueeze(0) < whole.unsqueeze(1)
        from_text = self._gather(self._ids, self._starts[text], in_text, is_text)
        from_passage = self._gather(self._ids, self._starts[passage.clamp(min=0)] + low, in_passage, is_passage)
        special = torch.where(column.unsqueeze(0) == 0, CLS, SEP) * mask
        ids = torch.where(is_text, from_text, torch.where(is_passage, from_passage, special))
        segments = (mask & (in_passage >= 0)).long()
        told = self._points[rows] > 0
        at = asked + 2
        return Batch(
            ids=ids,
            segments=segments,
            mask=mask.long(),
            start=torch.where(told, torch.where(start >= 0, start + at, 0), IGNORE),
            end=torch.where(told, torch.where(end >= 0, end + at, 0), IGNORE),
            labels={n: torch.where(v[rows] >= 0, v[rows], IGNORE) for n, v in self._labels.items()},
            parts=self._marks(self._parts_at[rows], in_text, is_text),
            carried=self._marks(
                self._carried_at[rows] + low, in_passage, is_passage & (self._carried_at[rows] >= 0).unsqueeze(1)
            ),  # fmt: skip
        )

    def _marks(self, at: Tensor, places: Tensor, shown: Tensor) -> Tensor:
        shown = shown & (at >= 0).unsqueeze(1)
        return torch.where(shown, self._gather(self._tags, at, places, shown), IGNORE)

    @staticmethod
    def _gather(values: Tensor, at: Tensor, places: Tensor, shown: Tensor) -> Tensor:
        where = torch.where(shown, at.unsqueeze(1) + places, 0).clamp(min=0, max=len(values) - 1)
        return values[where]
