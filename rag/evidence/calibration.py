"""The fitted weights behind every decision, with where they come from. `rag.evaluation.calibrate` writes them.

There are three sets: with reader and judge, with the reader, and of the rules alone, for when weights are not there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

FILE = "calibration.json"


@dataclass(frozen=True)
class Logistic:
    """A logistic regression: `sigmoid(bias + Σ weight · feature)`."""

    bias: float
    weights: Mapping[str, float]

    def logit(self, features: Mapping[str, float]) -> float:
        """The log odds that these features stand for."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability that these features stand for, 0..1."""
        logit = self.logit(features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True)
class Multinomial:
    """A multinomial logistic regression: `softmax(bias + Σ weight · feature)` over named outcomes."""

    outcomes: Mapping[str, Logistic]  # of each its own logit

    def __call__(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each outcome."""
        if not self.outcomes:
            return {}
        logits = {name: one.logit(features) for name, one in self.outcomes.items()}
        most = max(logits.values())
        powers = {name: math.exp(logit - most) for name, logit in logits.items()}
        total = sum(powers.values())
        return {name: power / total for name, power in powers.items()}


@dataclass(frozen=True)
class Calibration:
    """How likely a sentence answers, how likely anything does, and from where on an answer is given.

    `polarity` tells Yes from No; each of its outcomes is named from the probability on that `sure` holds for it. Where
    none is, the quote stands alone from `present` on, the probability that it says any of them.
    """

    support: Logistic
    answerable: Logistic
    bar: float
    polarity: Multinomial = Multinomial({})
    sure: Mapping[str, float] = field(default_factory=dict)
    present: float = 0.0


@cache
def calibration(*, reader: bool, judge: bool = False) -> Calibration:
    """The stored calibration of this version; a judge counts only beside a reader."""
    name = ("with judge" if judge else "with reader") if reader else "rules"
    stored = json.loads(files("rag.evidence").joinpath(FILE).read_text("utf-8"))[name]
    return Calibration(
        Logistic(**stored["support"]),
        Logistic(**stored["answerable"]),
        stored["bar"],
        Multinomial({name: Logistic(**one) for name, one in stored["polarity"].items()}),
        stored["sure"],
        stored["present"],
    )


@cache
def shortlist() -> Logistic:
    """How likely a sentence answers, before it is looked at again."""
    return Logistic(**json.loads(files("rag.evidence").joinpath(FILE).read_text("utf-8"))["shortlist"])
