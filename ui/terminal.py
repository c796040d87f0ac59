"""Answers and reports as lines for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from rag.evaluation.compare import Change
from rag.types import Absence, Answer, IndexReport, Listed, Progress, Searched
from ui.folding import SHOWN, cut
from ui.words import counted, told_of

_NAMED = 10  # files listed by name before "and N more"
_STANCE = {"stated": "stated", "denied": "denied in the text", "undecided": "left open"}


_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))  # they steer a terminal, turn text around or break lines


def is_unsafe(character: str) -> bool:
    """Whether a character could do something to a terminal: C0 and C1 controls, direction marks, line ends."""
    return unicodedata.category(character) in _UNSAFE


def safe(text: str) -> str:
    """Text that cannot steer a terminal; its line ends stay."""
    return "".join(" " if c != "\n" and is_unsafe(c) else c for c in text)


def plain(text: str) -> str:
    """The same on one line: what a file is called, or an article says, never looks like a line of ours."""
    return safe(text).replace("\n", " ")


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer with its numbered quotes, or the search that found nothing."""
    head, rest, more = cut(answer.text)
    yield safe(f"{head} and {more:,} more." if rest else answer.text)
    if answer.citations:
        yield ""
    stances = {n: claim.stance for claim in answer.claims for n in claim.citations}
    for c in answer.citations[:SHOWN]:
        where = f"{c.title} ({c.source})" if c.title else c.source
        yield f"[{c.n}] {plain(where)}, characters {c.start}–{c.end}, {_STANCE[stances.get(c.n, 'stated')]}"
        yield f"    {plain(' '.join(c.quote.split()))}"
    if len(answer.citations) > SHOWN:
        yield f"and {len(answer.citations) - SHOWN:,} more quotes; --json shows them all"
    if answer.absence and (answer.absence.topics or answer.absence.nearest):
        yield ""
        yield from absence_lines(answer.absence)
    if answer.sent_to:
        yield ""
        yield f"Sent to {plain(', '.join(answer.sent_to))} for this answer."


def absence_lines(absence: Absence) -> Iterator[str]:
    """What was searched, what was found of it, and what comes closest."""
    yield searched_line(absence.searched)
    for topic in absence.topics:
        forms = f" ({', '.join(topic.variants[:4])})" if topic.variants else ""
        yield f"  {plain(topic.term)}: {topic.exact:,} as written, {topic.variant:,} in another form{plain(forms)}"
    if absence.nearest:
        yield "Nearest:"
    for near in absence.nearest:
        yield f"  {near.score:.2f}  {plain(near.source)}: {plain(' '.join(near.quote.split()))}"


def searched_line(s: Searched) -> str:
    """What a finding over everything rests on."""
    skipped = f"; {counted(s.skipped, 'file')} could not be searched, or only in part" if s.skipped else ""
    return f"Searched {counted(s.articles, 'article')}, {counted(s.sentences, 'sentence')}{skipped}."


def report_lines(report: IndexReport) -> Iterator[str]:
    """What a rebuild did, by name."""
    for label, names in (("added", report.added), ("changed", report.changed), ("removed", report.removed)):
        yield from _named(label, names)
    if report.unchanged:
        yield f"unchanged: {len(report.unchanged):,}"
    yield from _named("skipped", [f"{path}: {reason}" for path, reason in report.skipped])
    yield from _named("noted", [f"{source}: {remark}" for source, remark in report.notes])


def listed_lines(article: Listed) -> Iterator[str]:
    """An article of the index: its name, what it says of itself, how long it is, and how it was read."""
    known = " · ".join(plain(part) for part in (article.title, *told_of(article)) if part)
    yield f"{plain(article.source)}{'  ' + known if known else ''}  ({counted(article.sentences, 'sentence')})"
    yield from (f"    {plain(note.text)}" for note in article.notes)


def progress_line(progress: Progress) -> str:
    """How far a rebuild is, in a few words."""
    item = f" {plain(progress.item)}" if progress.item else ""
    return f"{progress.stage} {progress.done:,}/{progress.total:,}{item}"


def figure_lines(figures: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Figures of question sets as a table, one block a set."""
    for name, f in figures.items():
        yield f"{plain(name)}: {f['questions']} questions"
        for group, share in f["right"].items():
            yield f"  {group:<22}{share['percent']:>6} % right of {share['of']}"
        for key in ("false", "trust", "quote_exactness", "citation_precision", "evidence_cited", "llm_prose"):
            yield f"  {key.replace('_', ' '):<22}{'–' if f[key] is None else f[key]:>6} %"
        yield f"  {'fabrications':<22}{f['fabrications']:>6}"
        for check, counts in f["checks"].items():
            yield f"  check {check:<16}{', '.join(f'{n} {what}' for what, n in counts.items())}"
        yield from voter_lines(f["voters"])
        yield f"  {'evidence recall':<22}{'  '.join(f'{k} {v} %' for k, v in f['evidence_recall'].items())}"
        for step, spread in f["seconds"].items():
            if spread:
                yield f"  {step.replace('_', ' '):<22}p50 {spread['p50']} s, p95 {spread['p95']} s"


def voter_lines(voters: dict[str, Any]) -> Iterator[str]:
    """The reader alone, a model alone and both agreeing, of the questions that both were asked."""
    for who, shares in voters.items():
        if isinstance(shares, dict) and who != "cells":
            told = ", ".join(f"{shares[key]} % {key}" for key in ("right", "false"))
            yield f"  {who:<22}{shares['trust']:>6} % trust ({told} of {shares['of']})"


def change_lines(change: Change) -> Iterator[str]:
    """What a run gets right that another did not, and the other way round."""
    for label, ids in (("better", change.better), ("worse", change.worse)):
        yield f"{label}: {len(ids)}{'  ' + ' '.join(map(plain, ids)) if ids else ''}"


def _named(label: str, names: tuple[str, ...] | list[str]) -> Iterator[str]:
    if names:
        yield f"{label}: {len(names):,}"
        yield from (f"  {plain(n)}" for n in names[:_NAMED])
        if len(names) > _NAMED:
            yield f"  and {len(names) - _NAMED:,} more"
