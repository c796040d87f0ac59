"""Whether a figure rose or fell: two dated figures of one thing, and their difference, computed by code.

They are cells of a table whose rows or columns are years, months or days, else figures in sentences of documents of
different days. Yes or No is said only where both are surely of what is asked; else the question goes another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import TEXT_SAYS, Composition
from rag.answering.operands import Operands, Under, of_cells
from rag.answering.quote import quote_of
from rag.answering.sums import reckoned
from rag.asking.sums_asked import Part, Sum, SumAsked
from rag.asking.trend_asked import TrendAsked
from rag.asking.understand import understand
from rag.asking.window_asked import period
from rag.asking.window_meant import in_years, window_of
from rag.evidence.weighed import Weighed
from rag.language.windows import Window, of_iso
from rag.types import Answered, Claim
from rag.ways.ask import Ask, Events
from rag.ways.dated_figures import Dated, dated_figures
from rag.ways.limits import newest_day
from rag.ways.reckon import beside, tables_of
from rag.ways.side_by_side import weighed_in

_LEAST = 2  # figures
_SAID = re.compile(r"(?:Yes|No)(?:, [^:“]{3,160})?: ")
_CHANGES = re.compile(
    r"\b(?:r[io]se[ns]?|risen|rising|f[ae]ll(?:en|s|ing)?|gr[eo]w(?:n|s|ing|th)?|increas\w+|decreas\w+|declin\w+|drop\w*"
    r"|chang\w+|unchanged|up|down|climb\w*|shr[aiu]nk\w*|more|fewer|less|higher|lower|than|from|still|stays?|stayed|same"
    r"|doubl\w+|halv\w+|tripl\w+|improv\w+|cut|rais\w+|lower\w+|reduc\w+)\b",
    re.I,
)
_SHOWN = 2  # figures between the first and the last that are quoted


@dataclass(frozen=True)
class _Between:
    """The days that a trend is asked of, and the beginnings of the dates at its ends where they are named."""

    window: Window | None
    first: str = ""
    last: str = ""

    def holds(self, label: str) -> bool:
        """Whether a date in ISO 8601 lies in it."""
        at = of_iso(label)
        return at is not None and (self.window is None or self.window.meets(at))


def trend_of(ask: Ask, asked: TrendAsked) -> Composition | None:
    """How a figure went; None where two figures of it aren't surely found.

    Args:
        ask: the question.
        asked: what it asks.
    """
    newest = newest_day(ask.index, ask.scope)
    window = window_of(asked.limit, newest) if asked.limit else None
    if asked.limit and window is None:
        return None
    ends = in_years(asked.limit, newest) if asked.limit and not asked.limit.counted else ()
    between = _Between(window, ends[0] if ends else "", ends[-1] if len(ends) > 1 else "")
    inner = understand(_question(asked.what))
    _, weighing = weighed_in(ask, inner, ())
    return _of_tables(ask, asked, between, weighing.sentences) or _of_documents(
        ask, asked, between, dated_figures(ask, asked.what, inner, weighing.sentences)
    )


def _question(what: str) -> str:
    """The question after the figure itself: "How many members are there?" of "number of members"."""
    number, of, rest = what.partition(" of ")
    if of and number.lower().split()[-1:] in (["number"], ["numbers"], ["count"]):
        return f"How many {rest} are there?"
    return f"What is the {what}?"


def unasserted(events: Events, asked: TrendAsked) -> Events:
    """The same without Yes or No, which one quote doesn't give unless it tells of a change itself.

    Args:
        events: of the question, answered like any other.
        asked: what may have risen or fallen; of what isn't called a number or a price, Yes and No stay.
    """
    for event in events:
        if isinstance(event, Answered) and asked.measured and asked.direction and event.answer.citations:
            answer, first = event.answer, event.answer.claims[0]
            said = _SAID.match(first.text)
            if said and not any(_CHANGES.search(c.quote) for c in answer.citations):
                told = replace(first, text=f"{TEXT_SAYS}: {first.text[said.end() :]}", stance="stated")
                rest = answer.text.removeprefix(first.text)
                event = replace(event, answer=replace(answer, text=told.text + rest, claims=(told, *answer.claims[1:])))
        yield event


# ── Tables ──────────────────────────────────────────────────────────────────────────────────
def _of_tables(ask: Ask, asked: TrendAsked, between: _Between, weighed: Sequence[Weighed]) -> Composition | None:
    """The one answer that tables give; None where none does, or two say something different."""
    found: dict[str, Composition] = {}
    for table in tables_of(ask, weighed):
        for ends in _ends(table, between):
            wanted = SumAsked(Sum.DIFFERENCE, tuple(Part(e, "") for e in ends), asked.what, change=True)
            operands = of_cells(wanted, table, ask.index)
            composed = reckoned(wanted, operands, beside(ask, operands, table)) if operands else None
            if operands and composed:
                found.setdefault(str([o.value for o in operands.of]), _told(asked, operands, composed))
    return next(iter(found.values())) if len(found) == 1 else None


def _ends(table: Under, between: _Between) -> Iterator[tuple[str, str]]:
    """The labels of the last and the first time of a table, of its rows and of its columns."""
    grid = table.grid
    rows = [line.name for line in grid.lines if not line.is_total]
    columns = [said for at, said in sorted(grid.names.items()) if at]
    for labels in (rows, columns):
        times = {label: period(label) for label in labels}
        dated = {label: at for label, at in times.items() if at[:1].isdigit()}
        if len(dated) < len(times) and labels is rows or len(dated) < _LEAST:
            continue
        inside = sorted((at, label) for label, at in dated.items() if between.holds(at))
        if len(inside) < _LEAST or not _are_named(inside[0][0], inside[-1][0], between):
            continue
        yield inside[-1][1], inside[0][1]


def _are_named(first: str, last: str, between: _Between) -> bool:
    """Whether the first and the last time are those that the question names."""

    def same(at: str, named: str) -> bool:
        return not named or at.startswith(named) or named.startswith(at)

    return same(first, between.first) and same(last, between.last)


# ── Documents ───────────────────────────────────────────────────────────────────────────────
def _of_documents(ask: Ask, asked: TrendAsked, between: _Between, figures: Sequence[Dated]) -> Composition | None:
    inside = [f for f in figures if between.holds(f.day)]
    if len(inside) < _LEAST:
        return None
    first, last = inside[0], inside[-1]
    wanted = SumAsked(Sum.DIFFERENCE, (), asked.what, change=True)
    composed = reckoned(wanted, Operands((last.operand(ask), first.operand(ask)), counted=""))
    if composed is None:
        return None
    told = _told(asked, Operands((last.operand(ask), first.operand(ask))), composed)
    return _with_those_between(ask, told, inside[1:-1][-_SHOWN:])


def _with_those_between(ask: Ask, told: Composition, between: Sequence[Dated]) -> Composition:
    claims, citations = [replace(c, text=f"{c.text}.") for c in told.claims], list(told.citations)
    for one in between:
        n = len(citations) + 1
        quote = quote_of(one.weighed, (one.weighed.sentence,), ask.index)
        citation = replace(citations[0], n=n, source=quote.source, title=quote.title, quote=quote.text)
        citation = replace(citation, start=quote.start, end=quote.end, support=round(quote.support, 4), spans=())
        citations.append(citation)
        claims.append(Claim(f"In between, {one.in_words}: {one.figure.written} [{n}].", (n,), "supported", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))


def _told(asked: TrendAsked, operands: Operands, composed: Composition) -> Composition:
    """The difference behind Yes or No, where that is asked for."""
    last, first = (o.value for o in operands.of)
    went = "up" if last > first else "down" if last < first else "same"
    if asked.direction is None:
        return composed
    right = went != "same" if asked.direction == "changed" else went == asked.direction
    said = "Yes" if right != asked.unchanged else "No"
    claim = composed.claims[0]
    text = f"{said}, {claim.text[:1].lower()}{claim.text[1:]}"
    claims = (replace(claim, text=text), *composed.claims[1:])
    return replace(composed, text=" ".join(c.text for c in claims), claims=claims)
