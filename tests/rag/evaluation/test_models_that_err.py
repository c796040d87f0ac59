"""Scripted models of known error rates over a whole folder of documents: trust never falls, and a good one raises it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from rag import build_index  # noqa: E402
from rag.evaluation.run import read_rows  # noqa: E402
from rag.evaluation.voters import calibrated  # noqa: E402
from tests.bench.voters import USELESS, Bench, Rated, ScriptedLLM, trust  # noqa: E402

EVAL = ROOT.parent / "shared" / "eval"
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not (EVAL / "desk.jsonl").is_file(), reason="the question sets (../shared/eval) are not here"),
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory, embedder) -> Bench:
    index = tmp_path_factory.mktemp("desk") / "index"
    build_index([EVAL / "desk"], index, embedder=embedder)
    return Bench(index, read_rows(EVAL / "desk.jsonl")[::2])


@pytest.mark.parametrize("rate", [0.95, 0.8, 0.6])
def test_trust_by_the_rate(bench, rate):
    found = bench.trusts(ScriptedLLM(Rated(rate), f"{rate}"))
    assert found.vetoed >= found.reader
    assert found.decided >= found.reader
    if rate >= 0.8:
        assert found.decided > found.reader


@pytest.mark.parametrize("how", USELESS)
def test_a_useless_model_costs_nothing(bench, how):
    llm = ScriptedLLM(USELESS[how], how)
    results = bench.asked(llm, bench.rows)
    reader = trust([b.reader if (b := r.ballot) else r.score.verdict for r in results])
    assert trust([r.score.verdict for r in results]) >= reader
    again = bench.asked(llm, bench.rows, calibrated(llm, [b for r in results if (b := r.ballot)]))
    assert trust([r.score.verdict for r in again]) >= reader
