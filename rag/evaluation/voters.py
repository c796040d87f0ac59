"""The reader alone, a stronger model alone, both agreeing: how often each is right, and who should decide when.

Only questions count that both were asked. `calibrated` makes of their answers what `rag.answering.votes` keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.protocols import LLM
from rag.answering.votes import AGREED, Outcome, Votes
from rag.evaluation.trust import Verdict
from rag.types import Standing

_WORTH: Mapping[Verdict, int] = {"right": 1, "unhelpful": 0, "false": -1}


@dataclass(frozen=True)
class Ballot:
    """One question with a key that both were asked."""

    standing: Standing
    reader: Verdict
    model: Verdict
    given: Verdict  # of the answer that was given

    @property
    def gain(self) -> int:
        """What the model's answer counts over the reader's."""
        return _WORTH[self.model] - _WORTH[self.reader]

    @property
    def agreeing(self) -> bool:
        """Whether both found the same, or both nothing."""
        return self.standing.where.endswith((f": {AGREED}", ": neither"))


def calibrated(llm: LLM, ballots: Sequence[Ballot]) -> Votes:
    """What is to be kept of a model."""
    return Votes.measured(llm, [Outcome(b.standing, b.gain, b.model == "false") for b in ballots])


def decided(ballot: Ballot, votes: Votes) -> Verdict:
    """What would be given by these votes, of a ballot that was cast without a calibration."""
    if not votes.prefer_model(ballot.standing):
        return ballot.reader
    return ballot.given if ballot.standing.where.endswith(f": {AGREED}") else ballot.model


def report(ballots: Sequence[Ballot]) -> dict[str, Any]:
    """Shares of right and false answers, and trust, in percent; empty where nothing was voted on."""
    if not ballots:
        return {}
    return {
        "questions": len(ballots),
        "reader alone": _shares([b.reader for b in ballots]),
        "model alone": _shares([b.model for b in ballots]),
        "both agreeing": _shares([b.model for b in ballots if b.agreeing]),
        "as given": _shares([b.given for b in ballots]),
        "cells": {
            where: _cell([b for b in ballots if b.standing.where == where])
            for where in sorted({b.standing.where for b in ballots})
        },
    }


def _shares(verdicts: Sequence[Verdict]) -> dict[str, float | int]:
    count = len(verdicts) or 1
    right, false = (100 * verdicts.count(v) / count for v in ("right", "false"))
    return {"of": len(verdicts), "right": round(right, 1), "false": round(false, 1), "trust": round(right - false, 1)}


def _cell(ballots: Sequence[Ballot]) -> dict[str, float | int]:
    trust = {who: sum(_WORTH[getattr(b, who)] for b in ballots) for who in ("reader", "model")}
    return {"questions": len(ballots), **trust}
