"""A sum that is asked for in words: its operands are looked up each by itself, and code reckons with them.

Tables come first, then lists, then sentences. Where an operand isn't sure there is no sum, and the question is looked
up like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.compose import Composition
from rag.answering.grid import Grid, grid_of
from rag.answering.operands import Operand, Operands, Under, of_cells, of_column, under, whole_of
from rag.answering.quote import Quote, quote_of
from rag.answering.rows_named import of_rows
from rag.answering.stated import of_items, of_sentence
from rag.answering.sums import reckoned
from rag.asking.sums_asked import Part, Sum, SumAsked, sum_asked
from rag.asking.understand import understand
from rag.evidence import weigh
from rag.evidence.reranking import reranked
from rag.evidence.weighed import Weighed
from rag.language.figures import Figure
from rag.language.words import content_stems
from rag.ways.ask import Ask

_UNLIKE = 5  # times
_TABLES = 6  # that are looked through, the best first


def sum_of(ask: Ask, weighed: Sequence[Weighed]) -> Composition | None:
    """The sum that the question asks for; None where it asks for none, or an operand isn't sure.

    Args:
        ask: the question.
        weighed: the candidates for it, best first.
    """
    asked = sum_asked(ask.question.standalone)
    if asked is None or not weighed:
        return None
    if asked.by and (meant := _meant(asked.by, weighed)):
        weighed = [w for w in weighed if w.sentence.source in meant]
        ask = replace(ask, scope=meant)
    if asked.kind is Sum.TOTAL and len(asked.parts) == 1:
        return _of_rows(ask, asked, weighed) or _of_its_column(ask, asked, weighed)
    found = _of_tables(ask, asked, weighed)
    if found is not None or asked.kind is Sum.TOTAL and not asked.parts:
        return found or _of_list(ask, asked, weighed)
    return _of_sentences(ask, asked)


def _meant(named: str, weighed: Sequence[Weighed]) -> frozenset[str]:
    """The documents that a phrase names by the words of their titles and names; none if it names none."""
    wanted = content_stems(named)
    titles = {w.sentence.source: w.title or "" for w in weighed}
    known = {source: content_stems(f"{title} {re.sub(r'[_.-]+', ' ', source)}") for source, title in titles.items()}
    return frozenset(source for source, stems in known.items() if wanted and wanted <= stems)


def _of_tables(ask: Ask, asked: SumAsked, weighed: Sequence[Weighed]) -> Composition | None:
    """The sum over a table; None where none holds the operands, or two tables give different ones."""
    sums: dict[tuple[Decimal, ...], Composition] = {}
    for table in tables_of(ask, weighed):
        operands = _operands(ask, asked, table)
        if operands and asked.measure:  # what is counted is no money, whatever the table's figures are
            operands = replace(operands, note="")
        composed = reckoned(asked, operands, beside(ask, operands, table)) if operands else None
        if operands and composed:
            sums.setdefault(tuple(o.value for o in operands.of), composed)
    return next(iter(sums.values())) if len(sums) == 1 else None


def _of_rows(ask: Ask, asked: SumAsked, weighed: Sequence[Weighed]) -> Composition | None:
    """The sum over the rows of one table that name what is asked of; None where another table names it, too."""
    found = [(of, table) for table in tables_of(ask, weighed) if (of := of_rows(asked, table, ask.index))]
    if len(found) != 1:
        return None
    [(operands, table)] = found
    return reckoned(asked, operands, beside(ask, operands, table))


def _of_its_column(ask: Ask, asked: SumAsked, weighed: Sequence[Weighed]) -> Composition | None:
    """The sum over the column that what is counted of is the name of: "Mill Bridge" in a table of cyclists by day."""
    if not asked.measure:
        return None
    return _of_tables(ask, replace(asked, parts=(), rest=f"{asked.measure} {asked.parts[0].name}"), weighed)


def tables_of(ask: Ask, weighed: Sequence[Weighed]) -> Iterator[Under]:
    """The tables that candidates stand in, the best first."""
    seen: set[tuple[str, int]] = set()
    for one in weighed:
        source = one.sentence.source
        key = (source, one.unit.group if one.unit else -1)
        grid = grid_of(one.sentence, ask.index) if key not in seen and len(seen) < _TABLES else None
        if grid and grid.lines:
            seen.add(key)
            yield under(grid, one, ask.index)


def _operands(ask: Ask, asked: SumAsked, table: Under) -> Operands | None:
    if asked.kind is Sum.TOTAL and not asked.parts:
        return of_column(asked, table, ask.index)
    found = of_cells(asked, table, ask.index)
    if found is None or len(found.of) > 1:
        return found
    given = _given(asked.given, found.of[0].unit)
    if given:
        return Operands((*found.of, given), found.noun, found.note)
    whole = whole_of(asked, table, ask.index) if asked.kind is Sum.SHARE else None
    return Operands((*found.of, whole), found.noun, found.note) if whole else None


def _given(figure: Figure | None, unit: str) -> Operand | None:
    """The figure of the question as an operand; one without a sign takes the other's."""
    if figure is None:
        return None
    return Operand(figure.value, figure.written, figure.unit or unit, "in the question", None)


def beside(ask: Ask, operands: Operands | None, table: Under) -> list[Quote]:
    """The head of the table, and the line that notes the unit of its figures."""
    grid: Grid = table.grid
    found = [quote_of(table.best, [grid.head], ask.index)] if grid.head else []
    if operands and operands.note:
        first = min(line.sentence.position for line in grid.lines)
        above = ask.index.article_sentences(table.best.sentence.source)[max(0, first - 8) : first]
        noting = [s for s in above if f"({operands.note})" in s.text and (not grid.head or s.id != grid.head.id)]
        found += [quote_of(table.best, noting[-1:], ask.index)] if noting else []
    return found


def _of_list(ask: Ask, asked: SumAsked, weighed: Sequence[Weighed]) -> Composition | None:
    operands = of_items(asked, weighed, ask.index)
    return reckoned(asked, operands) if operands else None


def _of_sentences(ask: Ask, asked: SumAsked) -> Composition | None:
    """The sum of figures that sentences state, each the answer to a question of its own."""
    found = []
    for part in asked.parts:
        operand = _stated(ask, asked, part)
        if operand is None:
            return None
        found.append(operand)
    given = _given(asked.given, found[0].unit) if found else None
    if asked.kind is Sum.DIFFERENCE and _far_apart([o.value for o in (*found, given) if o]):
        return None
    operands = Operands((*found, given) if given else tuple(found), counted="" if found[0].unit else asked.measure)
    return reckoned(asked, operands)


def _far_apart(values: Sequence[Decimal]) -> bool:
    """Whether figures of sentences are too unlike to be of one thing: 83 members present, 3,000 in all."""
    low, high = min(values), max(values)
    return low <= 0 or high > _UNLIKE * low


def _stated(ask: Ask, asked: SumAsked, part: Part) -> Operand | None:
    question = understand(part.question)
    models = ask.models
    query = models.embedder.embed_query(question.standalone)
    passages = reranked(question.words, query, ask.index, ask.scope, models.embedder)
    weighing = weigh(question, query, passages, ask.index, models.embedder, models.reader, models.judge)
    return of_sentence(part, asked.measure, question, weighing, ask.index, asked.given)
