"""The rows of a table that say Yes or No to what is asked of them: "Which members haven't paid?" below a column "Paid".

No row holds "haven't", and the likeliest one is any. Only where one table alone has a column of yes and no that the
question names, and all else that it asks is known of that table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.citing import composed
from rag.answering.compose import Composition
from rag.answering.grid import Grid, Line
from rag.answering.operands import LIGHT, Under
from rag.asking.question import Form
from rag.evidence.weighed import Weighed
from rag.language.words import content_stems
from rag.types import Citation, Span
from rag.ways.ask import Ask
from rag.ways.reckon import tables_of

_YES = frozenset("yes y true x ✓ ✔ ☑".split())
_NO = frozenset("no n false ✗ ✘ ☐".split())
_SHARE = 0.8  # of a column's cells are Yes or No, at least; another may say "free"
_MOST = 15  # rows that are told
_ASKED = re.compile(
    r"\W*(?:and |so |but )?(?:which|who|whose|what|(?:list|name|show)\b.{0,60}?\b(?:that|which|who))\b", re.I
)
_NOT = re.compile(r"\b(?:not|no|never|without|lack(?:s|ing)?|missing|cannot|has yet to|have yet to)\b|n['’]t\b", re.I)
_OTHER = re.compile(
    r"\b(?:how|why|when|where|except|besides|or|and|most|least|more|less|fewer|only|before|after|since)\b", re.I
)


def by_yes_no(ask: Ask, weighed: Sequence[Weighed]) -> Composition | None:
    """Every row that says so, by its name; None where no one table is sure to be meant.

    Args:
        ask: the question.
        weighed: all candidates, best first.
    """
    asked = ask.question.asked
    if ask.question.form is Form.POLAR or not _ASKED.match(asked) or _OTHER.search(asked):
        return None
    found = [(table, column) for table in tables_of(ask, weighed) if (column := _column(ask, table)) is not None]
    if len(found) != 1:
        return None
    [(table, column)] = found
    wanted = _NO if _NOT.search(asked) else _YES
    lines = [line for line in table.grid.lines if _said(line, column) in wanted]
    if not 0 < len(lines) <= _MOST:
        return None
    label = _label(ask, table.grid, column)
    groups = [(line.said.get(label) or line.name, [_cited(ask, table, line)]) for line in lines]
    return composed(f"“{table.grid.names[column]}” is “{lines[0].said[column]}” for", groups)


def _column(ask: Ask, table: Under) -> int | None:
    """The only column of yes and no that the question names, if nothing else of it is unknown."""
    grid, asked = table.grid, ask.question.stems
    names = {column: content_stems(name) for column, name in grid.names.items()}
    flags = [c for c, own in names.items() if own and own <= asked and _is_yes_or_no(grid, c)]
    if len(flags) != 1:
        return None
    known = table.stems.union(*names.values())
    return flags[0] if asked <= known | LIGHT else None


def _is_yes_or_no(grid: Grid, column: int) -> bool:
    said = [s for line in grid.lines if (s := _said(line, column))]
    flags = [s for s in said if s in _YES | _NO]
    return len(flags) >= _SHARE * len(said) and bool(_YES & set(flags)) and bool(_NO & set(flags))


def _said(line: Line, column: int) -> str:
    return line.said.get(column, "").strip().lower()


def _label(ask: Ask, grid: Grid, flag: int) -> int:
    """The column that the question names its things by, else the first."""
    named = [c for c, name in grid.names.items() if c != flag and content_stems(name) & ask.question.stems]
    return named[0] if len(named) == 1 else 0


def _cited(ask: Ask, table: Under, line: Line) -> Citation:
    head, row = table.grid.head, line.sentence
    title = ask.index.document(row.source).title
    also = (Span(row.start, row.end), Span(head.start, head.end)) if head else ()
    return Citation(0, row.source, title, row.text, row.start, row.end, 1.0, None, also)
