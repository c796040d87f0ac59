"""Fit the verifier of drafts: `python -m rag.training_data.fit_verifier SHARED`.

`statements` has sentences with true and false short statements on them; the false ones use their words and say
something else. Only articles and documents that no training has seen count (`models/training/held_back.json`). The bar
is the least that at most 3% of their false statements reach, by folds that have not seen their article. The bar of
answering is what nine in ten answers that people wrote reach. Writes `rag/answering/verifier.json`, and prints it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models import load_judge, load_reader
from models.protocols import EvidenceModel, FloatArray, Judge
from models.training.held_back import listed
from rag.answering.verifier import FEATURES, FILE, scores
from rag.language.words import content_stems
from rag.training_data import natural
from rag.training_data.natural import Told

DATA = "statements.jsonl.gz"
MOST_FALSE = 0.03  # of the false statements may pass
ANSWERS_KEPT = 0.9  # of the answers to a question are to be taken for one
_STRENGTH = 0.3  # inverse of the regularisation's
_FOLDS = 5
_QUESTIONS = 160  # whose answers the second bar is fitted on
_OTHERS = 2  # answers to other questions beside each
_SEED = 3
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Statements:
    """Statements on texts of articles, and whether the text says them."""

    pairs: tuple[tuple[str, str], ...]  # (statement, text)
    true: Bools  # (pairs,)
    articles: tuple[str, ...]  # of each pair


def read(path: Path) -> Statements:
    """The statements on held-back articles, each as a sentence."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["source"] in listed("news")]
    found = [
        (
            (_ended(said), f"{row['before']} {row['sentence']}" if row["before"] else row["sentence"]),
            true,
            row["source"],
        )
        for row in rows
        for true in (True, False)
        for said in row["true" if true else "false"]
    ]
    pairs, true_, articles = zip(*found, strict=True)
    return Statements(pairs, np.array(true_), articles)


def _ended(statement: str) -> str:
    return statement if statement.endswith((".", "!", "?")) else f"{statement}."


def fit(of: Statements, features: FloatArray) -> dict[str, Any]:
    """The weights over all, the bar, and what passes it by folds of articles.

    Args:
        of: the statements.
        features: of each, as `rag.answering.verifier.scores` gives them.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    model = LogisticRegression(C=_STRENGTH, max_iter=3_000)
    unseen = cross_val_predict(
        model, features, of.true, groups=of.articles, cv=GroupKFold(_FOLDS), method="decision_function"
    )
    bar = float(np.nextafter(np.quantile(unseen[~of.true], 1.0 - MOST_FALSE, method="lower"), np.inf))
    model.fit(features, of.true)
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, model.coef_[0], strict=True)},
        "bar": round(bar, 4),
        "passed": {
            "true": round(100 * float((unseen[of.true] >= bar).mean()), 1),
            "false": round(100 * float((unseen[~of.true] >= bar).mean()), 1),
        },
    }


def answering(told: Sequence[Told], judge: Judge) -> dict[str, Any]:
    """The bar of answering, and what of the answers to other questions reaches it.

    Args:
        told: open questions with answers that people wrote; of each the other answers on its document that share
            most of its question's words are what doesn't answer.
        judge: says how likely a statement answers.
    """
    own, others = [], []
    for one in told:
        stems = one.question.stems | content_stems(one.statement)
        beside = {t.statement for t in told if t.group == one.group} - {one.statement}
        likely = sorted(beside, key=lambda said: (-len(stems & content_stems(said)), said))[:_OTHERS]
        found = judge.answered(one.question.standalone, [one.statement, *likely])
        own.append(float(found[0]))
        others += [float(p) for p in found[1:]]
    bar = float(np.quantile(own, 1.0 - ANSWERS_KEPT, method="lower"))
    passed = round(100 * float(np.mean(np.array(others) >= bar)), 1) if others else None
    return {"answers": round(bar, 4), "answered": {"questions": len(own), "others": len(others), "others pass": passed}}


def fitted(shared: Path, reader: EvidenceModel, judge: Judge) -> dict[str, Any]:
    """What is stored: weights and bars with where they come from."""
    of = read(shared / "train" / DATA)
    told = [t for t in natural.told(shared, random.Random(_SEED), held=True) if not t.opening]
    return {
        "fitted": datetime.now(UTC).date().isoformat(),
        "data": [DATA, "news_questions.jsonl.gz", "desk_questions.jsonl.gz"],
        "held back": {
            "articles": len(set(of.articles)),
            "true": int(of.true.sum()),
            "false": int((~of.true).sum()),
        },
        **fit(of, scores(reader, judge, of.pairs)),
        **answering(random.Random(_SEED).sample(told, min(_QUESTIONS, len(told))), judge),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with `train` and `corpora`")
    given = parser.parse_args()
    written = json.dumps(fitted(given.shared, load_reader(), load_judge()), indent=1, ensure_ascii=False) + "\n"
    (Path(__file__).parents[1] / "answering" / FILE).write_text(written, "utf-8")
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
