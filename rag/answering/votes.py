"""Who decides where the reader and a stronger model differ: measured for each way in which they can, kept by model.

A cell is one such way ("the reader finds nothing, the model answers"). Questions with keys are answered by both, and a
cell keeps what the model's answers gained over the reader's: each right answer counts one, each false one minus one
(`rag.evaluation.trust`). The model decides in a cell only where it surely gained, yes/no questions and others taken
together, and lost nothing in the cell itself; it says Yes or No only where it was
false five times in a hundred at most. Without a measurement the reader has the veto: the model words what both agree
on, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from models.folder import models_folder
from models.protocols import LLM, Identified
from models.weights import READER_SHA256
from rag.errors import RagError
from rag.evidence.polarity import Said

AGREED = "agree"
_FORMAT = 2  # 1: the model had no searches of its own
_SURE = 1.96  # standard errors: chance alone would reach that once in forty cells
_PRIOR = -1.0  # one answer more that the model would have lost
_FEWEST = 10  # questions of a cell that tell anything
_MOST_FALSE = 0.05  # of the answers to yes/no questions that a model may decide
_NAMED = ("model only", "other reply", "model says which", "other, ")  # where its Yes or No would stand


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
    likely = any(_overlap(a, b) for a in reader.likely for b in model.places)
    evidence = f"{'likely' if likely else 'unlikely'} evidence"
    if model.answered and not reader.answered:
        return f"{form}: model only, {evidence}"
    if not model.answered:
        return f"{form}: {'reader only' if reader.answered else 'neither'}"
    near = any(_overlap(a, b) for a in reader.places for b in model.places)
    if polar and reader.said != model.said:
        if reader.said and model.said:
            return f"{form}: other reply"
        return f"{form}: {'reader' if reader.said else 'model'} says which, {'same' if near else 'other'} evidence"
    return f"{form}: {AGREED if near else f'other, {evidence}'}"


def _overlap(a: Placed, b: Placed) -> bool:
    return a.source == b.source and a.start < b.end and b.start < a.end


class Outcome(NamedTuple):
    """One question of a cell: what the model's answer gained (-2..2), and whether it was false."""

    gain: int
    false: bool


@dataclass(frozen=True)
class Gain:
    """What a model's answers gained over the reader's in one cell."""

    questions: int
    mean: float  # of right answers (1) and false ones (-1), less those of the reader: -2..2
    error: float  # standard error of the mean; both with one lost answer more
    false: float = 0.0  # share of the model's answers that were

    @property
    def sure(self) -> bool:
        """Whether the model decides here."""
        return self.questions >= _FEWEST and self.mean - _SURE * self.error > 0


@dataclass(frozen=True)
class Votes:
    """What was measured of one model."""

    identity: str  # its file's SHA-256, or its name and server
    name: str
    reader: str  # the reader's SHA-256: another one votes otherwise
    cells: Mapping[str, Gain]

    @classmethod
    def measured(cls, llm: LLM, outcomes: Mapping[str, Sequence[Outcome]]) -> Votes:
        """From every question, by cell."""
        pooled: dict[str, list[Outcome]] = {}
        for where, of in outcomes.items():
            pooled.setdefault(_of_any(where), []).extend(of)
        cells = {name: _gain(of) for name, of in sorted({**outcomes, **pooled}.items())}
        return cls(identity_of(llm), llm.name, READER_SHA256, cells)

    def prefer_model(self, where: str) -> bool:
        """Whether the model's answer is given in a cell."""
        gain, pooled = self.cells.get(where), self.cells.get(_of_any(where))
        if where.endswith(f": {AGREED}"):  # the same is found: the model's words are as good until shown otherwise
            return gain is None or gain.mean >= 0
        if gain is None or pooled is None or gain.mean < 0 or not pooled.sure:
            return False
        form, _, how = where.partition(": ")
        return form != "polar" or not how.startswith(_NAMED) or gain.false <= _MOST_FALSE


def _of_any(where: str) -> str:
    """The same cell of all questions, whatever their form: enough of them to be sure of a gain come sooner."""
    return f"any: {where.partition(': ')[2]}"


def _gain(outcomes: Sequence[Outcome]) -> Gain:
    count, gains = len(outcomes), [o.gain for o in outcomes]
    mean = (sum(gains) + _PRIOR) / (count + 1)
    spread = sum((g - mean) ** 2 for g in (*gains, _PRIOR)) / max(1, count)
    false = sum(o.false for o in outcomes) / max(1, count)
    error = math.sqrt(spread / (count + 1))
    return Gain(count, round(mean if any(gains) else 0.0, 4), round(error, 4), round(false, 4))


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
        cells = {name: Gain(**gain) for name, gain in data["cells"].items()}
        found = Votes(data["identity"], data["name"], data["reader"], cells)
        known = data["format"] == _FORMAT
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if known and (found.identity, found.reader) == (identity, READER_SHA256) else None
