"""Fit the weights of `rag.evidence` on question sets, cross-validated by article.

    python -m rag.evaluation.calibrate INDEX QUESTIONS.jsonl … [--reader WEIGHTS] [--keep]

Figures that are reported come from articles that the fit has not seen; the stored weights from all of them.
Whole answers are scored too, each composed by the weights of a fold that has not seen its article.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import rag.evidence
from models import load_embedder, load_reader
from rag.compose import choose, quoted
from rag.evaluation.asked import CONTRADICTED, Asked, Models, ask_all
from rag.evaluation.fit import Fitted, Floats, best_is_right, fit
from rag.evaluation.run import Result, summary
from rag.evaluation.score import score
from rag.evidence.calibration import FILE, Calibration, Logistic
from rag.evidence.weigh import judged
from rag.explain import Clock
from rag.index.reader import Index
from rag.pipeline import EXTRACTIVE, Ask, enough
from rag.types import Answer

SHOWN = ("all", "answerable", "denial", "abstain", "false premise")


def main() -> None:
    """Fit with the reader and without, report, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--reader", type=Path, help="other weights than the project's own")
    parser.add_argument("--keep", action="store_true", help="report only, store nothing")
    given = parser.parse_args()
    models = Models(load_embedder(), load_reader(given.reader))
    index = Index.open(given.index, models.embedder.info)
    asked = []
    for one in ask_all(given.questions, index, models):
        asked.append(one)
        if len(asked) % 100 == 0:
            sys.stderr.write(f"{len(asked):,} asked\n")
    by_rules = [a.by_rules() for a in asked]
    stored = {
        "fitted": datetime.now(UTC).date().isoformat(),
        "data": [path.name for path in given.questions],
        "asked": len(asked),
        "with reader": fitted(asked, index),
        "rules": fitted(by_rules, index),
    }
    text = json.dumps(stored, indent=1) + "\n"
    if not given.keep:
        Path(rag.evidence.__file__).with_name(FILE).write_text(text, "utf-8")
    sys.stdout.write(text)


def fitted(asked: Sequence[Asked], index: Index) -> dict[str, Any]:
    """Weights and bar as they are stored, with figures from articles that they had not seen."""
    found = fit(asked)
    return {
        "reliability": reliability(asked, found) | {"answers": answers(asked, found, index)},
        "bar": round(found.whole.bar, 4),
        "support": _stored(found.whole.support),
        "answerable": _stored(found.whole.answerable),
    }


def _stored(of: Logistic) -> dict[str, Any]:
    return {"bias": round(of.bias, 4), "weights": {name: round(w, 4) for name, w in of.weights.items()}}


def reliability(asked: Sequence[Asked], found: Fitted) -> dict[str, Any]:
    """How trustworthy the probabilities are."""
    from sklearn.metrics import roc_auc_score

    scored = np.array([a.row.kind not in CONTRADICTED for a in asked])
    fair = scored & np.array([a.balanced for a in asked])
    hit = np.array([best_is_right(a, s) for a, s in zip(asked, found.supports, strict=True)])
    absent = np.array([a.absent for a in asked])
    over = found.likely >= np.array([found.folds[n].bar for n in found.fold])
    return {
        "best_sentence_is_evidence": round(float(hit[scored & ~absent].mean()), 3),
        "auc_answerable_against_absent": round(float(roc_auc_score(~absent[fair], found.likely[fair])), 3),
        "answered_rightly_at_bar": round(float((hit & over)[fair & ~absent].mean()), 3),
        "abstained_rightly_at_bar": round(float((~over)[absent].mean()), 3),
        "sentences": _bins(np.concatenate(found.supports), np.concatenate([a.right for a in asked])),
        "questions": _bins(found.likely[fair], hit[fair]),
    }


def answers(asked: Sequence[Asked], found: Fitted, index: Index) -> dict[str, Any]:
    """For each set: whole answers to its questions asked of all articles, by folds that have not seen their article."""
    results: defaultdict[str, list[Result]] = defaultdict(list)
    for one, n in zip(asked, found.fold, strict=True):
        if one.everything and one.balanced:
            results[one.file].append(_result(one, found.folds[n], index))
    figures = {name: summary(of) for name, of in results.items()}
    return {
        name: {group: f["right"][group]["percent"] for group in SHOWN if group in f["right"]}
        | {"citation_precision": f["citation_precision"], "fabrications": f["fabrications"], "of": f["questions"]}
        for name, f in figures.items()
    }


def _result(asked: Asked, weights: Calibration, index: Index) -> Result:
    question, weighed = asked.measured.question, judged(asked.measured, weights)
    ask = Ask(question, index, None, Clock())
    chosen = choose(question, weighed.sentences, ask.text_of) if enough(ask, weighed) else ()
    composed = quoted(question, chosen)
    answer = Answer(
        question.text,
        question.standalone,
        "answered" if chosen else "not_mentioned",
        composed.text,
        composed.claims,
        composed.citations,
        None,
        EXTRACTIVE,
        ask.clock.timings(),
    )
    return Result(asked.row, answer, score(asked.row, answer, ask.text_of), None)


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
