"""Verify a statement by models: whether a text says it, as the reader and the judge see it together.

Either alone lets too many false statements pass; they err on different ones. `rag.training_data.fit_verifier` fits how
much each counts, from which log odds on a statement passes, and from which probability on it answers a question, and
writes all down with where it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from models.protocols import REPLIES, VERDICTS, EvidenceModel, FloatArray, Judge
from rag.answering.verify import Failure
from rag.evidence.calibration import Logistic

FILE = "verifier.json"
FEATURES = (*(f"reader: {v}" for v in VERDICTS), *(f"judge: {r}" for r in REPLIES))
_LEAST = 1e-6  # probability


@dataclass(frozen=True)
class Fitted:
    """How much each model counts, and from where on a statement passes."""

    weights: Logistic
    bar: float  # log odds that its text says it
    answers: float = 0.0  # the probability that it answers what is asked


@cache
def fitted() -> Fitted:
    """What is stored with this version."""
    stored = json.loads(files("rag.answering").joinpath(FILE).read_text("utf-8"))
    return Fitted(Logistic(stored["bias"], stored["weights"]), stored["bar"], stored["answers"])


class Verifier:
    """Both models together.

    Args:
        reader: its verdicts on claims.
        judge: its judgement of statements.
        by: how much each counts; None for what is stored.
    """

    def __init__(self, reader: EvidenceModel, judge: Judge, by: Fitted | None = None) -> None:
        self._reader, self._judge = reader, judge
        self._by = by or fitted()

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """That the text says the statement, for each (statement, text)."""
        return [self._by.weights.logit(row) for row in named(scores(self._reader, self._judge, pairs))]

    def doubts(self, statement: str, text: str, question: str, opening: str = "") -> tuple[Failure, ...]:
        """Empty where a text says a statement surely enough, and the statement answers a question.

        Args:
            statement: what is said.
            text: what it is said of.
            question: that it has to answer.
            opening: the Yes, No or undecided before it, which it alone must give to the question; empty for others.
        """
        if unproven := self.unproven(statement, text):
            return unproven
        if opening:
            said = REPLIES[int(self._judge.replies(question, [statement])[0].argmax())]
            return () if said == opening.lower() else (Failure("no answer", f"{said} instead of {opening}"),)
        return self.beside_the_point(statement, question)

    def unproven(self, statement: str, text: str) -> tuple[Failure, ...]:
        """Empty where a text says a statement surely enough, whatever that answers."""
        odds = self.log_odds([(statement, text)])[0]
        return () if odds >= self._by.bar else (Failure("verifier", f"{odds:.2f}, below {self._by.bar:.2f}"),)

    def beside_the_point(self, statement: str, question: str) -> tuple[Failure, ...]:
        """Empty where a statement answers a question surely enough, true or not."""
        likely = float(self._judge.answered(question, [statement])[0])
        if likely < self._by.answers:
            return (Failure("no answer", f"{likely:.2f}, below {self._by.answers:.2f}"),)
        return ()


def scores(reader: EvidenceModel, judge: Judge, pairs: Sequence[tuple[str, str]]) -> FloatArray:
    """`FEATURES` of each (statement, text), as log probabilities: shape (pairs, 7)."""
    if not pairs:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    found = np.concatenate([reader.judge(pairs), judge.statements(pairs)], axis=1)
    logs: FloatArray = np.log(np.maximum(found, _LEAST)).astype(np.float32)
    return logs


def named(rows: FloatArray) -> list[Mapping[str, float]]:
    """Each row of scores with the names of its features."""
    return [dict(zip(FEATURES, map(float, row), strict=True)) for row in rows]
