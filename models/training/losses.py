"""What the reader's training makes small: one loss for each head."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from models.training.tensors import IGNORE, Batch


def losses(outputs: Mapping[str, Tensor], batch: Batch, smoothing: float) -> dict[str, Tensor]:
    """The loss of each head, summed over the batch's examples: scalars.

    Cross entropy of the answer's two ends (Devlin et al. 2019, NAACL, section 4.2), of each label, and of the labels of
    tokens.

    Args:
        outputs: of a `ReaderNetwork`.
        batch: what it read.
        smoothing: of the labels.
    """
    entropy = nn.functional.cross_entropy
    ends = [
        entropy(outputs["span"][..., side], gold, ignore_index=IGNORE, reduction="sum")
        for side, gold in enumerate((batch.start, batch.end))
    ]
    found = {"span": (ends[0] + ends[1]) / 2}
    for name in ("kind", "intent", "negated", "depends", "follow"):
        found[name] = entropy(
            outputs[name], batch.labels[name], ignore_index=IGNORE, reduction="sum", label_smoothing=smoothing
        )
    found["verdict"] = _verdict(outputs["verdict"], batch.labels["verdict"], smoothing)
    for name, tags in (("parts", batch.parts), ("carried", batch.carried)):
        each = entropy(outputs[name].transpose(1, 2), tags, ignore_index=IGNORE, reduction="none")
        count = (tags != IGNORE).sum(1).clamp(min=1)
        found[name] = (each.sum(1) / count.sqrt()).sum()  # long texts weigh more, but not by their length
    return found


def _verdict(logits: Tensor, gold: Tensor, smoothing: float) -> Tensor:
    """Of the three verdicts; the fourth label says only that the claim is not supported."""
    logs = nn.functional.log_softmax(logits, dim=-1)
    either = torch.logsumexp(logs[:, 1:], dim=-1, keepdim=True)
    all_four = torch.cat([logs, either], dim=-1)
    known = gold != IGNORE
    own = all_four.gather(1, gold.clamp(min=0).unsqueeze(1)).squeeze(1)
    return -(((1 - smoothing) * own + smoothing * logs.mean(-1)) * known).sum()
