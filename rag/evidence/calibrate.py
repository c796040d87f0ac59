"""Fit the weights of `rag.evidence.weigh` on question sets, cross-validated by article.

    python -m rag.evidence.calibrate INDEX QUESTIONS.jsonl …

A sentence is right when it overlaps the row's evidence. Figures that are reported come from
articles that the fit has not seen; the stored weights from all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models import load_embedder, load_reader
from rag.evidence.answerability import answerability
from rag.evidence.asked import ABSENT, Asked, ask_all
from rag.evidence.calibration import FILE, Logistic
from rag.index.reader import Index

FOLDS = 10

Floats = npt.NDArray[np.float64]


def main() -> None:
    """Fit with the reader and without, report, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    given = parser.parse_args()
    embedder, reader = load_embedder(), load_reader()
    index = Index.open(given.index, embedder.info)
    asked = []
    for one in ask_all(given.questions, index, embedder, reader):
        asked.append(one)
        if len(asked) % 100 == 0:
            sys.stderr.write(f"{len(asked):,} asked\n")
    stored = {
        "fitted": datetime.now(UTC).date().isoformat(),
        "data": [path.name for path in given.questions],
        "asked": len(asked),
        "with reader": fitted(asked),
        "rules": fitted([replace(a, judged=None) for a in asked]),
    }
    text = json.dumps(stored, indent=1) + "\n"
    Path(__file__).with_name(FILE).write_text(text, "utf-8")
    sys.stdout.write(text)


def fitted(asked: Sequence[Asked]) -> dict[str, Any]:
    """Both regressions and the bar as they are stored, with figures from articles that they had not seen."""
    fold = _folds(asked)
    candidates = [a.values() for a in asked]
    support = [fit_support(asked, candidates, fold != n) for n in range(FOLDS)]
    supports = [[support[f](v) for v in values] for f, values in zip(fold, candidates, strict=True)]
    questions = [answerability(a.question, s, a.measured, a.judged) for a, s in zip(asked, supports, strict=True)]
    answered = [fit_answerable(asked, supports, questions, fold != n) for n in range(FOLDS)]
    likely = np.array([answered[f](q) for f, q in zip(fold, questions, strict=True)])
    bar, reliability = report(asked, supports, likely)
    everyone = np.ones(len(asked), dtype=np.bool_)
    return {
        "reliability": reliability,
        "bar": round(bar, 4),
        "support": _stored(fit_support(asked, candidates, everyone)),
        "answerable": _stored(fit_answerable(asked, supports, questions, everyone)),
    }


def _folds(asked: Sequence[Asked]) -> npt.NDArray[np.int64]:
    articles = sorted({a.article for a in asked})
    number = {article: at % FOLDS for at, article in enumerate(articles)}
    return np.array([number[a.article] for a in asked])


def fit_support(asked: Sequence[Asked], candidates: Sequence[Any], chosen: npt.NDArray[np.bool_]) -> Logistic:
    """How likely a sentence answers, from the candidates of the chosen questions."""
    of = [i for i in range(len(asked)) if chosen[i]]
    return _fit([v for i in of for v in candidates[i]], np.concatenate([asked[i].right for i in of]))


def fit_answerable(
    asked: Sequence[Asked],
    supports: Sequence[Sequence[float]],
    questions: Sequence[Mapping[str, float]],
    chosen: npt.NDArray[np.bool_],
) -> Logistic:
    """How likely the best sentence is an answer. Sets in which everything has one would teach to answer always."""
    of = [i for i in range(len(asked)) if chosen[i] and asked[i].balanced]
    return _fit([questions[i] for i in of], np.array([_hit(asked[i], supports[i]) for i in of]))


def _hit(asked: Asked, supports: Sequence[float]) -> bool:
    """Whether the best sentence is evidence."""
    return bool(asked.right[int(np.argmax(supports))])


def _fit(rows: Sequence[Mapping[str, float]], right: npt.NDArray[np.bool_]) -> Logistic:
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


def _stored(fit: Logistic) -> dict[str, Any]:
    return {"bias": round(fit.bias, 4), "weights": {name: round(w, 4) for name, w in fit.weights.items()}}


def report(asked: Sequence[Asked], supports: Sequence[Sequence[float]], likely: Floats) -> tuple[float, dict[str, Any]]:
    """The bar that gets most questions right, and how trustworthy the probabilities are."""
    from sklearn.metrics import roc_auc_score

    fair = np.array([a.balanced for a in asked])
    hit = np.array([_hit(a, s) for a, s in zip(asked, supports, strict=True)])
    absent = np.array([a.kind in ABSENT for a in asked])
    bars = np.linspace(0.0, 1.0, 201)
    gains = [np.where(absent, likely < t, hit & (likely >= t))[fair].mean() for t in bars]
    bar = float(bars[int(np.argmax(_smooth(gains)))])
    return bar, {
        "best_sentence_is_evidence": round(float(hit[~absent].mean()), 3),
        "auc_answerable_against_absent": round(float(roc_auc_score(~absent[fair], likely[fair])), 3),
        "answered_rightly_at_bar": round(float((hit & (likely >= bar))[~absent & fair].mean()), 3),
        "abstained_rightly_at_bar": round(float((likely < bar)[absent].mean()), 3),
        "sentences": _bins(np.concatenate(supports), np.concatenate([a.right for a in asked])),
        "questions": _bins(likely[fair], hit[fair]),
    }


def _smooth(gains: Sequence[float]) -> Floats:
    """Means of each bar with its neighbours: a bar that one question decides is no better than its neighbours."""
    return np.convolve(np.pad(gains, 5, mode="edge"), np.ones(11) / 11, mode="valid")


def _bins(likely: Floats, right: npt.NDArray[np.bool_]) -> list[dict[str, float]]:
    """Of those given about this probability, how many are right."""
    edges = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.01)
    rows = []
    for low, high in zip(edges, edges[1:], strict=False):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            rows.append(
                {
                    "probability": round(float(likely[inside].mean()), 3),
                    "right": round(float(right[inside].mean()), 3),
                    "of": int(inside.sum()),
                }
            )
    return rows


if __name__ == "__main__":
    main()
