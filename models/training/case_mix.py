"""Which cases the judge learns from, how much of each in a round, and which measure it: the one place to change it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from models.training import examples as files
from models.training import sources
from models.training.cases import Case, of_examples, read
from models.training.held_back import held_back, held_before

# How many of the cases of each origin a round takes, as a share of all; all of an origin that isn't named. A round has
# about 2.5 million tokens, drawn anew each time.
SHARES: Mapping[str, float] = MappingProxyType(
    {
        "news": 0.7,
        "desk": 1.0,
        "wiki": 0.5,
        "wiki, open": 1.5,
        "wiki, unsaid": 0.7,
        "wiki, near miss": 0.2,
        "wiki, answered": 0.2,
        "news, near miss": 0.3,
        "desk, near miss": 0.5,
        "news, answered": 0.4,
        "desk, answered": 0.5,
        "squad, answered": 0.06,
        "news, looked at": 0.3,
        "desk, looked at": 0.3,
        "folders": 1.0,
        "folders, near miss": 0.5,
        "folders, answered": 0.6,
        "folders, looked at": 0.5,
        "statements": 1.0,
        "statements, elsewhere": 0.3,
        "boolq": 0.5,
        "condaqa": 0.4,
        "tenp": 0.09,
        "cad": 0.07,
        "scone": 0.5,
        "fever": 0.25,
        "nli": 0.65,
        "nli, asked": 0.5,
        "tenp, asked": 0.06,
        "cad, asked": 0.06,
        "scone, asked": 0.06,
        "fever, asked": 0.06,
    }
)
_LONGEST = 600  # characters of a passage of the other files: about half of a row


def gathered(file: Path, train: Path) -> tuple[list[Case], list[Case]]:
    """The cases to learn from, and those held back: documents and groups that no training learns from.

    Args:
        file: what `python -m rag.training_data.cases` wrote.
        train: the folder of the training data.
    """
    claims = [*sources.inference(train), *files.negated_nli(train)]
    told = [e for e in files.condaqa(train) if e.label in ("yes", "no")]
    examples = [*claims, *sources.asked(claims), *sources.boolq(train), *sources.statements(train, 1), *told]
    short = [e for e in examples if len(e.passage) <= _LONGEST]
    cases = [*read(file), *of_examples(short)]
    held = held_back({c.group for c in cases}, held_before(train))
    return [c for c in cases if c.group not in held], [c for c in cases if c.group in held]
