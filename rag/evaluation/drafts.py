"""Quotes and the LLM's words side by side: `python -m rag.evaluation.drafts INDEX QUESTIONS.jsonl [--adapter FILE]`.

Every question is answered twice by the same models, once in quotes alone and once with drafting on. Prints, as JSON,
the share of answered questions whose text the LLM chose, what became of the drafts, and every pair.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from models import load_embedder, load_llm, load_reader
from rag.assistant import Assistant
from rag.evaluation.run import Result, evaluate, read_rows, summary
from rag.settings import Settings


@dataclass(frozen=True)
class Pair:
    """One question, answered both ways."""

    quoted: Result
    drafted: Result

    @property
    def survived(self) -> bool:
        """Whether the answer is what the LLM chose to say."""
        return self.drafted.checked is not None and not self.drafted.checked.failed

    def to_dict(self) -> dict[str, Any]:
        """For reading side by side."""
        checked = self.drafted.checked
        return {
            "id": self.quoted.row.id,
            "kind": self.quoted.row.kind,
            "question": self.quoted.row.question,
            "quotes": self.quoted.answer.text,
            "draft": checked.text if checked else None,
            "failed": checked.failed if checked else (),
            "survived": self.survived,
            "right": (self.quoted.score.right, self.drafted.score.right),
            "reasons": self.drafted.score.reasons,
        }


def compared(index: Path, questions: Path, adapter: Path | None, every: int = 1) -> list[Pair]:
    """All questions of a set, or every n-th, both ways."""
    rows = read_rows(questions)[::every]
    embedder, reader, llm = load_embedder(), load_reader(), load_llm(adapter=adapter)
    both = [evaluate(rows, Assistant(index, llm, embedder, Settings(draft=draft), reader)) for draft in (False, True)]
    return [Pair(a, b) for a, b in zip(*both, strict=True)]


def figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Shares in percent, and seconds from the quotes to the first word and to the settled answer, at the median."""
    quoted, drafted = summary([p.quoted for p in pairs]), summary([p.drafted for p in pairs])
    return {
        "shown": sum(p.survived for p in pairs),
        "llm_prose": drafted["llm_prose"],
        "answered": sum(p.drafted.answer.status == "answered" for p in pairs),
        "right": {"quotes": quoted["right"], "drafts": drafted["right"]},
        "citation_precision": (quoted["citation_precision"], drafted["citation_precision"]),
        "fabrications": drafted["fabrications"],
        "checks": drafted["checks"],
        "first_word": _median(_waited(pairs, "first_token")),
        "settled": _median(_waited(pairs, "total")),
    }


def _waited(pairs: Sequence[Pair], until: str) -> Iterator[float]:
    for pair in pairs:
        timings = pair.drafted.answer.timings
        end = getattr(timings, until)
        if pair.drafted.checked and timings.first_quote and end:
            yield end - timings.first_quote


def _median(seconds: Iterator[float]) -> float | None:
    known = list(seconds)
    return round(median(known), 3) if known else None


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--adapter", type=Path, default=None, help="what a training exported; none: the shipped one")
    parser.add_argument("--every", type=int, default=1, help="take only every n-th question")
    given = parser.parse_args()
    pairs = compared(given.index, given.questions, given.adapter, given.every)
    found = {**figures(pairs), "pairs": [p.to_dict() for p in pairs if p.quoted.answer.status == "answered"]}
    sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
