"""The row of a table of ranges that an asked amount falls in: "What does parking for three hours cost?"."""

from __future__ import annotations

from rag.answering.compose import Composition, quoted
from rag.answering.grid import Grid, Line, grid_of
from rag.answering.ranges import Amount, amount_asked, row_for, units_of
from rag.answering.tables import of_table
from rag.asking.answer_types import holds_type
from rag.asking.question import Asks
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Sentence
from rag.ways.ask import Ask
from rag.ways.near import weighed_of

_VALUES = (Asks.MONEY, Asks.QUANTITY, Asks.ANYTHING)


def by_range(ask: Ask) -> Composition | None:
    """The row, below its head; None where no table of ranges speaks of what is asked, or several do."""
    amount = amount_asked(ask.question.standalone) if ask.question.asks in _VALUES else None
    if amount is None:
        return None
    found = {line.sentence.id: line for line in _rows(ask, amount)}
    if len(found) != 1:
        return None
    row = next(iter(found.values())).sentence
    title = ask.index.document(row.source).title
    weighed = weighed_of(ask, row.source, title, [row]).sentences
    quotes = of_table(ask.question, weighed, ask.index) if weighed else ()
    return quoted(ask.question, quotes) if quotes else None


def _rows(ask: Ask, amount: Amount) -> list[Line]:
    """The rows that hold the amount, each of a table whose heading or columns speak of what is asked."""
    rows, seen = list[Line](), set[tuple[str, int]]()
    for word in units_of(amount):
        for sentence in ask.index.find(word, ask.scope):
            unit = ask.index.article_units(sentence.source)[sentence.position]
            if unit.kind is not Kind.ROW or (sentence.source, unit.group) in seen:
                continue
            seen.add((sentence.source, unit.group))
            grid = grid_of(sentence, ask.index)
            line = row_for(grid, amount) if grid else None
            if grid and line and _speaks_of_it(ask, grid, sentence) and holds_type(ask.question, line.sentence.text):
                rows.append(line)
    return rows


def _speaks_of_it(ask: Ask, grid: Grid, row: Sentence) -> bool:
    """Whether the table's heading or a column's name holds a word of the question besides the amount's own."""
    section = ask.index.article_units(row.source)[row.position].section
    heading = ask.text_of(row.source)[section.start : section.end] if section else ""
    named = content_stems(" ".join([heading, *grid.names.values()]))
    return bool(named & (ask.question.stems - content_stems(" ".join(line.name for line in grid.lines))))
