"""The fitted weights behind every decision, with where they come from. `rag.evaluation.calibrate` writes them.

There are two sets: with the reader, and of the rules alone, for when its weights are not there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "calibration.json"


@dataclass(frozen=True)
class Logistic:
    """A logistic regression: `sigmoid(bias + Σ weight · feature)`."""

    bias: float
    weights: Mapping[str, float]

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability that these features stand for, 0..1."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True)
class Calibration:
    """How likely a sentence answers, how likely anything does, and from where on an answer is given."""

    support: Logistic
    answerable: Logistic
    bar: float


@cache
def calibration(*, reader: bool) -> Calibration:
    """The stored calibration of this version."""
    stored = json.loads(files("rag.evidence").joinpath(FILE).read_text("utf-8"))["with reader" if reader else "rules"]
    return Calibration(Logistic(**stored["support"]), Logistic(**stored["answerable"]), stored["bar"])
