"""The operands of a sum: cells of a table that a question names by row and column, each with its quote.

A cell is an operand only where all words of its name, and all that the operands share, stand in the labels of its row
and column or in what the table stands under. What isn't sure is None: a wrong sum is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.answering.grid import NOTHING, Grid, Line, value
from rag.answering.quote import Quote, quote_of
from rag.asking.sums_asked import Sum, SumAsked
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed
from rag.language.figures import written
from rag.language.words import content_stems
from rag.types import Span

# Verbs that tell no more than that a figure is somebody's: "attract 300 visitors", "record a profit".
LIGHT = content_stems(
    "attract draw receive record report earn show reach see count welcome amount compare sell announce list rise fall "
    "differ total altogether sum percentage share figure number year spend got stand hold held carry paid pay between "
    "difference combine average going according"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_NOTE = re.compile(r"\(([^()]{1,40})\)")
_MEASURES = re.compile(r"[£$€¥%]|\b(?:million|billion|thousand|per cent|in |tonnes?|km|kg|litres?|hectares?|teu)", re.I)


@dataclass(frozen=True)
class Operand:
    """A figure with its unit, the words that name it, and its quote; None for one that the question gives or code sums.

    `summed` is what it is the sum of.
    """

    value: Decimal
    written: str
    unit: str
    label: str
    quote: Quote | None
    summed: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class Operands:
    """The operands in the question's order; what they count, and the unit that is noted for all of them."""

    of: tuple[Operand, ...]
    noun: str = ""  # as a column or a row is named
    note: str = ""
    counted: str = ""  # the noun that is counted, as the question has it


@dataclass(frozen=True)
class Under:
    """A table with what its words are known by: the document's title and name, the heading above, the line before."""

    grid: Grid
    best: Weighed
    heading: str
    stems: frozenset[str]


def under(grid: Grid, best: Weighed, articles: Articles) -> Under:
    """A table and its surroundings."""
    source, position = best.sentence.source, best.sentence.position
    text, unit = articles.document(source).text, articles.article_units(source)[position]
    heading = text[unit.section.start : unit.section.end] if unit.section else ""
    first = min([line.sentence.position for line in grid.lines] + ([grid.head.position] if grid.head else []))
    before = articles.article_sentences(source)[first - 1].text if first else ""
    named = re.sub(r"[_.\-/]+", " ", source)
    top = " ".join(s.text for s in articles.article_sentences(source)[:2])
    known = content_stems(" ".join([best.title or "", named, top, heading, before, grid.names.get(0, "")]))
    return Under(grid, best, f"{heading}\n{before}", known)


def of_cells(asked: SumAsked, table: Under, articles: Articles) -> Operands | None:
    """The cells that the operands' names and what they share single out; None where one isn't sure."""
    names = [part.name for part in asked.parts if part.name]
    if not names:
        return None
    found = _by_rows(asked.rest, names, table, articles) or _by_columns(asked.rest, names, table, articles)
    if found is None and asked.among:
        lines, rest = _all_named(table.grid, asked.among)
        if len(lines) == 2 or len(lines) > 2 and asked.kind is Sum.TOTAL:
            found = _by_rows(f"{asked.rest} {rest}", [line.name for line in lines], table, articles)
    return found


def of_column(asked: SumAsked, table: Under, articles: Articles) -> Operands | None:
    """All figures of the column that the sum is asked of."""
    grid, wanted = table.grid, content_stems(asked.rest)
    column = column_of(grid, wanted, table.stems, alone=False)
    figures = grid.figures(column) if column is not None else []
    if column is None or not figures or any(line.is_total for line in grid.lines):
        return None
    if all(_YEAR.fullmatch(line.said[column]) for line, _ in figures):
        return None
    return of_figures([(line, column, line.name) for line, _ in figures], column, table, articles)


def whole_of(asked: SumAsked, table: Under, articles: Articles) -> Operand | None:
    """What a share is taken of: the row that totals the column, else the sum of all its figures."""
    column = column_of(table.grid, content_stems(asked.rest), table.stems)
    totals = [line for line in table.grid.lines if line.is_total and line.said.get(column or 0)] if column else []
    if column and totals:
        summed = (
            of_figures([(totals[0], column, totals[0].name)], column, table, articles) if len(totals) == 1 else None
        )
        return summed.of[0] if summed else None
    every = of_column(asked, table, articles)
    if every is None or every.of[0].unit == "%":
        return None
    figure, unit = sum((o.value for o in every.of), Decimal(0)), every.of[0].unit
    return Operand(figure, written(figure, unit), unit, "", None, every.of)


def _by_rows(rest: str, names: Sequence[str], table: Under, articles: Articles) -> Operands | None:
    """A row for each name, in the one column that is meant."""
    grid = table.grid
    known = table.stems | content_stems(" ".join(grid.names.values()))
    lines = [_line(grid, content_stems(name), known) for name in names]
    if any(line is None for line in lines) or len({line.sentence.id for line in lines if line}) < len(lines):
        return None
    column = column_of(grid, content_stems(rest), table.stems)
    if column is None:
        return None
    found = [(line, column, line.name) for line in lines if line]
    return of_figures(found, column, table, articles)


def _by_columns(rest: str, names: Sequence[str], table: Under, articles: Articles) -> Operands | None:
    """A column for each name, in the one row that is meant."""
    grid = table.grid
    stems = {column: _label_stems(said) for column, said in grid.names.items() if column}
    columns = [[c for c, own in stems.items() if own and own == content_stems(name)] for name in names]
    if any(len(c) != 1 for c in columns):
        return None
    line = _line(grid, content_stems(rest), table.stems)
    if line is None:
        return None
    return of_figures([(line, c[0], grid.names[c[0]]) for c in columns], None, table, articles)


def _line(grid: Grid, wanted: frozenset[str], known: frozenset[str]) -> Line | None:
    """The only row whose name holds what is wanted, or is held in it with nothing left over that isn't known."""
    named = [(line, _label_stems(line.name)) for line in grid.lines]
    labels = frozenset[str]().union(*(own for _, own in named))
    wanted = frozenset(s for s in wanted if s in labels or s not in known | LIGHT)
    exact = [line for line, own in named if own and own == wanted]
    inner = [line for line, own in named if wanted and wanted <= own]
    outer = [line for line, own in named if own and own <= wanted and wanted - own <= known | LIGHT]
    for found in (exact, inner, outer):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _label_stems(label: str) -> frozenset[str]:
    """The stems of a row's name without the unit behind it: "Volume (thousand TEU)"."""
    return content_stems(_UNIT_NOTE.sub(" ", label)) or content_stems(label)


def column_of(grid: Grid, wanted: frozenset[str], known: frozenset[str], *, alone: bool = True) -> int | None:
    """The only column that the wanted words name, none of them left over; `alone`: or the only one there is."""
    names = {c: _label_stems(said) for c, said in grid.names.items() if c}
    fitting = {c: own & wanted for c, own in names.items() if own & wanted}
    best = [c for c, own in fitting.items() if not any(own < other for other in fitting.values())]
    exact = [c for c in best if names[c] <= wanted]
    chosen = exact if len(exact) == 1 else best
    if len(chosen) == 1:
        left = wanted - names[chosen[0]] - known - LIGHT
        return chosen[0] if not left else None
    columns = {c for line in grid.lines for c in line.said if c}
    if alone and not fitting and len(columns) == 1 and not wanted - known - LIGHT:
        return next(iter(columns))
    return None


def _all_named(grid: Grid, among: str) -> tuple[list[Line], str]:
    """The rows whose whole names stand in a phrase, in its order, and what it says besides."""
    plain = " ".join(among.lower().replace("’", "'").split())
    places = {line.sentence.id: plain.find(line.name.lower().replace("’", "'")) for line in grid.lines if line.name}
    lines = sorted((x for x in grid.lines if places.get(x.sentence.id, -1) >= 0), key=lambda x: places[x.sentence.id])
    for line in lines:
        plain = plain.replace(line.name.lower().replace("’", "'"), " ")
    return lines, plain


def of_figures(
    cells: Sequence[tuple[Line, int, str]], column: int | None, table: Under, articles: Articles
) -> Operands | None:
    """The figures of these cells; None where one holds none or their units differ."""
    grid, found, units = table.grid, [], set()
    for line, at, label in cells:
        said = line.said.get(at, "")
        figure = value(said) if said not in NOTHING else None
        if figure is None:
            return None
        units.add(unit := unit_of(said) or _sign_of(grid.names.get(at, "")) or _sign_of(line.name))
        also = [Span(grid.head.start, grid.head.end)] if grid.head else []
        quote = quote_of(table.best, [line.sentence], articles, also=[*also, line.cells[at]])
        found.append(Operand(figure, said, unit, label, quote))
    if len(units) != 1:
        return None
    name = grid.names.get(column, "") if column is not None else cells[0][0].name
    return Operands(tuple(found), name, _note(name, table.heading))


def unit_of(said: str) -> str:
    """The sign that a cell writes its unit with, or ""."""
    return next((c for c in "£$€¥%" if c in said), "")


def _sign_of(name: str) -> str:
    """The sign of money or of shares that a label gives as its unit: "Adult ticket (£)"."""
    return next((n for n in _UNIT_NOTE.findall(name) if n in ("£", "$", "€", "¥", "%")), "")


def _note(name: str, heading: str) -> str:
    """A unit noted for the whole table: "KEY FIGURES ($ million unless stated)"; "" where the row has its own."""
    if _UNIT_NOTE.search(name):
        return ""
    notes = [n for n in _UNIT_NOTE.findall(heading) if _MEASURES.search(n)]
    return notes[-1] if notes else ""
