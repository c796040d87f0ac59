"""Answers that a person called wrong, kept in a file of the index folder that nobody sends anywhere.

A line is a row of a question set, so that `unsaid eval` reads the file: its question counts as right once the answer is
another one than that which was called wrong. Who knows the right answer adds it to `must` and `evidence`.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rag.errors import RagError
from rag.index.layout import Layout
from rag.types import Answer

_MARKER = re.compile(r"\s*(?<!\\)\[\d+\]")
_LONGEST = 10_000  # words: no answer is too long for what is no question of length
_lock = threading.Lock()


def wrong_answer(
    answer: Answer, history: Sequence[Answer], sources: Sequence[str] | None, trace: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """A row of a question set for an answer that is wrong.

    Args:
        answer: it.
        history: the answers before it, oldest first.
        sources: the articles that were asked; None for all.
        trace: what `--explain` prints of it.
    """
    now = datetime.now(UTC)
    found_nothing = answer.status == "not_mentioned"
    return {
        "id": f"wrong-{now:%Y%m%dT%H%M%S.%f}",
        "source": answer.citations[0].source if answer.citations else "",
        "question": answer.question,
        "kind": "called wrong",
        "status": ["answered"] if found_nothing else ["answered", "not_mentioned"],
        "must": [],
        "must_not": [] if found_nothing else [_MARKER.sub("", answer.text)],
        "polar": None,
        "evidence": [],
        "history": [a.question for a in history],
        "max_words": _LONGEST,
        "sources": None if sources is None else list(sources),
        "answer": answer.to_dict(),
        "trace": [list(line) for line in trace],
        "said": now.isoformat(timespec="seconds"),
    }


def write_down(row: dict[str, Any], index: Path) -> Path:
    """Add a row to the file of an index folder, which only its owner may read.

    Args:
        row: from `wrong_answer`.
        index: the folder of the index.

    Raises:
        RagError: it cannot be written.
    """
    file = Layout(index).wrong_answers
    try:
        with _lock, open(file, "a", encoding="utf-8", opener=_private) as out:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as problem:
        raise RagError(
            f"{file} cannot be written ({problem.strerror}).", "Make the index folder writable."
        ) from problem
    return file


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
