"""What the instrument counts: true and false statements that pass as drafts, on articles that nothing learns from."""

from __future__ import annotations

import gzip
import json

import pytest

from models.training.held_back import listed
from rag.evaluation.statements import figures, judged

ROW = {
    "sentence": "Nora Bell, a pilot from Leeds, has bought the ferry.",
    "true": ["Nora Bell has bought the ferry", "A pilot owns a ferry now"],
    "false": ["A pilot from Leeds has bought Nora Bell", "Nora Bell is Leeds"],
}


@pytest.fixture
def statements(tmp_path):
    held = min(listed("news"))
    learnt = "another.txt"
    path = tmp_path / "statements.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps({**ROW, "source": source}) + "\n" for source in (held, learnt))
    return path


def test_only_what_is_held_back_counts(statements):
    found = figures(judged(statements))
    assert (found["true"]["statements"], found["true"]["pass"], found["true"]["percent"]) == (2, 1, 50.0)
    assert (found["false"]["statements"], found["false"]["pass"]) == (2, 0)
    assert found["false"]["checks"] == {"recombined": 2} and found["false that pass"] == []
    assert figures(judged(statements, everything=True))["true"]["statements"] == 4
