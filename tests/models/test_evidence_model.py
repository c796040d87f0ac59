"""The reader on passages whose answer is plain to see."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import WeightsUnreadable, load_reader
from models.protocols import ANSWERS, VERDICTS, EvidenceModel, Reading
from models.reader import EncoderReader
from models.weights import packaged_embedder

CALL = "The two presidents spoke for ninety minutes on Monday. The call began at noon. Sanctions were not discussed."


@pytest.fixture(scope="module")
def reader() -> EvidenceModel:
    return load_reader()


def absent(reading: Reading) -> float:
    return reading.kinds[ANSWERS.index("absent")]


def test_it_is_an_evidence_model(reader):
    assert isinstance(reader, EvidenceModel)


def test_it_points_at_the_answer(reader):
    reading = reader.read("How long did the presidents speak?", [CALL])[0]
    score, start, end, _ = reading.best(0, len(CALL))
    assert "ninety minutes" in CALL[start:end] and len(CALL[start:end]) < 40
    assert score > 0 and absent(reading) < 0.5


def test_it_knows_that_an_answer_is_not_there(reader):
    passages = [CALL, "Penguins live in the south. They eat fish."]
    here, away = reader.read("How long did the presidents speak?", passages)
    assert absent(away) > 0.5 > absent(here)
    assert away.best(0, len(passages[1]))[0] < 0


def test_probabilities_are_probabilities_and_company_changes_little(reader):
    alone = reader.read("When did the call begin?", [CALL])[0]
    among = reader.read("When did the call begin?", ["Short.", CALL, CALL * 4])[1]
    assert sum(alone.kinds) == pytest.approx(1, abs=1e-3)
    assert alone.mass(0, len(CALL)) + np.exp(alone.nowhere) < 2.01
    _, *place, lead = alone.best(0, len(CALL))
    _, *place_among, lead_among = among.best(0, len(CALL))
    assert place == place_among
    # A product over more rows adds up in another order: how far the sums part depends on the processor.
    assert lead == pytest.approx(lead_among, abs=1e-3)


def test_odd_passages(reader):
    texts = ["", " ", "a " * 2_000, "\x00", "日本語の記事。"]
    readings = reader.read("What?", texts)
    assert len(readings) == len(texts)
    for text, reading in zip(texts, readings, strict=True):
        _, start, end, _ = reading.best(0, len(text))
        assert 0 <= start <= end <= len(text)
    assert reader.read("What?", []) == []


def test_it_judges_claims(reader):
    claims = [("The presidents spoke for ninety minutes.", CALL), ("Penguins eat fish.", CALL)]
    likely = reader.judge(claims)
    assert likely.shape == (2, len(VERDICTS)) and likely.sum(axis=1) == pytest.approx([1, 1], abs=1e-3)
    supports = VERDICTS.index("supports")
    assert likely[0, supports] > likely[1, supports]
    assert reader.judge([]).shape == (0, len(VERDICTS))
    assert reader.judge([("", ""), ("a " * 900, "b " * 900)]).shape == (2, len(VERDICTS))


def reading_of(starts: list[float], ends: list[float]) -> Reading:
    tokens = len(starts)
    offsets = np.array([[2 * i, 2 * i + 1] for i in range(tokens)], dtype=np.int64)
    return Reading((1.0, 0.0, 0.0, 0.0, 0.0), -1.0, np.float32(starts), np.float32(ends), offsets)


@given(st.lists(st.tuples(st.floats(-20, 0), st.floats(-20, 0)), min_size=1, max_size=60), st.data())
def test_the_best_span_is_the_best_of_all_in_its_range(scores, data):
    reading = reading_of([s for s, _ in scores], [e for _, e in scores])
    low = data.draw(st.integers(0, len(scores) - 1))
    high = data.draw(st.integers(low, len(scores) - 1))
    score, start, end, lead = reading.best(2 * low, 2 * high + 1)
    spans = {
        (a, b): float(reading.starts[a]) + float(reading.ends[b])
        for a in range(low, high + 1)
        for b in range(a, min(high + 1, a + 40))
    }
    wanted = max(spans.values())
    assert score == pytest.approx(wanted + 1.0, abs=1e-4)
    assert 2 * low <= start < end <= 2 * high + 1
    apart = [of for (a, b), of in spans.items() if 2 * b + 1 <= start or 2 * a >= end]
    assert lead == pytest.approx(min(30.0, wanted - max(apart, default=-100.0)), abs=1e-3)


def test_weights_that_are_none(tmp_path):
    broken = tmp_path / "reader.safetensors"
    broken.write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{}      ")
    with pytest.raises(WeightsUnreadable) as caught:
        EncoderReader(broken, packaged_embedder()).read("What?", ["This."])
    assert caught.value.cure
    with pytest.raises(WeightsUnreadable, match="as shipped"):
        EncoderReader(broken, packaged_embedder(), "0" * 64).read("What?", ["This."])
