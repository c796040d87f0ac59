"""Fit the bars of whole-corpus questions: `python -m rag.corpus.calibrate SHARED LABELS`.

*Two sentences say the same*: a logistic regression over pairs of reports of one thing (news articles and the same
retold in easy English, aligned sentence by sentence). A third of the aligned sentences of each article lose their
counterpart; what is left must be told apart. Every second article is used; the others are for measuring.
*The evidence model's bars* come from the same pairs: "supports" best separates the doubtful ones, "refutes" is met
by at most one aligned pair in a hundred.
*Related*: sentences near a topic that don't hold it were read and labelled; the bar is where half are related.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models import load_embedder, load_reader
from models.protocols import Embedder, FloatArray
from rag.corpus.alignment import features
from rag.corpus.bars import FILE
from rag.text.sentences import split

_DOUBT = (0.2, 0.8)
_REFUTED = 0.01  # share of aligned pairs that may be called contradictions
_SHARE = 3  # one aligned sentence in so many loses its counterpart


@dataclass(frozen=True)
class Pair:
    """One article in two reports: their sentences, and for sentences of the first the places of their counterparts."""

    name: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    aligned: Mapping[int, frozenset[int]]


def pairs_of(shared: Path) -> list[Pair]:
    """The articles that both corpora hold and the alignment knows."""
    rows = [json.loads(line) for line in (shared / "eval" / "aligned.jsonl").read_text("utf-8").splitlines()]
    wanted = defaultdict(set)
    for row in rows:
        wanted[_letters(row["advanced"])].add(_letters(row["elementary"]))
    pairs = []
    for path in sorted((shared / "corpora" / "news").glob("*.txt")):
        other = shared / "corpora" / "news-elementary" / path.name
        if other.is_file():
            first, second = _sentences(path), _sentences(other)
            places = {_letters(s): j for j, s in enumerate(second)}
            aligned = {
                i: frozenset(places[e] for e in wanted[_letters(s)] if e in places)
                for i, s in enumerate(first)
                if _letters(s) in wanted
            }
            kept = {i: js for i, js in aligned.items() if js}
            if kept:
                pairs.append(Pair(path.name, first, second, kept))
    return pairs


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _sentences(path: Path) -> tuple[str, ...]:
    text = path.read_bytes().decode("utf-8")
    return tuple(text[s.start : s.end] for s in split(text))


def bereft(pair: Pair, share: int, seed: int) -> tuple[list[int], list[int]]:
    """Sentences of the first report chosen to lose their counterparts, and the places that go with them."""
    chosen = sorted(pair.aligned)
    random.Random(f"{seed}{pair.name}").shuffle(chosen)
    lost = chosen[: max(1, round(len(chosen) / share))]
    return lost, sorted({j for i in lost for j in pair.aligned[i]})


def _rows(pairs: Sequence[Pair], embedder: Embedder) -> tuple[FloatArray, list[bool], list[tuple[str, str]]]:
    """Features, whether the counterpart is there, and the two sentences, of every aligned sentence."""
    table, labels, texts = [], [], []
    for n, pair in enumerate(pairs):
        lost, gone = bereft(pair, _SHARE, seed=1)
        left = [j for j in range(len(pair.second)) if j not in gone]
        if not left:
            continue
        second = [pair.second[j] for j in left]
        cosines = embedder.embed(pair.first) @ embedder.embed(second).T
        nearest, rows = features(pair.first, second, cosines)
        for i, places in pair.aligned.items():
            if i in lost or not places & set(gone):
                table.append(rows[i])
                labels.append(i not in lost)
                texts.append((pair.first[i], second[nearest[i]]))
        sys.stderr.write(f"\r{n + 1}/{len(pairs)} articles")
    return np.array(table), labels, texts


def _related(shared: Path, labels: Path, embedder: Embedder) -> float:
    """The cosine at which half of the labelled sentences are related."""
    from sklearn.linear_model import LogisticRegression

    with labels.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    texts = []
    for row in rows:
        text = (shared / "corpora" / "news" / row["source"]).read_bytes().decode("utf-8")
        texts.append(next(text[s.start : s.end] for s in split(text) if s.start == int(row["start"])))
    topics = embedder.embed([row["topic"] for row in rows])
    cosines = (topics * embedder.embed(texts)).sum(axis=1)
    fit = LogisticRegression(C=1e4).fit(cosines[:, None], [row["related"] == "1" for row in rows])
    return float(-fit.intercept_[0] / fit.coef_[0, 0])


def fitted(shared: Path, labels: Path) -> dict[str, object]:
    """All bars, with what they were fitted on."""
    from sklearn.linear_model import LogisticRegression

    embedder, reader = load_embedder(), load_reader()
    table, there, texts = _rows(pairs_of(shared)[::2], embedder)
    fit = LogisticRegression(C=3.0, class_weight="balanced", max_iter=1_000).fit(table, there)
    odds = table @ fit.coef_[0] + fit.intercept_[0]
    low, high = (math.log(p / (1 - p)) for p in _DOUBT)
    doubtful = [i for i, o in enumerate(odds.tolist()) if low <= o < high]
    judged = reader.judge(texts)
    return {
        "related": round(_related(shared, labels, embedder), 3),
        "weights": [round(float(w), 4) for w in fit.coef_[0]],
        "bias": round(float(fit.intercept_[0]), 4),
        "doubt": list(_DOUBT),
        "supports": _best_split([float(judged[i, 0]) for i in doubtful], [there[i] for i in doubtful]),
        "refutes": round(max(0.5, float(np.quantile(judged[there, 1], 1 - _REFUTED))), 3),
        "fitted on": {"pairs": len(there), "without counterpart": there.count(False), "doubtful": len(doubtful)},
    }


def _best_split(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from where on yes is right most often, both answers weighing alike; 0.5 where too few are known."""
    yes, no = labels.count(True), labels.count(False)
    if min(yes, no) < 5:
        return 0.5
    grid = np.arange(0.05, 1.0, 0.05)

    def right(bar: float) -> float:
        hits = sum(s >= bar for s, y in zip(scores, labels, strict=True) if y) / yes
        return hits + sum(s < bar for s, y in zip(scores, labels, strict=True) if not y) / no

    return round(float(max(grid, key=lambda bar: (right(float(bar)), -abs(bar - 0.5)))), 2)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the folder with corpora/ and eval/")
    parser.add_argument("labels", type=Path, help="topic, source, start, related: tab-separated")
    given = parser.parse_args()
    FILE.write_text(json.dumps(fitted(given.shared, given.labels), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
