"""How an answer came about: how long each step took, and what `--explain` prints."""

from __future__ import annotations

import time
from collections.abc import Sequence

from rag.asking.question import Question
from rag.evidence import Weighing
from rag.types import Passage, Timings


class Clock:
    """Seconds since the question was asked, by step; the first mark of a step counts."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._marks: dict[str, float] = {}

    def mark(self, step: str) -> None:
        """Note that a step is done."""
        self._marks.setdefault(step, time.perf_counter() - self._start)

    def timings(self) -> Timings:
        """The marks so far, and the time until now."""
        total = time.perf_counter() - self._start
        marks = {step: round(seconds, 4) for step, seconds in self._marks.items()}
        return Timings(
            retrieve=marks.get("retrieve", 0.0),
            first_quote=marks.get("first_quote"),
            first_token=marks.get("first_token"),
            total=round(total, 4),
        )


def trace(
    asked: Question, passages: Sequence[Passage], weighing: Weighing, checks: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """What `--explain` prints: how the question was understood, what was weighed, what failed."""
    lines = [("question", f"{asked.form.value}, asks for {asked.asks.value}, about {', '.join(sorted(asked.stems))}")]
    lines += [
        ("passage", f"{p.source} {p.start}–{p.end} cosine {p.similarity:.2f} score {p.score:.4f}") for p in passages
    ]
    lines += [("sentence", f"{w.support:.2f} {w.stance}: {w.sentence.text}") for w in weighing.sentences[:8]]
    lines.append(("answerable", f"{weighing.answerable:.2f}, the bar is {weighing.bar:.2f}"))
    return (*lines, *checks)
