"""Who decides: measured for each way of differing, never on thin grounds, kept by model and by reader."""

from __future__ import annotations

import json
import random

import pytest
from scripted_llm import ScriptedLLM

from rag.answering.votes import Outcome, Vote, Votes, cell, store, stored, votes_file
from rag.evaluation.voters import Ballot, calibrated, decided, report
from rag.types import Citation, Standing

HERE, NEAR, FAR = (Citation(1, "a.txt", None, "x" * 20, start, start + 20, 0.9) for start in (0, 10, 90))
LLM = ScriptedLLM(lambda *_: "", "mine")
NOTHING = Vote(False, None, ())


def measured(where, gains, false=0, margin=0.0):
    """What gains in one way of differing are, so many of the model's answers being false."""
    return Votes.measured(LLM, [Outcome(Standing(where, margin), gain, n < false) for n, gain in enumerate(gains)])


@pytest.mark.parametrize(
    ("polar", "reader", "model", "where"),
    [
        (False, NOTHING, NOTHING, "open: neither"),
        (False, Vote(False, None, (), (FAR, NEAR)), Vote(True, None, (HERE,)), "open: model only, likely evidence"),
        (False, NOTHING, Vote(True, None, (HERE,)), "open: model only, unlikely evidence"),
        (True, Vote(True, "yes", (HERE,)), NOTHING, "polar: reader only"),
        (False, Vote(True, None, (HERE,)), Vote(True, None, (FAR, NEAR)), "open: agree"),
        (False, Vote(True, None, (HERE,)), Vote(True, None, (FAR,)), "open: other, unlikely evidence"),
        (True, Vote(True, "yes", (HERE,)), Vote(True, "yes", (NEAR,)), "polar: agree"),
        (True, Vote(True, "yes", (HERE,)), Vote(True, "no", (HERE,)), "polar: other reply"),
        (True, Vote(True, None, (HERE,)), Vote(True, "no", (HERE,)), "polar: model says which, same evidence"),
        (True, Vote(True, "yes", (HERE,)), Vote(True, None, (FAR,)), "polar: reader says which, other evidence"),
    ],
)
def test_the_ways_in_which_they_stand_to_each_other(polar, reader, model, where):
    assert cell(polar, reader, model) == where


def test_without_a_measurement_the_reader_has_the_veto():
    none = Votes("", "mine", "")
    assert none.prefer_model(Standing("open: agree")) and none.prefer_model(Standing("polar: agree"))
    for where in (
        "open: neither",
        "open: model only, likely evidence",
        "open: reader only",
        "open: other, unlikely evidence",
        "polar: other reply",
    ):
        assert not none.prefer_model(Standing(where))


ONLY = "open: model only, likely evidence"


@pytest.mark.parametrize(
    ("gains", "decides"),
    [
        ([2, 2, 2, 2], False),  # too few
        ([1] * 6, False),
        ([1] * 12, True),
        ([0] * 50, False),
        ([1, -1] * 20, False),
        ([1] * 30 + [-1] * 10, True),
        ([-1] * 30, False),
    ],
)
def test_the_model_decides_where_it_surely_gains(gains, decides):
    assert measured(ONLY, gains).prefer_model(Standing(ONLY)) is decides


def test_it_decides_where_the_reader_was_unsure_and_not_where_it_was_sure():
    other = "open: other, likely evidence"
    votes = Votes.measured(
        LLM, [Outcome(Standing(other, m), g, False) for g, m in ((2, 0.02), (-2, 0.45)) for _ in range(20)]
    )
    assert votes.prefer_model(Standing(other, 0.01)) and not votes.prefer_model(Standing(other, 0.44))
    assert votes.cells[other].questions == 40 and votes.cells[other].model == 20


def test_what_is_learnt_of_one_way_counts_a_little_for_its_like():
    votes = measured(ONLY, [1] * 40)
    assert votes.prefer_model(Standing("open: model only, unlikely evidence")) and not votes.prefer_model(
        Standing("open: reader only")
    )


@pytest.mark.parametrize(
    ("gains", "words"), [([0] * 9, True), ([1, 0, 0], True), ([0] * 20 + [-1], False), ([1] * 5 + [-2] * 2, True)]
)
def test_what_both_found_is_worded_by_the_model_unless_that_loses(gains, words):
    assert measured("open: agree", gains).prefer_model(Standing("open: agree")) is words


@pytest.mark.parametrize(("false", "decides"), [(0, True), (2, True), (3, False)])
def test_yes_and_no_are_decided_only_where_they_are_nearly_always_right(false, decides):
    for how in ("model only, likely evidence", "other reply", "model says which, same evidence"):
        votes = measured(f"polar: {how}", [1] * 40, false)
        assert votes.prefer_model(Standing(f"polar: {how}")) is decides
    assert measured(ONLY, [1] * 40, false).prefer_model(Standing(ONLY))


def test_votes_are_kept_by_model_and_reader(tmp_path, monkeypatch):
    monkeypatch.setenv("UNSAID_MODELS", str(tmp_path))
    assert stored(LLM) is None
    agreed = [Outcome(Standing("open: agree"), gain, False) for gain in (1, 0)]
    votes = Votes.measured(
        LLM, [*agreed, *[Outcome(Standing("polar: model only, likely evidence", -0.2), -1, True)] * 12]
    )
    file = store(votes)
    assert stored(LLM) == votes and file == votes_file("mine") and list(file.parent.iterdir()) == [file]
    assert stored(ScriptedLLM(lambda *_: "", "other")) is None
    for changed in ({"reader": "0" * 64}, {"format": 0}, {"cells": 3}, {"identity": "else"}, {"expected": {}}):
        file.write_text(json.dumps({**json.loads(json.dumps({"format": 4, **_dict(votes)})), **changed}), "utf-8")
        assert stored(LLM) is None, changed
    file.write_text("{", "utf-8")
    assert stored(LLM) is None


def _dict(votes):
    from dataclasses import asdict

    return asdict(votes)


# ── by chance, many times ───────────────────────────────────────────────────────────────────
def drawn(chance, rate, count):
    """Ballots of a reader that is right in 65 and false in 10 of a hundred, and a model that is right at a rate."""
    found = []
    for _ in range(count):
        answerable, sure = chance.random() < 0.8, chance.random()
        reader = chance.choices(["right", "unhelpful", "false"], [65, 25, 10])[0]
        margin = sure / 2 if reader == "right" else sure / 4 if reader == "false" else -sure / 2
        model = "right" if chance.random() < rate else chance.choices(["unhelpful", "false"], [1, 1])[0]
        if reader == model == "right":
            where = "open: agree"
        elif reader == "unhelpful":
            where = "open: model only, likely evidence" if model != "unhelpful" else "open: neither"
        else:
            where = "open: other, likely evidence" if answerable or model == "false" else "open: reader only"
        found.append(Ballot(Standing(where, margin), reader, model, reader))
    return found


def trust(verdicts):
    return 100 * (verdicts.count("right") - verdicts.count("false")) / len(verdicts)


@pytest.mark.parametrize(("rate", "rises"), [(0.95, True), (0.8, True), (0.6, None), (0.3, None), (0.0, None)])
def test_a_measured_vote_gains_where_the_model_is_good_and_loses_nowhere(rate, rises):
    chance = random.Random(11)
    gained = []
    for _ in range(60):
        votes = calibrated(LLM, drawn(chance, rate, 130))
        new = drawn(chance, rate, 130)
        given = [decided(b, votes) for b in new]
        gained.append(trust(given) - trust([b.reader for b in new]))
    assert sum(gained) / len(gained) >= (5 if rises else -0.3)
    assert sorted(gained)[3] >= -4  # of another 130 questions, in 57 of 60 times


def test_the_report_counts():
    ballots = [
        Ballot(Standing("open: agree"), "right", "right", "right"),
        Ballot(Standing("open: model only, likely evidence"), "unhelpful", "false", "unhelpful"),
    ]
    found = report(ballots)
    assert found["reader alone"] == {"of": 2, "right": 50.0, "false": 0.0, "trust": 50.0}
    assert found["model alone"]["trust"] == 0.0 and found["both agreeing"] == {
        "of": 1,
        "right": 100.0,
        "false": 0.0,
        "trust": 100.0,
    }
    assert found["cells"]["open: model only, likely evidence"] == {"questions": 1, "reader": 0, "model": -1}
    assert report([]) == {}
