"""Fit the weights that judge what was measured. Folds are articles, so that none is judged by what it taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rag.evaluation.asked import CONTRADICTED, Asked
from rag.evidence.answerability import answerability
from rag.evidence.calibration import Calibration, Logistic

FOLDS = 10
_BARS = np.linspace(0.0, 1.0, 201)

Floats: TypeAlias = npt.NDArray[np.float64]
Chosen: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Fitted:
    """The weights for use, those of every fold, and what the folds say of questions that they had not seen."""

    whole: Calibration
    folds: tuple[Calibration, ...]
    fold: npt.NDArray[np.int64]  # (asked,), which of the folds has not seen a question's article
    supports: tuple[tuple[float, ...], ...]  # of each question's candidates, by that fold
    likely: Floats  # (asked,), that something answers, by that fold


def fit(asked: Sequence[Asked]) -> Fitted:
    """Fit everything on all questions, and once for each fold on all others."""
    fold = _folds(asked)
    fair = np.array([a.row.kind not in CONTRADICTED for a in asked])
    values = [a.measured.values() for a in asked]
    support = [_support(asked, values, fair & (fold != n)) for n in range(FOLDS)]
    supports = [tuple(support[f](v) for v in of) for f, of in zip(fold, values, strict=True)]
    questions = [
        answerability(a.measured.question, s, a.measured.rules, a.measured.read)
        for a, s in zip(asked, supports, strict=True)
    ]
    # Sets in which everything has an answer would teach to answer always.
    fair &= np.array([a.balanced for a in asked])
    hit = np.array([best_is_right(a, s) for a, s in zip(asked, supports, strict=True)])
    answered = [_answerable(questions, hit, fair & (fold != n)) for n in range(FOLDS)]
    likely = np.array([answered[f](q) for f, q in zip(fold, questions, strict=True)])
    absent = np.array([a.absent for a in asked])

    def bar(chosen: Chosen) -> float:
        return _bar(likely[chosen], hit[chosen], absent[chosen])

    folds = [Calibration(s, a, bar(fair & (fold != n))) for n, (s, a) in enumerate(zip(support, answered, strict=True))]
    everyone = np.array([a.row.kind not in CONTRADICTED for a in asked])
    whole = Calibration(_support(asked, values, everyone), _answerable(questions, hit, fair), bar(fair))
    return Fitted(whole, tuple(folds), fold, tuple(supports), likely)


def best_is_right(asked: Asked, supports: Sequence[float]) -> bool:
    """Whether the best sentence is evidence."""
    return bool(len(supports)) and bool(asked.right[int(np.argmax(supports))])


def _folds(asked: Sequence[Asked]) -> npt.NDArray[np.int64]:
    articles = sorted({a.row.source for a in asked})
    number = {article: at % FOLDS for at, article in enumerate(articles)}
    return np.array([number[a.row.source] for a in asked])


def _support(asked: Sequence[Asked], values: Sequence[Sequence[Mapping[str, float]]], chosen: Chosen) -> Logistic:
    """How likely a sentence answers, from the candidates of the chosen questions."""
    of: list[int] = np.flatnonzero(chosen).tolist()
    return _logistic([v for i in of for v in values[i]], np.concatenate([asked[i].right for i in of]))


def _answerable(questions: Sequence[Mapping[str, float]], hit: Chosen, chosen: Chosen) -> Logistic:
    """How likely the best sentence is an answer."""
    return _logistic([questions[i] for i in np.flatnonzero(chosen).tolist()], hit[chosen])


def _logistic(rows: Sequence[Mapping[str, float]], right: Chosen) -> Logistic:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = list(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=0.3, max_iter=2_000).fit(scaler.transform(x), right)
    weights = model.coef_[0] / scaler.scale_
    return Logistic(
        float(model.intercept_[0] - weights @ scaler.mean_), dict(zip(names, weights.tolist(), strict=True))
    )


def _bar(likely: Floats, hit: Chosen, absent: Chosen) -> float:
    """From where on answering gets most questions right.

    Means over neighbouring bars: one that a single question decides is no better than its neighbours.
    """
    gains = [float(np.where(absent, likely < t, hit & (likely >= t)).mean()) for t in _BARS]
    smooth = np.convolve(np.pad(gains, 5, mode="edge"), np.ones(11) / 11, mode="valid")
    return float(_BARS[int(np.argmax(smooth))])
