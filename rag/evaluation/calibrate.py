"""Fit the weights of `rag.evidence` on question sets, cross-validated by article.

    python -m rag.evaluation.calibrate --on INDEX QUESTIONS … [--on …] [--every N] [--only LIST] [--keep]

The shortlist (`rag.evidence.shortlist`) is fitted, too, by what is known before anything is looked at again. All other
weights are of sentences that the stored one chose: where it comes out otherwise, run this once more.

Figures that are reported come from articles that the fit has not seen; the stored weights from all of them.
Whole answers are scored too, each composed by the weights of a fold that has not seen its article.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import rag.evidence
from models import load_embedder, load_judge, load_reader
from rag.answering.choose import choose
from rag.answering.compose import quoted
from rag.evaluation.asked import CONTRADICTED, Asked, Collection, Models, ask_all
from rag.evaluation.fit import SURE, Fitted, Floats, best_is_right, fit, shortlist_of
from rag.evaluation.run import Result, summary
from rag.evaluation.score import score
from rag.evidence.abstention import enough
from rag.evidence.calibration import FILE, Calibration, Logistic
from rag.evidence.weigh import judged
from rag.index.reader import Index
from rag.types import Answer
from rag.ways.ask import EXTRACTIVE
from rag.ways.explain import Clock

SHOWN = ("all", "answerable", "denial", "abstain", "false premise")


def main() -> None:
    """Fit with reader and judge, with the reader, and without; report, store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", nargs="+", type=Path, action="append", required=True, metavar=("INDEX", "QUESTIONS"))
    parser.add_argument(
        "--every", type=int, default=1, help="of large question sets, every so many-th row of an article"
    )
    parser.add_argument("--only", type=Path, help="JSON lists of articles by question set: take these alone")
    parser.add_argument("--reader", type=Path, help="other weights than the project's own")
    parser.add_argument("--judge", type=Path, help="another adapter than the project's own")
    parser.add_argument("--keep", action="store_true", help="report only, store nothing")
    given = parser.parse_args()
    models = Models(load_embedder(), load_reader(given.reader), load_judge(given.judge))
    asked = []
    indexes = {path: Index.open(path, models.embedder.info) for path, *_ in given.on}
    for one, index in asked_of(given.on, given.every, given.only, indexes, models):
        asked.append((one, index))
        if len(asked) % 100 == 0:
            sys.stderr.write(f"{len(asked):,} asked\n")
    stored = {
        "fitted": datetime.now(UTC).date().isoformat(),
        "data": [path.name for _, *files in given.on for path in files],
        "asked": len(asked),
        "shortlist": _stored(shortlist_of([one for one, _ in asked])),
        "with judge": fitted(asked),
        "with reader": fitted([(a.by_reader(), index) for a, index in asked]),
        "rules": fitted([(a.by_rules(), index) for a, index in asked]),
    }
    text = json.dumps(stored, indent=1) + "\n"
    if not given.keep:
        Path(rag.evidence.__file__).with_name(FILE).write_text(text, "utf-8")
    sys.stdout.write(text)


def asked_of(
    on: Sequence[Sequence[Path]], every: int, only: Path | None, indexes: Mapping[Path, Index], models: Models
) -> Iterator[tuple[Asked, Index]]:
    """Every question of every collection with the index that it was asked of.

    Sets for training (gzip'd) are large: they are taken of held-back articles alone where a list names theirs, and
    thinned out where none does; others are taken whole.
    """
    held = json.loads(only.read_text("utf-8")) if only else {}
    for path, *files in on:
        for file in files:
            large = file.suffix == ".gz"
            name = file.name.split("_")[0]
            articles = frozenset(held[name]) if large and name in held else None
            thinned = every if large and articles is None else 1
            collection = Collection(path, (file,), thinned, articles, company=not large)
            yield from ((one, indexes[path]) for one in ask_all(collection, indexes[path], models))


def fitted(asked: Sequence[tuple[Asked, Index]]) -> dict[str, Any]:
    """Weights and bars as they are stored, with figures from articles that they had not seen."""
    questions = [one for one, _ in asked]
    found = fit(questions)
    return {
        "reliability": reliability(questions, found) | {"answers": answers(asked, found)},
        "bar": round(found.whole.bar, 4),
        "sure": {outcome: round(bar, 4) for outcome, bar in found.whole.sure.items()},
        "present": round(found.whole.present, 4),
        "support": _stored(found.whole.support),
        "answerable": _stored(found.whole.answerable),
        "polarity": {outcome: _stored(of) for outcome, of in found.whole.polarity.outcomes.items()},
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
        "named": named(asked, found),
        "collections": {name: at_bar(asked, found, hit, over, name) for name in sorted({a.file for a in asked})},
        "sentences": _bins(np.concatenate(found.supports), np.concatenate([a.right for a in asked])),
        "questions": _bins(found.likely[fair], hit[fair]),
    }


def named(asked: Sequence[Asked], found: Fitted) -> dict[str, dict[str, int]]:
    """How often Yes, No and left open were named, rightly, and what there was to be named."""
    rows = [(found.said[i], found.folds[found.fold[i]].sure, asked[i].outcome) for i in found.said]
    figures = {}
    for outcome in SURE:
        said = [truth == outcome for likely, sure, truth in rows if likely.get(outcome, 0.0) >= sure[outcome]]
        figures[outcome] = {
            "named": len(said),
            "rightly": sum(said),
            "there": sum(truth == outcome for *_, truth in rows),
        }
    return figures


def at_bar(
    asked: Sequence[Asked], found: Fitted, hit: npt.NDArray[np.bool_], over: npt.NDArray[np.bool_], name: str
) -> dict[str, float]:
    """One set's shares in percent: right places quoted and false ones, and silence where nothing answers."""
    of = np.array([a.file == name and a.row.kind not in CONTRADICTED for a in asked])
    absent = np.array([a.absent for a in asked])
    right, wrong = of & np.where(absent, ~over, hit & over), of & over & ~hit
    return {
        "of": int(of.sum()),
        "right": round(100 * float(right.sum() / of.sum()), 1),
        "false": round(100 * float(wrong.sum() / of.sum()), 1),
    }


def answers(asked: Sequence[tuple[Asked, Index]], found: Fitted) -> dict[str, Any]:
    """For each set: whole answers to its questions asked of all articles, by folds that have not seen their article."""
    results: defaultdict[str, list[Result]] = defaultdict(list)
    for (one, index), n in zip(asked, found.fold, strict=True):
        if one.everything and one.balanced and one.row.status:
            results[one.file].append(_result(one, found.folds[n], index))
    figures = {name: summary(of) for name, of in results.items()}
    return {
        name: {group: f["right"][group]["percent"] for group in SHOWN if group in f["right"]}
        | {key: f[key] for key in ("false", "trust", "citation_precision", "fabrications")}
        | {"of": f["questions"]}
        for name, f in figures.items()
    }


def _result(asked: Asked, weights: Calibration, index: Index) -> Result:
    question, weighed = asked.measured.question, judged(asked.measured, weights)
    answers = enough(question, weighed, index, None)
    chosen = choose(question, weighed, index) if answers else ()
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
        Clock().timings(),
    )
    return Result(asked.row, answer, score(asked.row, answer, lambda source: index.document(source).text), None)


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
