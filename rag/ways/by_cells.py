"""What the cells of a table tell that a question names: "Which buses are based at Marl?", "Is Dr Orr in on Fridays?".

No row holds "based" or "in", and the likeliest one is any. Only where one table alone has the cell, and nearly all else
that the question asks is known of that table: its title, the heading above, the names of its columns. A figure is told
where its row and its column are named whole and nothing else is asked: "What did the club spend on coal in 2023?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.citing import composed
from rag.answering.compose import Composition, escaped, marked
from rag.answering.grid import NOTHING, Grid, Line, tells, value
from rag.answering.operands import LIGHT, Under
from rag.asking.question import Form
from rag.evidence.weighed import Weighed
from rag.language.words import content_stems
from rag.types import Citation, Claim, Span, Stance
from rag.ways.ask import Ask
from rag.ways.near import weighed_of
from rag.ways.reckon import tables_of

_LISTS = re.compile(r"\W*(?:and |so |but )?(?:on |in )?(?:which|what|when|how many)\b", re.I)
_COUNTS = re.compile(r"\W*(?:and |so |but )?how many\b", re.I)
_WHEN = re.compile(r"\W*(?:and |so |but )?when\b", re.I)
_NOUN = re.compile(r"\W*(?:and |so |but )?(?:on |in )?(?:which|what|how many) (?P<noun>[\w’'-]+)", re.I)
_FIGURE = re.compile(r"\W*(?:and |so |but )?(?:how (?:much|many)|what (?:did|was|were|is|are))\b", re.I)
_TIMES = content_stems("day date time week month year hour session")
_OTHER = re.compile(
    r"\b(?:or|except|besides|most|least|more|less|fewer|only|before|after|since|until|off|away|absent|free|how much|why"
    r"|total|average|not|no|never|without)\b|n['’]t\b",
    re.I,
)
_UNKNOWN = 1  # words of a question that the table need not know: its verb
_MOST = 15  # rows that are told


@dataclass(frozen=True)
class _Meant:
    """The rows of a table that hold a cell, and in which of its columns."""

    table: Under
    said: str
    lines: tuple[tuple[Line, int], ...]


def by_cells(ask: Ask, weighed: Sequence[Weighed]) -> Composition | None:
    """The rows that hold what is named, or whether the row that is named does; None where that isn't sure.

    Args:
        ask: the question.
        weighed: all candidates, best first.
    """
    asked = ask.question.asked
    figure = _FIGURE.match(asked) if ask.question.form is Form.OPEN else None
    if _OTHER.search(asked, figure.end() if figure else 0):
        return None
    if figure:
        cells = [answer for table in tables_of(ask, weighed) if (answer := _figure(ask, table))]
        if cells:
            return cells[0] if len(cells) == 1 else None
    if ask.question.form is Form.POLAR:
        told = [answer for table in tables_of(ask, weighed) if (answer := _whether(ask, table))]
        return told[0] if len(told) == 1 else None
    if not _LISTS.match(asked):
        return None
    found = [meant for table in tables_of(ask, weighed) if (meant := _meant(ask, table))]
    return _listed(ask, found[0]) if len(found) == 1 else None


def _cells(ask: Ask, grid: Grid) -> dict[str, list[tuple[Line, int]]]:
    """The cells behind the first column that the question holds whole, by what they say."""
    found: dict[str, list[tuple[Line, int]]] = {}
    names = [name for name in grid.names.values() if content_stems(name) <= ask.question.stems]
    for line in grid.lines:
        for column, said in line.said.items():
            if column and tells(said, ask.question, *names):
                found.setdefault(said.lower(), []).append((line, column))
    return found


def _knows(ask: Ask, table: Under, *named: str) -> bool:
    """Whether a table knows what is asked, but for the verb."""
    columns = " ".join(table.grid.names.values())
    known = table.stems | content_stems(" ".join([columns, *named]))
    return len(ask.question.stems - known) <= _UNKNOWN


def _meant(ask: Ask, table: Under) -> _Meant | None:
    grid, cells = table.grid, _cells(ask, table.grid)
    if len(cells) != 1 or any(tells(line.name, ask.question) for line in grid.lines):
        return None
    [(said, lines)] = cells.items()
    if not 0 < len(lines) < len(grid.lines) or len(lines) > _MOST or not _knows(ask, table, said):
        return None
    return _Meant(table, said, tuple(lines)) if _asks_for_rows(ask, table) else None


def _asks_for_rows(ask: Ask, table: Under) -> bool:
    """Whether what is asked for are the table's rows: by what the first column or the table is called, or its times."""
    asked, first = ask.question.asked, content_stems(table.grid.names.get(0, ""))
    if _WHEN.match(asked):
        return bool(first & _TIMES)
    noun = _NOUN.match(asked)
    others = content_stems(" ".join(name for column, name in table.grid.names.items() if column))
    own = content_stems(noun["noun"]) if noun else frozenset[str]()
    return bool(own) and not own & (others - first) and own <= table.stems


def _listed(ask: Ask, meant: _Meant) -> Composition:
    grid = meant.table.grid
    columns = {column for _, column in meant.lines}
    first, at = meant.lines[0]
    groups = [
        (f"{line.name} ({grid.names.get(column, '')})" if len(columns) > 1 else line.name, [_cited(ask, grid, line)])
        for line, column in meant.lines
    ]
    name = f"{grid.names[at]}: " if len(columns) == 1 and at in grid.names else ""
    count = f"{len(groups)} – " if _COUNTS.match(ask.question.asked) else ""
    return composed(f"{count}{name}{first.said[at]}", groups)


def _figure(ask: Ask, table: Under) -> Composition | None:
    """The figure in the one row and the one column that the question names whole; None where it asks more than that."""
    grid, stems = table.grid, ask.question.stems
    rows = [line for line in grid.lines if tells(line.name, ask.question)]
    columns = [c for c, name in grid.names.items() if c and (own := content_stems(name)) and own <= stems]
    if len(rows) != 1 or len(columns) != 1:
        return None
    [row], [column] = rows, columns
    said, name = row.said.get(column, ""), grid.names[column]
    if said in NOTHING or value(said) is None:
        return None
    if stems - LIGHT - table.stems - content_stems(f"{row.name} {name}"):
        return None
    told, *head = _row_and_head(ask, grid, row)
    claims = [Claim(f"{escaped(f'{row.name}, {name}: {said}')} [1]", (1,), "supported", "stated")]
    claims += [Claim(f"{marked(c.quote)} [2]", (2,), "quoted", "stated") for c in head]
    return Composition(" ".join(c.text for c in claims), tuple(claims), (told, *head))


def _whether(ask: Ask, table: Under) -> Composition | None:
    """Of the one row that is named: whether the cell is in it, else what the judge makes of that row alone."""
    rows = [line for line in table.grid.lines if tells(line.name, ask.question)]
    if len(rows) != 1:
        return None
    [row], cells = rows, _cells(ask, table.grid)
    columns = [
        c for c, name in table.grid.names.items() if c and (own := content_stems(name)) and own <= ask.question.stems
    ]
    if len(cells) > 1 or not _knows(ask, table, row.name, *cells):
        return None
    if cells:
        [places] = cells.values()
        here = [column for line, column in places if line is row]
        so = bool(set(here) & set(columns)) if columns else bool(here)
        return _said(ask, table.grid, row, "yes" if so else "no")
    if len(columns) != 1 or not row.said.get(columns[0]):
        return None
    source = row.sentence.source
    said = weighed_of(ask, source, ask.index.document(source).title, [row.sentence]).said
    return _said(ask, table.grid, row, said) if said in ("yes", "no") else None


def _said(ask: Ask, grid: Grid, row: Line, said: str) -> Composition:
    cited = _row_and_head(ask, grid, row)
    stance: Stance = "stated" if said == "yes" else "denied"
    claims = tuple(
        Claim(f"{f'{said.capitalize()}: ' if c.n == 1 else ''}{marked(c.quote)} [{c.n}]", (c.n,), "quoted", stance)
        for c in cited
    )
    return Composition(" ".join(c.text for c in claims), claims, tuple(cited))


def _row_and_head(ask: Ask, grid: Grid, row: Line) -> list[Citation]:
    """A row as the first citation and the names of the columns, where there are any, as the second."""
    cited = [replace(_cited(ask, grid, row), n=1)]
    if grid.head:
        cited.append(replace(_cited(ask, grid, replace(row, sentence=grid.head)), n=2, spans=()))
    return cited


def _cited(ask: Ask, grid: Grid, line: Line) -> Citation:
    row, head = line.sentence, grid.head
    title = ask.index.document(row.source).title
    also = (Span(row.start, row.end), Span(head.start, head.end)) if head else ()
    return Citation(0, row.source, title, row.text, row.start, row.end, 1.0, None, also)
