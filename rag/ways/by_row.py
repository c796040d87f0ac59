"""The row of a table that a question names in a document that it names: "Who sings at the Weir Fair on Sunday?".

The row holds neither the fair nor a verb; the document's title and the row's first cell are all that tells. So it
counts only where nothing else answers, for whom and how much, and where one row alone fits.
"""

from __future__ import annotations

from rag.answering.compose import Composition, quoted
from rag.answering.grid import Grid, Line, grid_of
from rag.answering.tables import of_table
from rag.asking.answer_types import holds_type
from rag.asking.question import Asks, Form
from rag.language.words import content_stems, stem
from rag.text.blocks import Kind
from rag.types import Sentence
from rag.ways.ask import Ask
from rag.ways.near import weighed_of

_TYPES = (Asks.PERSON, Asks.MONEY)
_DAYS = frozenset(
    map(stem, "monday tuesday wednesday thursday friday saturday sunday january february march april june july".split())
) | frozenset(map(stem, "august september october november december".split()))
_MISSING = 1  # words of a question that neither the document nor the table need hold: its verb


def by_row(ask: Ask) -> Composition | None:
    """The row, below its head; None where no document's title holds the question's names, or no one row fits."""
    question = ask.question
    named = question.names - _DAYS
    if question.form is not Form.OPEN or question.asks not in _TYPES or not named:
        return None
    found: list[Line] = []
    for article in ask.index.articles():
        title = content_stems(article.title or "")
        if named <= title and (ask.scope is None or article.source in ask.scope):
            found += _rows(ask, article.source, question.stems - title)
    if len(found) != 1:
        return None
    row = found[0].sentence
    weighed = weighed_of(ask, row.source, ask.index.document(row.source).title, [row]).sentences
    quotes = of_table(question, weighed, ask.index) if weighed else ()
    return quoted(question, quotes) if quotes else None


def _rows(ask: Ask, source: str, asked: frozenset[str]) -> list[Line]:
    """The rows that alone of their table hold a word of the question in their first cell, and the thing asked for."""
    units, found, seen = ask.index.article_units(source), list[Line](), set[int]()
    for sentence in ask.index.article_sentences(source):
        unit = units[sentence.position]
        if unit.kind is not Kind.ROW or unit.group in seen:
            continue
        seen.add(unit.group)
        grid = grid_of(sentence, ask.index)
        fitting = [line for line in grid.lines if content_stems(line.name) & asked] if grid else []
        if grid and len(fitting) == 1 and _answers(ask, grid, fitting[0], asked, sentence):
            found += fitting
    return found


def _answers(ask: Ask, grid: Grid, line: Line, asked: frozenset[str], row: Sentence) -> bool:
    section = ask.index.article_units(row.source)[row.position].section
    heading = ask.text_of(row.source)[section.start : section.end] if section else ""
    held = content_stems(" ".join([heading, *grid.names.values(), *line.said.values()]))
    return len(asked - held) <= _MISSING and (_names(ask, line) or holds_type(ask.question, line.sentence.text))


def _names(ask: Ask, line: Line) -> bool:
    """Whether a cell behind the first may be somebody's name, where that is asked."""
    said = (cell for column, cell in line.said.items() if column)
    return ask.question.asks is Asks.PERSON and any(cell[:1].isupper() for cell in said)
