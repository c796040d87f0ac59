"""Fit the weights of `rag.evidence.weigh` on question sets, cross-validated by article.

    python -m rag.evidence.calibrate INDEX QUESTIONS.jsonl …

Each question is asked of all articles and of its own article alone, so that the weights suit
small and large collections. A sentence is right when it overlaps the row's evidence. Figures that
are reported come from articles that the fit has not seen; the stored weights from all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models import load_embedder
from models.protocols import Embedder
from rag.evidence.features import NAMES, measure
from rag.evidence.weigh import Rarity, gather
from rag.index.reader import Index
from rag.retrieve import retrieve
from rag.types import Sentence
from rag.understand import understand

FOLDS = 10
ABSENT = frozenset({"absent", "off-topic", "near-miss"})
UNSCORED = frozenset({"false-premise"})  # their evidence contradicts; it neither answers nor is it nothing


@dataclass(frozen=True)
class Asked:
    """One question in one scope: features of its candidates, and which of them are right."""

    article: str
    kind: str
    balanced: bool  # its question set also holds questions that nothing answers
    features: npt.NDArray[np.float64]  # (candidates, features)
    right: npt.NDArray[np.bool_]  # (candidates,)


def main() -> None:
    """Fit, report, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    arguments = parser.parse_args()
    embedder = load_embedder()
    index = Index.open(arguments.index, embedder.info)
    sets = [[json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in arguments.questions]
    asked = [
        a for rows in sets for row in rows if row.get("kind") not in UNSCORED for a in ask(row, rows, index, embedder)
    ]
    out_of_fold = cross_validated(asked)
    threshold, reliability = report(asked, out_of_fold)
    bias, weights = fit(asked)
    stored = {
        "fitted": datetime.now(UTC).date().isoformat(),
        "data": [path.name for path in arguments.questions],
        "questions": sum(map(len, sets)),
        "reliability": reliability,
        "threshold": round(threshold, 4),
        "bias": round(bias, 4),
        "weights": dict(zip(NAMES, (round(float(w), 4) for w in weights), strict=True)),
    }
    Path(__file__).with_name("calibration.json").write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps(stored, indent=1) + "\n")


def ask(row: dict[str, Any], rows: Sequence[dict[str, Any]], index: Index, embedder: Embedder) -> list[Asked]:
    """A row's question, asked of everything and of its own article. `rows` is the set that it is from."""
    balanced = any(r.get("kind") in ABSENT for r in rows)
    question = understand(row["question"])
    query = embedder.embed_query(question.standalone)
    found = []
    for scope in (None, frozenset({row["source"]})):
        candidates = gather(query, retrieve(question, query, index, scope), index, embedder)
        features = np.array([f.values() for f in measure(question, candidates, Rarity(index))])
        right = np.array([_is_right(c.sentence, row, index) for c in candidates])
        found.append(Asked(row["source"], row.get("kind", "fact"), balanced, features, right))
    return found


def _is_right(sentence: Sentence, row: dict[str, Any], index: Index) -> bool:
    if sentence.source != row["source"]:
        return False
    text = index.document(row["source"]).text
    starts = [(text.find(e), len(e)) for e in row["evidence"]]
    return any(at >= 0 and at < sentence.end and sentence.start < at + length for at, length in starts)


def fit(asked: Sequence[Asked]) -> tuple[float, npt.NDArray[np.float64]]:
    """Bias and weights of a logistic regression over unscaled features."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    x = np.concatenate([a.features for a in asked])
    y = np.concatenate([a.right for a in asked])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=0.3, max_iter=1_000).fit(scaler.transform(x), y)
    weights = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - weights @ scaler.mean_), weights


def cross_validated(asked: Sequence[Asked]) -> list[npt.NDArray[np.float64]]:
    """Support of every candidate, from weights fitted without its article."""
    articles = sorted({a.article for a in asked})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    fitted = [fit([a for a in asked if fold[a.article] != n]) for n in range(FOLDS)]
    supports = []
    for a in asked:
        bias, weights = fitted[fold[a.article]]
        supports.append(1.0 / (1.0 + np.exp(-(bias + a.features @ weights))))
    return supports


def report(asked: Sequence[Asked], supports: Sequence[npt.NDArray[np.float64]]) -> tuple[float, dict[str, Any]]:
    """The bar that gets most questions right, and how trustworthy the supports are."""
    from sklearn.metrics import roc_auc_score

    best = np.array([s.max() for s in supports])
    hit = np.array([bool(a.right[s.argmax()]) for a, s in zip(asked, supports, strict=True)])
    absent = np.array([a.kind in ABSENT for a in asked])
    bars = np.linspace(0.0, 1.0, 201)
    # Sets in which everything has an answer would teach to answer always.
    fair = np.array([a.balanced for a in asked])
    gains = [np.where(absent, best < t, hit & (best >= t))[fair].mean() for t in bars]
    threshold = float(bars[int(np.argmax(gains))])
    reliability = {
        "best_sentence_is_evidence": round(float(hit[~absent].mean()), 3),
        "auc_answerable_against_absent": round(float(roc_auc_score(~absent, best)), 3),
        "answered_rightly_at_bar": round(float((hit & (best >= threshold))[~absent].mean()), 3),
        "abstained_rightly_at_bar": round(float((best < threshold)[absent].mean()), 3),
        "bins": _bins(asked, supports),
    }
    return threshold, reliability


def _bins(asked: Sequence[Asked], supports: Sequence[npt.NDArray[np.float64]]) -> list[dict[str, float]]:
    """Of sentences given about this support, how many are evidence."""
    support = np.concatenate(supports)
    right = np.concatenate([a.right for a in asked])
    edges = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.01)
    rows = []
    for low, high in zip(edges, edges[1:], strict=False):
        inside = (support >= low) & (support < high)
        if inside.any():
            rows.append(
                {
                    "support": round(float(support[inside].mean()), 3),
                    "evidence": round(float(right[inside].mean()), 3),
                    "sentences": int(inside.sum()),
                }
            )
    return rows


if __name__ == "__main__":
    main()
