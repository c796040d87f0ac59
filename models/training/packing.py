"""Cases packed into rows of one width, so that nearly no computation is spent on padding.

Within a row a token sees its own case's text, and of the queries only its own: a text is read once for all of them, and
each is answered as if it stood alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from models.training.cases import Encoded

_LOOK = 12  # rows in which room is looked for


@dataclass(frozen=True)
class Packed:
    """Rows as tensors; `ids` and `positions` (rows, width), `mask` (rows, 1, width, width), True where a token sees.

    `ends` (queries, 2) are row and column of each query's last token, `labels` (queries,) places of `cases.WORDS`.
    """

    ids: Tensor
    positions: Tensor
    mask: Tensor
    ends: Tensor
    labels: Tensor

    def to(self, device: torch.device) -> Packed:
        """The same elsewhere."""
        return Packed(*(getattr(self, f.name).to(device) for f in fields(self)))


def rows(cases: Sequence[Encoded], width: int) -> list[list[Encoded]]:
    """First fit of cases into rows, in their order.

    Raises:
        ValueError: a case is wider than a row.
    """
    made: list[list[Encoded]] = []
    room: list[int] = []
    for case in cases:
        if case.tokens > width:
            raise ValueError(f"a case has {case.tokens} tokens, and a row {width}")
        for place in range(max(0, len(made) - _LOOK), len(made)):
            if room[place] >= case.tokens:
                made[place].append(case)
                room[place] -= case.tokens
                break
        else:
            made.append([case])
            room.append(width - case.tokens)
    return made


def packed(of: Sequence[Sequence[Encoded]], width: int) -> Packed:
    """Rows of cases as tensors."""
    ids, positions, query = (torch.zeros((len(of), width), dtype=torch.long) for _ in range(3))
    case_of = torch.full((len(of), width), -1)
    ends: list[tuple[int, int]] = []
    labels: list[int] = []
    for row, cases in enumerate(of):
        at = 0
        for number, case in enumerate(cases):
            for which, part in enumerate((case.text, *case.queries)):
                here, first = slice(at, at + len(part)), len(case.text) if which else 0
                ids[row, here] = torch.tensor(part)
                positions[row, here] = torch.arange(first, first + len(part))
                case_of[row, here], query[row, here] = number, which
                at += len(part)
                if which:
                    ends.append((row, at - 1))
                    labels.append(case.labels[which - 1])
    own = case_of[:, :, None] == case_of[:, None, :]
    seen = (query[:, None, :] == 0) | (query[:, :, None] == query[:, None, :])
    mask = own & seen & torch.ones((width, width), dtype=torch.bool).tril()
    return Packed(ids, positions, mask[:, None], torch.tensor(ends).reshape(-1, 2), torch.tensor(labels))
