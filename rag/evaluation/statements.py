"""How many false statements a draft could make: `python -m rag.evaluation.statements STATEMENTS.jsonl.gz`.

Each row has a sentence with true and false short statements on it; the false ones use its words and say something
else. Every statement is checked as a draft that points at the sentence. Only the articles held back from
training count (`models/training/held_back.json`), unless `--all`. Prints, as JSON, the share of the true and the false
statements that pass, how often each check stopped them, and all false ones that pass.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.held_back import listed
from rag.answering.verify import Failure, Source, verify
from rag.asking.understand import understand

_ASKED = "What about it?"  # a question whose own words play no part


@dataclass(frozen=True)
class Judged:
    """A statement on a sentence, and what the checks say of it."""

    sentence: str
    statement: str
    true: bool
    failures: tuple[Failure, ...]


def judged(path: Path, *, everything: bool = False) -> list[Judged]:
    """All statements of a file, checked.

    Args:
        path: JSON lines, gzipped: `source`, `sentence`, and the lists `true` and `false`.
        everything: also the articles that training may learn from.
    """
    question, held = understand(_ASKED), listed("news")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if everything or row["source"] in held]
    return [
        Judged(row["sentence"], text, true, verify(text, question, Source(row["sentence"])))
        for row in rows
        for true in (True, False)
        for text in row["true" if true else "false"]
    ]


def figures(statements: Sequence[Judged]) -> dict[str, Any]:
    """Counts, shares in percent, and the false ones that pass."""
    passed = [one for one in statements if not one.failures]
    found: dict[str, Any] = {"sentences": len({one.sentence for one in statements})}
    for name, true in (("true", True), ("false", False)):
        of = [one for one in statements if one.true is true]
        through = sum(one.true is true for one in passed)
        found[name] = {"statements": len(of), "pass": through, "percent": round(100 * through / max(1, len(of)), 2)}
        found[name]["checks"] = dict(Counter(c for one in of for c in {f.check for f in one.failures}))
    return {**found, "false that pass": [(one.sentence, one.statement) for one in passed if not one.true]}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=Path)
    parser.add_argument("--all", action="store_true", help="also what training may learn from")
    given = parser.parse_args()
    found = figures(judged(given.statements, everything=given.all))
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
