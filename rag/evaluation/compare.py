"""Compare two runs of a question set, answer by answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import RagError


@dataclass(frozen=True)
class Change:
    """Ids of the questions that one run gets right and the other doesn't."""

    better: tuple[str, ...]
    worse: tuple[str, ...]


def read_run(path: Path) -> dict[str, Any]:
    """A run as `unsaid eval --json` printed it: figures by question set.

    Raises:
        RagError: the file is no such run.
    """
    try:
        run = json.loads(path.read_text("utf-8"))
        if not all("answers" in figures for figures in run.values()):
            raise ValueError("it holds no answers")
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise RagError(
            f"{path} is no run ({problem}).", "Make one: unsaid eval QUESTIONS --json > RUN.json"
        ) from problem
    return dict(run)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """What changed between two runs of one set; questions that only one of them has don't count."""
    old, new = before["answers"], after["answers"]
    common = [i for i in new if i in old]
    return Change(
        better=tuple(i for i in common if new[i]["right"] and old[i]["right"] is False),
        worse=tuple(i for i in common if old[i]["right"] and new[i]["right"] is False),
    )
