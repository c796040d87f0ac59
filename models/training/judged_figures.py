"""Figures of the judge on cases held back: how often it is right, and how well it tells true from false."""

from __future__ import annotations

import numpy as np

from models.protocols import FloatArray
from models.training.cases import NO, OPEN, UNSAID, YES
from models.training.judge import area
from models.training.pool import Ints

_PASS = 0.6  # of the true ones


def figures(logs: FloatArray, labels: Ints) -> dict[str, float]:
    """Shares in percent, the area under the curve from 0 to 1. What there are no queries for is left out.

    Args:
        logs: (queries, 4), log probabilities of `cases.WORDS`.
        labels: (queries,), of `cases.LABELS`.
    """
    said = logs.argmax(1)
    polar, unsure = labels <= NO, (labels == OPEN) | (labels == UNSAID)
    true, false = logs[labels == YES, YES], logs[labels != YES, YES]
    found = {
        "of": float(len(labels)),
        "right": _percent(np.where(labels > UNSAID, (said == NO) | (said == UNSAID), said == labels)),
        "yes or no right": _percent((said == labels)[polar]),
        "yes for no or no for yes": _percent((said == NO - labels)[polar]),
        "open right": _percent((said == OPEN)[labels == OPEN]),
        "unsaid right": _percent((said == UNSAID)[labels == UNSAID]),
        "open or unsaid taken for yes or no": _percent((said <= NO)[unsure]),
    }
    if len(true) and len(false):
        found["area"] = area(true, false)
        found["false that pass with 60 of true"] = _percent(false >= np.quantile(true, 1 - _PASS))
    return {name: value for name, value in found.items() if not np.isnan(value)}


def _percent(values: Ints) -> float:
    return round(100 * float(values.mean()), 1) if len(values) else float("nan")
