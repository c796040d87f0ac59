"""The judge's training: what it reads, how texts are packed, what is counted, and a real stop in the middle."""

from __future__ import annotations

import math
from copy import deepcopy

import numpy as np
import pytest
import torch

from models.judge import WORDS
from models.llm import LlamaLLM
from models.training import adapt
from models.training.adapt import CHECKPOINT
from models.training.cases import (
    LABELS,
    NO,
    NOT_YES,
    OPEN,
    UNSAID,
    YES,
    Case,
    Encoded,
    Query,
    drawn,
    encoded,
    of_examples,
    read,
    write,
)  # fmt: skip
from models.training.encoded import load, save
from models.training.examples import Example
from models.training.judged import Recipe, Schedule, head_of, logits_of, loss_of, run, scores
from models.training.judged_figures import figures
from models.training.packing import packed, rows

TEXT = "The mill of Tarnow closed in May. The council did not buy it."
QUERIES = (
    Query("question", "Did the council buy the mill?", NO),
    Query("statement", "The mill is closed.", YES),
    Query("answered", "Who owned the mill?", UNSAID),
)
CASES = [Case(f"{n}. {TEXT}", QUERIES[: 1 + n % 3], "made", f"made:{n}") for n in range(12)]
SMALL = Recipe(steps=2, rows=1, width=96, learning_rate=1e-3)


def claim(text: str, label: str, task: str = "claim") -> Example:
    return Example(task, text, TEXT, label, (), "made", "made:1")


def letters(text: str) -> list[int]:
    return [ord(c) for c in text]


def test_cases_are_written_and_read_as_they_are(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(write(c) + "\n" for c in CASES), "utf-8")
    assert list(read(file)) == CASES


def test_claims_and_questions_of_a_passage_share_its_text():
    examples = [claim(f"Claim {n}", "refutes") for n in range(7)]
    asked = [claim("Is it closed?", "yes", "question"), claim("When did it close?", "span", "question")]
    first, second = of_examples([*examples, *asked])
    assert first.text == second.text == TEXT
    queries = [*first.queries, *second.queries]
    assert [q.form for q in queries] == ["statement"] * 7 + ["question"], "what has a span is no yes/no question"
    assert queries[0] == Query("statement", "Claim 0", NO) and queries[-1].label == YES


def test_a_case_that_is_too_long_loses_its_last_queries_first():
    whole = encoded(CASES[2:3], letters, 10_000)[0]
    assert bytes(whole.text[1:]).decode() == f"Text: 2. {TEXT}\n" and whole.labels == (NO, YES, UNSAID)
    assert [bytes(q).decode().splitlines()[-1] for q in whole.queries] == ["Answer:", "Answer:", "Answered:"]
    (shorter,) = encoded(CASES[2:3], letters, whole.tokens - 1)
    assert shorter.queries == whole.queries[:2] and shorter.labels == whole.labels[:2]
    assert encoded(CASES[2:3], letters, len(whole.text)) == []


def test_a_round_takes_its_share_of_each_origin():
    cases = encoded([*CASES, *(Case(TEXT, QUERIES, "other", f"other:{n}") for n in range(4))], letters, 10_000)
    taken = drawn(cases, {"made": 0.25, "other": 1.5}, 1)
    assert [sum(c.origin == o for c in taken) for o in ("made", "other")] == [3, 6]
    assert taken == drawn(cases, {"made": 0.25, "other": 1.5}, 1) != drawn(cases, {"made": 0.25, "other": 1.5}, 2)
    assert len({c.text for c in taken if c.origin == "made"}) == 3


def test_cases_are_kept_as_arrays_and_come_back_as_they_were(tmp_path):
    learn, held = encoded(CASES, letters, 10_000), encoded(CASES[:2], letters, 10_000)
    save(tmp_path / "cases.npz", learn, held, [7, 8, 9, 10])
    assert load(tmp_path / "cases.npz") == (learn, held, [7, 8, 9, 10])
    save(tmp_path / "cases.npz", [], held, [])
    assert load(tmp_path / "cases.npz") == ([], held, [])


def test_every_case_is_in_one_row_that_holds_it():
    cases = [Encoded((0,) * n, ((5, 6),), (YES,)) for n in (3, 9, 4, 4, 2)]
    filled = rows(cases, 12)
    assert sorted(map(id, (c for row in filled for c in row))) == sorted(map(id, cases))
    assert all(sum(c.tokens for c in row) <= 12 for row in filled) and len(filled) == 3
    with pytest.raises(ValueError, match="11 tokens"):
        rows(cases, 10)


def test_a_query_sees_its_text_and_nothing_of_the_others():
    two = [Encoded((0, 1), ((2, 3), (4,)), (YES, NO)), Encoded((0, 7), ((8,),), (OPEN,))]
    batch = packed([two], 10)
    assert batch.ids[0].tolist() == [0, 1, 2, 3, 4, 0, 7, 8, 0, 0]
    assert batch.positions[0].tolist()[:8] == [0, 1, 2, 3, 2, 0, 1, 2]
    sees = [batch.mask[0, 0, at].nonzero()[:, 0].tolist() for at in range(10)]
    assert sees[3] == [0, 1, 2, 3] and sees[4] == [0, 1, 4] and sees[7] == [5, 6, 7]
    assert all(sees), "a token that sees nothing has no numbers"
    assert batch.ends.tolist() == [[0, 3], [0, 4], [0, 7]] and batch.labels.tolist() == [YES, NO, OPEN]


def test_where_no_or_none_was_not_told_either_is_right():
    logits = torch.log(torch.tensor([[0.1, 0.2, 0.3, 0.4]]))
    losses = [float(loss_of(logits, torch.tensor([label]))) for label in range(5)]
    assert losses == pytest.approx([-math.log(p) for p in (0.1, 0.2, 0.3, 0.4, 0.6)], rel=1e-5)
    assert len(WORDS) == NOT_YES and set(LABELS.values()) == {YES, NO, OPEN, UNSAID, NOT_YES}


def test_figures_count_what_they_say():
    said = [YES, NO, NO, UNSAID, OPEN, YES, NO]
    labels = np.array([YES, NO, YES, UNSAID, OPEN, UNSAID, NOT_YES])
    logs = np.full((7, 4), -5.0)
    logs[np.arange(7), said] = -0.1
    found = figures(logs, labels)
    assert found["right"] == 71.4 and found["yes or no right"] == 66.7 and found["yes for no or no for yes"] == 33.3
    assert found["open right"] == 100 and found["unsaid right"] == 50
    assert found["open or unsaid taken for yes or no"] == 33.3
    assert "open right" not in figures(logs[:3], labels[:3])


@pytest.fixture(scope="module")
def fresh():
    return adapt.network(adapt.Recipe(seed=SMALL.seed))  # made once: it takes longer than the steps


@pytest.fixture(scope="module")
def words():
    llm = LlamaLLM.packaged()
    assert all(len(llm.tokens(word)) == 1 for word in WORDS)
    return [llm.tokens(word)[0] for word in WORDS]


def test_a_packed_query_is_answered_as_if_it_stood_alone(fresh, words):
    llm, head = LlamaLLM.packaged(), head_of(fresh, words)
    cases = encoded(CASES[:3], llm.tokens, SMALL.width)
    together, labels = scores(fresh, head, cases, 2 * SMALL.width)
    alone = torch.cat([
        scores(fresh, head, [Encoded(c.text, (q,), (label,))], c.tokens)[0]
        for c in cases for q, label in zip(c.queries, c.labels, strict=True)
    ])  # fmt: skip
    torch.testing.assert_close(together, alone, rtol=0.05, atol=0.1)
    assert labels.tolist() == [label for c in cases for label in c.labels]
    assert alone.std(0).max() > 0.2, "they are not all alike"


def test_training_stops_and_goes_on_as_if_it_had_not(tmp_path, fresh, words):
    cases = encoded(CASES, LlamaLLM.packaged().tokens, SMALL.width)
    assert run(tmp_path / "a", deepcopy(fresh), Schedule(cases, SMALL), words, SMALL, stop_after=1) == 1
    assert run(tmp_path / "a", deepcopy(fresh), Schedule(cases, SMALL), words, SMALL) == 2
    assert run(tmp_path / "b", deepcopy(fresh), Schedule(cases, SMALL), words, SMALL) == 2
    parts, whole = (torch.load(tmp_path / o / CHECKPOINT, weights_only=True) for o in ("a", "b"))
    for name, learnt in whole["adapter"].items():
        torch.testing.assert_close(learnt, parts["adapter"][name], rtol=0.05, atol=2e-4)
    assert any(p.abs().max() > 0 for n, p in whole["adapter"].items() if n.endswith("lora_B"))
    model = deepcopy(fresh)
    batch = Schedule(cases, SMALL).batch(0)
    before = float(loss_of(logits_of(model, head_of(model, words), batch), batch.labels).mean().detach())
    with torch.no_grad():
        for name, parameter in adapt.adapter_of(model).items():
            parameter.copy_(whole["adapter"][name])
    after = float(loss_of(logits_of(model, head_of(model, words), batch), batch.labels).mean().detach())
    assert after < before


def test_nothing_to_learn_is_said():
    with pytest.raises(ValueError, match="no cases"):
        Schedule([], SMALL).batch(0)
