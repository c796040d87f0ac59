"""The fit of the verifier: its bar holds for articles that it has not seen."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from models.training.held_back import listed
from rag.answering.verifier import FEATURES, Fitted
from rag.asking.understand import understand
from rag.evidence.calibration import Logistic
from rag.training_data.fit_verifier import MOST_FALSE, Statements, answering, fit, read
from rag.training_data.natural import Told


def test_only_articles_that_no_training_has_seen_count(tmp_path):
    held = min(listed("news"))
    rows = [
        {"source": s, "sentence": "A bell rang.", "before": b, "true": ["A bell rang"], "false": ["A gong rang."]}
        for s, b in ((held, "It was noon."), (held, None), ("of-training.txt", None))
    ]
    path = tmp_path / "statements.jsonl.gz"
    with gzip.open(path, "wt") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    found = read(path)
    assert found.articles == (held,) * 4 and found.true.tolist() == [True, False] * 2
    assert found.pairs[0] == ("A bell rang.", "It was noon. A bell rang.")
    assert found.pairs[3] == ("A gong rang.", "A bell rang.")


def test_no_more_false_statements_pass_than_may():
    draw = np.random.default_rng(4)
    true = draw.random(2_000) < 0.4
    features = (draw.normal(size=(2_000, len(FEATURES))) + 1.2 * true[:, None]).astype(np.float32)
    articles = tuple(f"{n % 20}.txt" for n in range(2_000))
    found = fit(Statements((("", ""),) * 2_000, true, articles), features)
    assert found["passed"]["false"] <= 100 * MOST_FALSE < found["passed"]["true"]
    by = Fitted(Logistic(found["bias"], found["weights"]), found["bar"])
    passed = [by.weights.logit(dict(zip(FEATURES, map(float, f), strict=True))) >= by.bar for f in features[~true]]
    assert np.mean(passed) < 1.5 * MOST_FALSE


def test_nine_in_ten_answers_are_taken_for_one():
    class Judge:
        def answered(self, question, texts):
            return np.array([_likely(question, text) for text in texts], dtype=np.float32)

    def _likely(question, text):
        own = question.split()[-1].rstrip("?") == text.split()[0]
        return int(text.split()[0][4:]) / 100 if own else 0.05

    told = [
        Told(understand(f"What of item{n}?"), (f"item{n} is sold.",), (0,), "", f"item{n} is sold.", "", "a", "a told")
        for n in range(20)
    ]
    found = answering(told, Judge())
    assert found["answers"] == pytest.approx(0.01) and found["answered"]["others pass"] == 100.0
    assert found["answered"]["others"] == 40
