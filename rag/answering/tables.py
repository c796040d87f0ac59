"""Answers out of tables: the cell that a question names, the highest of a column or its sum, the rows that fit.

All of it is looked up and computed, and every cell that is used is cited. Where a question doesn't clearly name row
and column, the row is quoted below its head and nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.grid import NOTHING, Grid, Line, grid_of, tells
from rag.answering.quote import Quote, quote_of
from rag.answering.ranges import amount_asked, row_for
from rag.answering.tables_between import between, pair_asked
from rag.asking.question import Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed
from rag.language.words import content_stems
from rag.types import Sentence, Span

_HIGH = re.compile(r"\b(?:highest|largest|biggest|greatest|longest|maximum|heaviest|tallest|dearest|most)\b", re.I)
_LOW = re.compile(r"\b(?:lowest|smallest|fewest|least|shortest|minimum|lightest|cheapest)\b", re.I)
_SUM = re.compile(r"\b(?:total|sum|altogether|in\s+all|combined|all\s+together)\b", re.I)
_AVERAGE = re.compile(r"\b(?:average|averages|averaged|mean|averag)\b", re.I)  # the last is its stem
_DIFFERENCE = re.compile(r"\bhow (?:much|many) (?:more|less|fewer|higher|lower)\b|\bby how (?:much|many)\b", re.I)
_ALL = re.compile(r"\b(?:all|every|each of)[ ](?:the[ ]|of the[ ]|our[ ]|these[ ]|its[ ])?(\w+)", re.I)
_CLOSE = 0.5  # share of a question's words that a table must hold for its sum to be what is asked
_FEWEST = 3  # rows of which one is the highest, or a sum is made
_LISTED = 12  # rows that fit, at most


def of_table(question: Question, weighed: Sequence[Weighed], articles: Articles) -> tuple[Quote, ...]:
    """The quotes that answer, where the best sentence is a row of a table; empty if it is none.

    Args:
        question: what is asked.
        weighed: all candidates, best first.
        articles: the open index.
    """
    best = weighed[0]
    grid = grid_of(best.sentence, articles)
    if grid is None or not grid.lines:
        return ()
    if question.form is Form.OPEN:
        found = _fitting(question, grid, best, articles) if question.plural and _asks_for_rows(question, grid) else ()
        found = found or _computed(question, grid, best, articles)
        if found:
            return found
        if pair := pair_asked(question.standalone):  # one row alone would be told as the answer to "A or B?"
            return between(question, pair, grid, best, articles)
    line = _row(question, grid, weighed)
    one = _at(weighed, line.sentence)
    told = _told(question, grid, line, weighed) if question.form is Form.OPEN else ""
    if question.plural and not told:
        return ()
    head = [Span(grid.head.start, grid.head.end)] if grid.head else []
    quotes = [quote_of(one, [line.sentence], articles, told=told, also=head)]
    if grid.head:
        quotes.append(quote_of(one, [grid.head], articles))
    return tuple(quotes)


def is_blank(question: Question, weighed: Sequence[Weighed], articles: Articles) -> bool:
    """Whether the best sentence is a row that the question names, and its cell in the column asked for is empty.

    What a form leaves blank is not said: the row beside it is no answer. Nor is another row for one that isn't there.
    """
    grid = grid_of(weighed[0].sentence, articles) if weighed and question.form is Form.OPEN else None
    if grid is not None and grid.lacks(question, weighed[0].title or ""):
        return True
    if grid is None or question.plural:
        return False
    column, named = grid.column(question), grid.named(question)
    return column is not None and column > 0 and len(named) == 1 and named[0].said.get(column, "") in NOTHING


def _at(weighed: Sequence[Weighed], sentence: Sentence) -> Weighed:
    """A sentence as it was weighed; where it wasn't, as the best one of its table was."""
    return next((w for w in weighed if w.sentence.id == sentence.id), weighed[0])


def _row(question: Question, grid: Grid, weighed: Sequence[Weighed]) -> Line:
    """The row that the question names; of equal ones, or if it names none, the one that was weighed heaviest.

    Of ranges that in which the amount falls that is asked.
    """
    amount = amount_asked(question.standalone)
    if amount and (within := row_for(grid, amount)):
        return within
    order = {w.sentence.id: n for n, w in enumerate(weighed)}
    named = grid.named(question) or list(grid.lines)
    return min(named, key=lambda line: (order.get(line.sentence.id, len(order)), line.sentence.position))


def _told(question: Question, grid: Grid, line: Line, weighed: Sequence[Weighed]) -> str:
    """Row, column and cell, where the question names both; empty where that isn't clear."""
    column = grid.column(question)
    if column is None or column not in line.said or grid.named(question) != [line]:
        return ""
    if _AVERAGE.search(question.standalone) and not _AVERAGE.search(f"{line.name} {grid.names.get(column, '')}"):
        return ""
    label = _label(question, grid, line, column)
    if not label or _DIFFERENCE.search(question.standalone):
        return ""
    one = next((w for w in weighed if w.sentence.id == line.sentence.id), None)
    found = one.found if one else None
    if found and found.is_sure:
        seen = [c for c, cell in line.cells.items() if found.span.start < cell.end and cell.start < found.span.end]
        if seen and column not in seen and seen != [0]:
            return ""
    return f"{label}, {grid.names[column]}: {line.said[column]}"


def _label(question: Question, grid: Grid, line: Line, column: int) -> str:
    """The cells by which a question names a row: those that it holds whole, else the first that holds a word of it."""
    others = [line.name, *(said for at, said in sorted(line.said.items()) if at not in (0, column))]
    whole = [said for said in others if tells(said, question, grid.names.get(column, ""))]
    return ", ".join(whole) or next((said for said in others if content_stems(said) & question.stems), "")


def _computed(question: Question, grid: Grid, best: Weighed, articles: Articles) -> tuple[Quote, ...]:
    """The highest, the lowest or the sum of a column that the question names without naming a row."""
    text = question.standalone
    high, low, total, mean = (bool(pattern.search(text)) for pattern in (_HIGH, _LOW, _SUM, _AVERAGE))
    total = total or _of_all_rows(question, grid)
    column = grid.column(question) if high or low or total or mean else None
    keyed = grid.keyed(question, column)
    grid = replace(grid, lines=keyed) if len(keyed) >= _FEWEST else grid
    figures = grid.figures(column) if column is not None else []
    if column is None or not figures or column not in grid.names or not _is_about(question, grid, best, articles):
        return ()
    name = ", ".join([*grid.shared(column), grid.names[column]])
    cells = [line.cells[column] for line, _ in figures]
    if high or low:
        edge = (max if high else min)(v for _, v in figures)
        lines = [line for line, v in figures if v == edge]
        wanted = grid.wanted(question) or 0
        told = (
            f"{' and '.join(line.said.get(wanted, line.name) for line in lines)}, {name}: {lines[0].said[column]} – "
            + (f"the {'highest' if high else 'lowest'} of {len(figures)}")
        )
    elif mean:
        if _AVERAGE.search(" ".join((name, *(line.name for line in grid.lines)))):
            return ()  # it stands there, or is one of averages
        lines = [figures[0][0]]
        told = f"{name}, average of {len(figures)} rows{_mean([v for _, v in figures], lines[0].said[column])}"
    else:
        lines = [line for line in grid.lines if line.is_total and line.said.get(column)][-1:] or [figures[-1][0]]
        summed = _written(sum((v for _, v in figures), Decimal(0)), lines[0].said[column])
        told = f"{name}, total of {len(figures)} rows: {summed}"
        if lines[0].is_total:
            told, cells = f"{lines[0].name}, {name}: {lines[0].said[column]}", []
    head = [Span(grid.head.start, grid.head.end)] if grid.head else []
    quotes = [quote_of(best, [line.sentence], articles) for line in lines[1:3]]
    first = quote_of(best, [lines[0].sentence], articles, told=told, also=[*head, *cells])
    return (first, *quotes, *([quote_of(best, [grid.head], articles)] if grid.head else []))


def _of_all_rows(question: Question, grid: Grid) -> bool:
    """Whether a figure of all rows is asked for, by the name of what they are: "on all routes"."""
    found = _ALL.search(question.standalone)
    return found is not None and bool(content_stems(found[1]) & content_stems(grid.names.get(0, "")))


def _is_about(question: Question, grid: Grid, best: Weighed, articles: Articles) -> bool:
    """Whether the table holds the question's words, and no row of it is singled out by them."""
    section = articles.article_units(best.sentence.source)[best.sentence.position].section
    text = articles.document(best.sentence.source).text
    heading = text[section.start : section.end] if section else ""
    known = content_stems(" ".join([*grid.names.values(), *grid.shared(None), best.title or "", heading]))
    asked = {s for s in question.stems if not any(p.fullmatch(s) for p in (_HIGH, _LOW, _SUM, _AVERAGE))}
    singled = {s for line in grid.lines if not line.is_total for s in content_stems(line.name)} & asked - known
    return not singled and len(asked & known) >= _CLOSE * len(asked)


def _mean(of: Sequence[Decimal], like: str) -> str:
    """The mean as exact as the cells, ": 41.5", or rounded to one place more, "≈ 41.53"."""
    places = max(-int(v.as_tuple().exponent) for v in of)
    total = sum(of, Decimal(0))
    for digits in (places, places + 1):
        mean = (total / len(of)).quantize(Decimal(1).scaleb(-digits))
        if mean * len(of) == total:
            return f": {_written(mean, like)}"
    return f" ≈ {_written(mean, like)}"


def _written(figure: Decimal, like: str) -> str:
    """A number as the cells write theirs."""
    digits = f"{figure:,}" if "," in like or abs(figure) < 10_000 else str(figure)
    sign = next((c for c in "£$€¥" if like.strip().startswith(c)), "")
    return f"{sign}{digits}{'%' if like.strip().endswith('%') else ''}"


def _asks_for_rows(question: Question, grid: Grid) -> bool:
    """Whether the rows themselves may be asked for, rather than what stands in another column of one of them.

    "What were the takings in June 2023?" names the column of the takings and a year of the first one.
    """
    column = grid.column(question)
    named = content_stems(grid.names.get(0, "")) & question.stems
    return bool(named) or not column or not any(content_stems(line.name) & question.stems for line in grid.lines)


def _fitting(question: Question, grid: Grid, best: Weighed, articles: Articles) -> tuple[Quote, ...]:
    """The rows in which a column holds just what the question says: "Which ships sail on the Coast Express?"."""
    fits: dict[tuple[int, str], list[Line]] = {}
    for line in grid.lines:
        for column, said in line.said.items():
            stems = content_stems(said)
            if column and stems and stems <= question.stems:
                fits.setdefault((column, said.lower()), []).append(line)
    if len(fits) != 1:
        return ()
    [((column, _), lines)] = fits.items()
    if not 1 <= len(lines) < len(grid.lines) or len(lines) > _LISTED or not all(line.name for line in lines):
        return ()
    name = f"{grid.names[column]}: " if column in grid.names else ""
    first, *rest = lines
    told = [f"{name}{first.said[column]}: {first.name}", *(line.name for line in rest)]
    return tuple(
        quote_of(
            best, [line.sentence], articles, told=of, also=[Span(grid.head.start, grid.head.end)] if grid.head else []
        )
        for line, of in zip(lines, told, strict=True)
    )
