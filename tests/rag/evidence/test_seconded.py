"""Yes, No and left open need the judge's voice where it has looked."""

from __future__ import annotations

import pytest

from rag.evidence.judging import Judged, seconded

LIKELY = {"yes": 0.6, "no": 0.2, "open": 0.15, "neither": 0.05}


def judged(**alone: float) -> Judged:
    return Judged(0.9, 0.9, {}, {"yes": 0.1, "no": 0.1, "undecided": 0.1, "unsaid": 0.1} | alone)


@pytest.mark.parametrize("reply, outcome", [("yes", "yes"), ("no", "no"), ("undecided", "open")])
def test_only_what_the_judge_says_stays(reply, outcome):
    found = seconded(judged(**{reply: 0.7}), LIKELY)
    assert {of for of, p in found.items() if p} == {outcome, "neither"} and found[outcome] == LIKELY[outcome]


def test_where_it_finds_nothing_said_none_stays():
    assert seconded(judged(unsaid=0.7), LIKELY) == {"yes": 0.0, "no": 0.0, "open": 0.0, "neither": 0.05}


@pytest.mark.parametrize("of", [None, Judged(0.9, 0.9, {}, {})])
def test_where_it_did_not_look_nothing_changes(of):
    assert seconded(of, LIKELY) == LIKELY
