"""What weighing finds: sentences with their probabilities, best first."""

from __future__ import annotations

from dataclasses import dataclass

from rag.evidence.features import Features
from rag.evidence.polarity import Said
from rag.evidence.reading import Found
from rag.text.units import Unit
from rag.types import Sentence, Stance


@dataclass(frozen=True)
class Weighed:
    """A sentence with its probability of answering the question (0..1) and its stance."""

    sentence: Sentence
    title: str | None
    support: float
    stance: Stance
    cosine: float
    features: Features
    found: Found | None  # by the reader, where there is one
    asked: Sentence | None = None  # the question of the text that it replies to
    unit: Unit | None = None  # in what it stands


@dataclass(frozen=True)
class Weighing:
    """All candidate sentences, best first, and the probability that one of them answers."""

    sentences: tuple[Weighed, ...]
    answerable: float
    bar: float  # from where on an answer is given
    explicit: bool = False  # the best sentence says, or denies, just what is asked in its own words
    said: Said | None = None  # what the best sentence says to a yes/no question; None where that isn't sure
    listed: bool = False  # the best sentence is the first of a list that is asked for as a whole

    @property
    def enough(self) -> bool:
        """Whether the best sentence is good enough to be an answer."""
        return bool(self.sentences) and (self.answerable >= self.bar or self.explicit)
