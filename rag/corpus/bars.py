"""The calibrated bars of whole-corpus questions; `python -m rag.corpus.calibrate` fits and stores them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("bars.json")


@dataclass(frozen=True)
class Bars:
    """Where yes begins."""

    related: float  # cosine of a topic and a sentence, from where on the sentence is shown as related
    weights: tuple[float, ...]  # of `alignment.features`, in their order, for the log odds of one thing said twice
    bias: float
    doubt: tuple[float, float]  # probabilities between which the evidence model is asked
    supports: float  # its probability of "supports", from where on a doubtful sentence counts as said
    refutes: float  # and of "refutes", from where on two sentences are shown as contradicting each other


@lru_cache(maxsize=1)
def bars() -> Bars:
    """The stored bars."""
    data = json.loads(FILE.read_text("utf-8"))
    return Bars(
        data["related"],
        tuple(data["weights"]),
        data["bias"],
        (data["doubt"][0], data["doubt"][1]),
        data["supports"],
        data["refutes"],
    )
