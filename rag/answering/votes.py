"""Who decides where the reader and a stronger model differ: learnt from questions with keys, kept by model.

They can differ in a dozen ways ("the reader finds nothing, the model answers"), the reader can have been nearer to its
bar or further from it, and may think much or little of what the model rests on. Questions with keys are answered by
both; what the model's answer gains over the reader's, a right one counting one and a false one minus one
(`rag.evaluation.trust`), is learnt from these by a Bayesian linear regression (Bishop 2006, section 3.3), so that few
questions of each way tell something together. The model decides where the expected gain less its standard deviation is
above nought; it says Yes or No only where it was false five times in a hundred at most. Without a measurement the
reader has the veto: the model words what both agree on, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from models.folder import models_folder
from models.protocols import LLM, Identified
from models.weights import READER_SHA256
from rag.errors import RagError
from rag.evidence.polarity import Said
from rag.types import Standing

AGREED = "agree"
_FORMAT = 4  # 2: the ways alone; 3: and how near the reader was
_SURE = 1.0  # standard deviations of the expected gain
_FEWEST = 10  # questions in which they differ, that tell anything
_MOST_FALSE = 0.05  # of the answers to yes/no questions that a model may decide
_WAYS = ("model only", "reader only", "other, ", "reader says which", "model says which", "other reply")
_NAMED = ("model only", "other reply", "model says which", "other, ")  # where its Yes or No would stand
_PRIOR = -0.3  # gain of a model of which nothing is known
_STIFF = 4.0  # precision of the weights' prior, that of one question's gain being one
_STEEP = 2.0  # distances from the bar beyond the half of all are alike


class Placed(Protocol):
    """A stretch of an article: a sentence or a citation."""

    @property
    def source(self) -> str:
        """The article."""
        ...

    @property
    def start(self) -> int:
        """Offset of its first code point."""
        ...

    @property
    def end(self) -> int:
        """Offset just past its last one."""
        ...


@dataclass(frozen=True)
class Vote:
    """What one of both finds."""

    answered: bool
    said: Said | None  # to a yes/no question, where that is sure
    places: tuple[Placed, ...]  # what it rests on
    likely: tuple[Placed, ...] = ()  # the sentences that the reader finds likeliest, whether it answers or not


def cell(polar: bool, reader: Vote, model: Vote) -> str:
    """The way in which they agree or differ, in words; of a yes/no question it begins with "polar"."""
    form = "polar" if polar else "open"
    likely = any(overlap(a, b) for a in reader.likely for b in model.places)
    evidence = f"{'likely' if likely else 'unlikely'} evidence"
    if model.answered and not reader.answered:
        return f"{form}: model only, {evidence}"
    if not model.answered:
        return f"{form}: {'reader only' if reader.answered else 'neither'}"
    near = any(overlap(a, b) for a in reader.places for b in model.places)
    if polar and reader.said != model.said:
        if reader.said and model.said:
            return f"{form}: other reply"
        return f"{form}: {'reader' if reader.said else 'model'} says which, {'same' if near else 'other'} evidence"
    return f"{form}: {AGREED if near else f'other, {evidence}'}"


def overlap(a: Placed, b: Placed) -> bool:
    """Whether two places have a part in common."""
    return a.source == b.source and a.start < b.end and b.start < a.end


class Outcome(NamedTuple):
    """One question that both were asked."""

    standing: Standing
    gain: int  # -2..2
    false: bool  # the model's answer


@dataclass(frozen=True)
class Gain:
    """What a model's answers gained over the reader's in one way of differing."""

    questions: int
    mean: float  # -2..2
    model: int  # in how many of them the model would decide


@dataclass(frozen=True)
class Expected:
    """The gain to be expected: mean and covariance of a regression's weights."""

    weights: tuple[float, ...]
    spread: tuple[tuple[float, ...], ...]

    @classmethod
    def learnt(cls, outcomes: Sequence[Outcome]) -> Expected:
        """The posterior of the weights; equations 3.50 and 3.51 of Bishop."""
        x = np.array([_features(o.standing) for o in outcomes])
        prior = np.zeros(x.shape[1])
        prior[0] = _PRIOR
        spread = np.linalg.inv(x.T @ x + _STIFF * np.eye(x.shape[1]))
        weights = spread @ (x.T @ np.array([float(o.gain) for o in outcomes]) + _STIFF * prior)
        return cls(tuple(weights.tolist()), tuple(map(tuple, spread.tolist())))

    def is_sure(self, standing: Standing) -> bool:
        """Whether a gain is to be expected."""
        x = np.array(_features(standing))
        return float(x @ np.array(self.weights)) > _SURE * math.sqrt(float(x @ np.array(self.spread) @ x))


@dataclass(frozen=True)
class Votes:
    """What was measured of one model."""

    identity: str  # its file's SHA-256, or its name and server
    name: str
    reader: str  # the reader's SHA-256: another one votes otherwise
    expected: Expected | None = None  # None: too few questions in which they differ
    worded: float = 0.0  # mean gain where both found the same
    false: float = 1.0  # share of the model's answers that would decide a yes/no question
    cells: Mapping[str, Gain] = field(default_factory=dict)

    @classmethod
    def measured(cls, llm: LLM, outcomes: Sequence[Outcome]) -> Votes:
        """From every question."""
        differing = [o for o in outcomes if _differ(o.standing.where)]
        agreed = [o.gain for o in outcomes if o.standing.where.endswith(f": {AGREED}")]
        named = [o.false for o in differing if _names(o.standing.where)]
        votes = cls(
            identity_of(llm),
            llm.name,
            READER_SHA256,
            Expected.learnt(differing) if len(differing) >= _FEWEST else None,
            round(sum(agreed) / max(1, len(agreed)), 4),
            round(sum(named) / max(1, len(named)), 4),
        )
        by_way: dict[str, list[Outcome]] = {}
        for outcome in sorted(outcomes, key=lambda o: o.standing.where):
            by_way.setdefault(outcome.standing.where, []).append(outcome)
        return replace(votes, cells={where: votes._gain(of) for where, of in by_way.items()})

    def prefer_model(self, standing: Standing) -> bool:
        """Whether the model's answer is given.

        Args:
            standing: how it stands to the reader's.
        """
        where = standing.where
        if where.endswith(f": {AGREED}"):  # the same is found: the model's words are as good until shown otherwise
            return self.worded >= 0
        if self.expected is None or not _differ(where) or _names(where) and self.false > _MOST_FALSE:
            return False
        return self.expected.is_sure(standing)

    def _gain(self, outcomes: Sequence[Outcome]) -> Gain:
        mean = sum(o.gain for o in outcomes) / len(outcomes)
        return Gain(len(outcomes), round(mean, 4), sum(self.prefer_model(o.standing) for o in outcomes))


def _differ(where: str) -> bool:
    return not where.endswith((f": {AGREED}", ": neither"))


def _names(where: str) -> bool:
    """Whether the model's Yes or No would stand."""
    form, _, how = where.partition(": ")
    return form == "polar" and how.startswith(_NAMED)


def _features(standing: Standing) -> tuple[float, ...]:
    form, _, how = standing.where.partition(": ")
    near = max(-1.0, min(1.0, _STEEP * standing.margin))
    alone = how.startswith(_WAYS[0])
    ways = (float(how.startswith(way)) for way in _WAYS)
    likely = float(how.endswith(", likely evidence"))
    pick = standing.pick if how.startswith(_NAMED) else 0.0
    return (
        1.0,
        *ways,
        float(form == "polar"),
        likely,
        near * alone,
        near * (not alone),
        pick * alone,
        pick * (not alone),
    )


def identity_of(llm: LLM) -> str:
    """What a model is known by."""
    return llm.identity if isinstance(llm, Identified) else llm.name


def votes_file(identity: str) -> Path:
    """Where a model's votes are kept."""
    return models_folder() / "votes" / f"{hashlib.sha256(identity.encode()).hexdigest()[:16]}.json"


def store(votes: Votes) -> Path:
    """Keep what was measured.

    Raises:
        RagError: the folder cannot be written.
    """
    file = votes_file(votes.identity)
    text = json.dumps({"format": _FORMAT, **asdict(votes)}, indent=1, ensure_ascii=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_suffix(f".{os.getpid()}")
        aside.write_text(text + "\n", "utf-8")
        os.replace(aside, file)
    except OSError as problem:
        raise RagError(
            f"The votes cannot be kept in {file.parent} ({problem.strerror}).",
            "Make room there, or name another folder in UNSAID_MODELS.",
        ) from problem
    return file


def stored(llm: LLM) -> Votes | None:
    """What was measured of a model, beside the reader of this version; None where nothing was, or can't be read."""
    identity = identity_of(llm)
    try:
        data = json.loads(votes_file(identity).read_text("utf-8"))
        known = data.pop("format") == _FORMAT
        cells = {where: Gain(**gain) for where, gain in data.pop("cells").items()}
        of = data.pop("expected")
        expected = None if of is None else Expected(tuple(of["weights"]), tuple(map(tuple, of["spread"])))
        found = Votes(expected=expected, cells=cells, **data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if known and (found.identity, found.reader) == (identity, READER_SHA256) else None
