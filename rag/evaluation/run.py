"""Ask every question of a set and sum up."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from typing import Any, Protocol

from rag.errors import RagError
from rag.evaluation.score import GROUPS, Row, Score, places, score
from rag.evaluation.trust import Verdict
from rag.evaluation.voters import Ballot, report
from rag.types import Answer, Answered, Document, Event, Passage, Retrieved

RANKS = (1, 3, 8)


@dataclass(frozen=True)
class Checked:
    """What verification said of one draft."""

    text: str  # what it said
    failed: tuple[str, ...]  # names of the checks that fired
    bad: bool  # the draft would have been a wrong answer, or held a number or name from nowhere


@dataclass(frozen=True)
class Result:
    """One question, asked and scored."""

    row: Row
    answer: Answer
    score: Score
    rank: int | None  # 0-based place of the first passage that holds evidence
    checked: Checked | None = None  # None where nothing was drafted
    ballot: Ballot | None = None  # None where no stronger model was asked, too, or there is no key


def read_rows(path: Path) -> list[Row]:
    """The rows of a question set, which may be gzip'd.

    Raises:
        RagError: a line is no row.
    """
    rows = []
    text = gzip.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".gz" else path.read_text("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            data = json.loads(line)
            rows.append(
                Row(
                    id=data["id"],
                    source=data["source"],
                    question=data["question"],
                    kind=data.get("kind"),
                    status=tuple(data.get("status", ())),
                    must=tuple(tuple(group) for group in data.get("must", ())),
                    must_not=tuple(data.get("must_not", ())),
                    polar=data.get("polar"),
                    evidence=tuple(data["evidence"]),
                    history=tuple(data.get("history", ())),
                    max_words=data.get("max_words"),
                )
            )
        except (ValueError, KeyError, TypeError) as problem:
            raise RagError(
                f"Line {number} of {path} is no question ({problem!r}).", "See the format in docs/quality.md."
            ) from problem
    return rows


class Asker(Protocol):
    """Whatever answers questions step by step: the assistant, or a simpler pipeline to compare it with."""

    def stream(self, question: str, history: Sequence[Answer] = ()) -> Iterable[Event]:
        """The events of one question, after these answers of the same conversation; `Answered` comes last."""
        ...

    def document(self, source: str) -> Document:
        """One article."""
        ...


def evaluate(rows: Iterable[Row], asker: Asker, done: Callable[[], None] = lambda: None) -> list[Result]:
    """Ask and score every row, in order; `done` is called after each."""
    results = []
    for row in rows:
        passages: Sequence[Passage] = ()
        for event in asker.stream(row.question, _history(row, asker)):
            if isinstance(event, Retrieved):
                passages = event.passages
            elif isinstance(event, Answered):
                marked = score(row, event.answer, lambda source: asker.document(source).text)
                checks = _checks(row, event, asker) if event.trace else None
                rank, ballot = _rank(row, passages, asker), _ballot(row, event, marked, asker)
                results.append(Result(row, event.answer, marked, rank, checks, ballot))
        done()
    return results


def _history(row: Row, asker: Asker) -> Sequence[Answer]:
    """The answers to what was asked before."""
    answers: list[Answer] = []
    for question in row.history:
        answers += [e.answer for e in asker.stream(question, answers) if isinstance(e, Answered)]
    return answers


def _checks(row: Row, event: Answered, asker: Asker) -> Checked | None:
    """Which checks stopped the LLM's draft, and whether they should have: it would have been wrong, or invented."""
    said = [detail for step, detail in event.trace if step == "draft"]
    if not said:
        return None
    failed = tuple(dict.fromkeys(step.removeprefix("failed: ") for step, _ in event.trace if step.startswith("failed")))
    markers = "".join(f"[{c.n}]" for c in event.answer.citations)
    drafted = score(row, replace(event.answer, text=f"{said[0]} {markers}"), lambda source: asker.document(source).text)
    return Checked(said[0], failed, bad=drafted.right is False or bool(drafted.fabricated))


def _ballot(row: Row, event: Answered, given: Score, asker: Asker) -> Ballot | None:
    """How the reader's answer and a stronger model's would each have been scored."""
    voted = event.voted
    if voted is None or given.verdict is None:
        return None
    reader, model = (
        score(row, answer, lambda source: asker.document(source).text).verdict for answer in (voted.reader, voted.model)
    )
    return Ballot(voted.standing, reader, model, given.verdict) if reader and model else None


def _rank(row: Row, passages: Sequence[Passage], asker: Asker) -> int | None:
    if not row.evidence or row.max_words is not None:  # key strings may stand in several documents
        return None
    spans = places(row, asker.document(row.source).text)
    for rank, p in enumerate(passages):
        if p.source == row.source and any(a < p.end and p.start < b for a, b in spans):
            return rank
    return None


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """Shares in percent, seconds at the median and the 95th percentile, and every answer by its id."""
    groups: dict[str, list[bool]] = {"all": []}
    for group in dict.fromkeys(GROUPS.values()):
        groups[group] = []
        groups.update({f"  {kind}": [] for kind, of in GROUPS.items() if of == group})
    for r in results:
        if r.score.right is not None:
            for name in ("all", r.row.group or "other", f"  {r.row.kind}"):
                groups.setdefault(name, []).append(r.score.right)
    answerable = [r for r in results if r.row.group in (None, "answerable", "denial") and r.answer.status == "answered"]
    retrievable = [r for r in results if r.row.evidence and r.row.group != "false premise"]
    verdicts = [r.score.verdict for r in results if r.score.verdict]
    return {
        "questions": len(results),
        "trust": _trust(verdicts),
        "false": _percent(verdicts.count("false"), len(verdicts)),
        "right": {name: {"percent": _percent(sum(v), len(v)), "of": len(v)} for name, v in groups.items() if v},
        "quote_exactness": _percent(sum(r.score.exact for r in results), sum(r.score.quotes for r in results)),
        "citation_precision": _percent(
            sum(r.score.relevant for r in answerable), sum(r.score.quotes for r in answerable)
        ),
        "evidence_cited": _percent(sum(r.score.relevant > 0 for r in answerable), len(answerable)),
        "fabrications": sum(bool(r.score.fabricated) for r in results),
        "llm_prose": _percent(
            sum(r.answer.model != "extractive" for r in results), sum(r.answer.status == "answered" for r in results)
        ),
        "checks": _fired([r.checked for r in results if r.checked]),
        "voters": report([r.ballot for r in results if r.ballot]),
        "evidence_recall": {
            f"@{k}": _percent(sum(r.rank is not None and r.rank < k for r in retrievable), len(retrievable))
            for k in RANKS
        },
        "seconds": {
            "first_quote": _spread([r.answer.timings.first_quote for r in results if r.answer.timings.first_quote]),
            "total": _spread([r.answer.timings.total for r in results]),
        },
        "answers": {
            r.row.id: {
                "right": r.score.right,
                "verdict": r.score.verdict,
                "reasons": r.score.reasons,
                "fabricated": r.score.fabricated,
                "status": r.answer.status,
                "text": r.answer.text,
            }
            for r in results
        },
    }


def _fired(checked: Sequence[Checked]) -> dict[str, dict[str, int]]:
    """For each check how often it stopped a draft, and how often rightly; "survived" counts drafts that passed all."""
    names = sorted({name for c in checked for name in c.failed})
    fired = {
        name: {
            "fired": sum(name in c.failed for c in checked),
            "rightly": sum(name in c.failed and c.bad for c in checked),
        }
        for name in names
    }
    passed = [c for c in checked if not c.failed]
    return {**fired, "survived": {"drafts": len(passed), "bad": sum(c.bad for c in passed)}} if checked else {}


def _trust(verdicts: Sequence[Verdict]) -> float | None:
    """The percentage of right answers less that of false ones."""
    return _percent(verdicts.count("right") - verdicts.count("false"), len(verdicts))


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _spread(seconds: Sequence[float]) -> dict[str, float] | None:
    if len(seconds) < 2:
        return None
    cuts = quantiles(seconds, n=20)
    return {"p50": round(cuts[9], 3), "p95": round(cuts[18], 3)}
