"""The calibrated bars of whole-corpus questions; `python -m rag.corpus.calibrate` fits and stores them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("bars.json")


@dataclass(frozen=True)
class Bars:
    """Where yes begins."""

    related: float  # cosine of a topic and a sentence, from where on the sentence is shown as related
    same: float  # probability that two sentences report one thing, from where on they count as aligned


def load() -> Bars:
    """The stored bars."""
    data = json.loads(FILE.read_text("utf-8"))
    return Bars(related=data["related"]["bar"], same=data["same"]["bar"])


BARS = load()
