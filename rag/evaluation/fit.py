"""Fit the weights that judge what was measured. Folds are articles, so that none is judged by what it taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rag.asking.question import Form
from rag.evaluation.asked import CONTRADICTED, Asked
from rag.evidence.answerability import answerability
from rag.evidence.calibration import Calibration, Logistic, Multinomial
from rag.evidence.polarity import polarity
from rag.evidence.shortlist import first_values
from rag.evidence.yes_no import seen

FOLDS = 10
SURE = {"yes": 0.95, "no": 0.95, "open": 0.75}  # how often what is named must be right
_FEWEST = 9  # named, before such a share means anything; three questions, each asked of three collections
_ALIKE = 0.004  # of trust, 1 being all
_BARS = np.linspace(0.0, 1.0, 201)

Floats: TypeAlias = npt.NDArray[np.float64]
Chosen: TypeAlias = npt.NDArray[np.bool_]
Names: TypeAlias = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Fitted:
    """The weights for use, those of every fold, and what the folds say of questions that they had not seen."""

    whole: Calibration
    folds: tuple[Calibration, ...]
    fold: npt.NDArray[np.int64]  # (asked,), which of the folds has not seen a question's article
    supports: tuple[tuple[float, ...], ...]  # of each question's candidates, by that fold
    likely: Floats  # (asked,), that something answers, by that fold
    said: Mapping[int, Mapping[str, float]]  # of each yes/no question's place its outcomes' probabilities, by that fold


def fit(asked: Sequence[Asked]) -> Fitted:
    """Fit everything on all questions, and once for each fold on all others."""
    fold = _folds(asked)
    fair = np.array([a.row.kind not in CONTRADICTED for a in asked])
    values = [a.measured.values() for a in asked]
    support = [_support(asked, values, fair & (fold != n)) for n in range(FOLDS)]
    supports = [tuple(support[f](v) for v in of) for f, of in zip(fold, values, strict=True)]
    questions = [
        answerability(a.measured.question, s, a.measured.rules, a.measured.read, a.measured.kin, a.measured.opinion)
        for a, s in zip(asked, supports, strict=True)
    ]
    # Sets in which everything has an answer would teach to answer always.
    fair &= np.array([a.balanced for a in asked])
    hit = np.array([best_is_right(a, s) for a, s in zip(asked, supports, strict=True)])
    answered = [_answerable(questions, hit, fair & (fold != n)) for n in range(FOLDS)]
    likely = np.array([answered[f](q) for f, q in zip(fold, questions, strict=True)])
    absent = np.array([a.absent for a in asked])

    file = np.array([a.file for a in asked])

    def bar(chosen: Chosen) -> float:
        return _bar(likely[chosen], hit[chosen], absent[chosen], file[chosen])

    polar = _polar(asked, supports, likely)
    told = [_polarity(polar, [i for i in polar if fold[i] != n]) for n in range(FOLDS)]
    likely_said = {i: told[fold[i]](p.features) for i, p in polar.items()}
    bars = [_polar_bars(asked, polar, likely_said, [i for i in polar if fold[i] != n]) for n in range(FOLDS)]
    folds = [
        Calibration(s, a, bar(fair & (fold != n)), t, *of)
        for n, (s, a, t, of) in enumerate(zip(support, answered, told, bars, strict=True))
    ]
    everyone = np.array([a.row.kind not in CONTRADICTED for a in asked])
    whole = Calibration(
        _support(asked, values, everyone),
        _answerable(questions, hit, fair),
        bar(fair),
        _polarity(polar, list(polar)),
        *_polar_bars(asked, polar, likely_said, list(polar)),
    )
    return Fitted(whole, tuple(folds), fold, tuple(supports), likely, likely_said)


@dataclass(frozen=True)
class Polar:
    """A yes/no question as its fold sees it, and what its best sentence really says."""

    features: Mapping[str, float]
    outcome: str  # of OUTCOMES


def _polar(asked: Sequence[Asked], supports: Sequence[Sequence[float]], likely: Floats) -> dict[int, Polar]:
    """The yes/no questions, by their places among all."""
    found = {}
    for i, (one, of) in enumerate(zip(asked, supports, strict=True)):
        told = one.outcome is not None or one.absent
        if one.measured.question.form is not Form.POLAR or not told or not len(of):
            continue
        at = int(np.argmax(of))
        features = polarity(one.measured.question, seen(one.measured, at, of[at], float(likely[i])))
        found[i] = Polar(features, one.outcome if one.outcome and one.right[at] else "neither")
    return found


def _polarity(polar: Mapping[int, Polar], chosen: Sequence[int]) -> Multinomial:
    """What the best sentences of the chosen questions say; of a single outcome nothing can be learnt but that."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    outcomes = [polar[i].outcome for i in chosen]
    if len(set(outcomes)) < 2:
        return Multinomial({outcome: Logistic(0.0, {}) for outcome in set(outcomes)})
    names = list(polar[chosen[0]].features)
    x = np.array([[polar[i].features[name] for name in names] for i in chosen])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=0.01, max_iter=5_000).fit(scaler.transform(x), outcomes)  # few rows, many features
    weights, biases = model.coef_ / scaler.scale_, model.intercept_ - (model.coef_ / scaler.scale_) @ scaler.mean_
    if len(model.classes_) == 2:  # one logit tells them apart: the second one's
        weights, biases = np.vstack([0 * weights, weights]), np.concatenate([0 * biases, biases])
    return Multinomial(
        {
            str(outcome): Logistic(float(bias), dict(zip(names, of.tolist(), strict=True)))
            for outcome, bias, of in zip(model.classes_, biases, weights, strict=True)
        }
    )


def _polar_bars(
    asked: Sequence[Asked],
    polar: Mapping[int, Polar],
    likely: Mapping[int, Mapping[str, float]],
    chosen: Sequence[int],
) -> tuple[dict[str, float], float]:
    """From which probability on each outcome is named, and from which one that says any the quote stands alone.

    The first are the lowest above which what was named was right so often as `SURE` wants it, on questions as people
    ask them: those made for training are meant to mislead. A quote without Yes or No counts half.
    """
    sure = {}
    for outcome, wanted in SURE.items():
        natural = [i for i in chosen if asked[i].row.status or outcome == "open"]  # which hardly anybody asks for
        said = sorted(((likely[i].get(outcome, 0.0), polar[i].outcome == outcome) for i in natural), reverse=True)
        shares = np.cumsum([right for _, right in said]) / np.arange(1, len(said) + 1)
        over = [n for n, share in enumerate(shares) if share >= wanted and n + 1 >= _FEWEST]
        sure[outcome] = said[over[-1]][0] if over else 1.1
    present = np.array([1.0 - likely[i].get("neither", 0.0) for i in chosen])
    earned = np.array([0.5 if polar[i].outcome != "neither" else -1.0 for i in chosen])
    silent = np.array([float(asked[i].absent) for i in chosen])
    return sure, _best_bar(present, earned, silent, np.array([asked[i].file for i in chosen]))


def shortlist_of(asked: Sequence[Asked]) -> Logistic:
    """How likely a sentence answers by what is known before it is looked at again, of questions that one answers."""
    answered = [a for a in asked if a.row.kind not in CONTRADICTED and a.right.any()]
    measured = [a.measured for a in answered]
    values = [first_values(m.question, m.candidates, m.rules, m.found) for m in measured]
    return _logistic([v for of in values for v in of], np.concatenate([a.right for a in answered]))


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


def _bar(likely: Floats, hit: Chosen, absent: Chosen, file: Names) -> float:
    """From where on answering earns most trust: a right answer or a right silence counts one, a false answer minus one.

    Every question set counts alike, however many questions it has: a bar must hold on all kinds of collections.
    """
    return _best_bar(likely, np.where(hit, 1.0, -1.0), np.where(absent, 1.0, 0.0), file)


def _best_bar(likely: Floats, answered: Floats, silent: Floats, file: Names) -> float:
    """The bar over which what answers and silences earn, on the mean of all sets, is greatest.

    Means over neighbouring bars: one that a single question decides is no better than its neighbours. Of bars that earn
    alike the middle one is taken.
    """
    if not len(likely):
        return 0.0
    gains = [
        float(np.mean([np.where(likely >= t, answered, silent)[file == name].mean() for name in np.unique(file)]))
        for t in _BARS
    ]
    smooth = np.convolve(np.pad(gains, 5, mode="edge"), np.ones(11) / 11, mode="valid")
    return float(np.median(_BARS[smooth >= smooth.max() - _ALIKE]))
