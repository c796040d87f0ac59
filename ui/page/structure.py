"""An article's text as what it is made of: headings, paragraphs, lists, tables, turns. Everything foreign is escaped.

Blocks come from `rag.text.blocks`; every character of the text stays where it is. What only lays a text out (the bars
of a table, blank lines, the marks of a heading) is there, and hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from rag.text.blocks import Block, Kind, blocks
from rag.text.separated import is_rule
from rag.types import Span

Run = Callable[[int, int, bool], Markup]  # renders a stretch of the text with its marks; whether it is hidden
_HASHES = re.compile(r"#{1,6}[ \t]+")
_CLASS = {
    Kind.PARAGRAPH: "un-p",
    Kind.ITEM: "un-item",
    Kind.TURN: "un-said",
    Kind.ASKED: "un-put",
}
_IN_TABLE = (Kind.HEAD, Kind.ROW)


def structured(text: str, first: int, last: int, run: Run) -> Markup:
    """The text from `first` to `last`.

    Args:
        text: the whole article.
        first: where to begin; blocks that begin before are left out of the structure, not of the text.
        last: where to end.
        run: renders what is seen of a block.
    """
    return Markup("").join(_parts(text, first, last, run))


def _parts(text: str, first: int, last: int, run: Run) -> Iterator[Markup]:
    at = first
    whole = [b for b in _laid(text) if first <= b.span.start and b.span.end <= last]
    for _, of in groupby(whole, key=lambda b: id(b.table) if b.kind in _IN_TABLE else 0):
        for table in _units(list(of)):
            yield _between(text, at, table[0].span.start, run)
            if table[0].kind in _IN_TABLE:
                yield _table(text, table, run)
            else:
                yield _block(text, table[0], run)
            at = table[-1].span.end
    yield _between(text, at, last, run)


@lru_cache(maxsize=4)  # the parts of a long article are asked for one after the other
def _laid(text: str) -> tuple[Block, ...]:
    """The blocks, without the rules that part the rows of a table."""
    return tuple(b for b in blocks(text) if b.kind is not Kind.PARAGRAPH or not is_rule(text, b.span))


def seams(text: str) -> list[int]:
    """Where the text can be parted, so that the parts look as they do together: where a block begins, or a table."""
    found = _laid(text)
    tables = [id(b.table) if b.kind in _IN_TABLE else 0 for b in found]
    return [b.span.start for n, b in enumerate(found) if n and not (tables[n] and tables[n] == tables[n - 1])]


def _units(found: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """All rows of a table together, every other block alone."""
    if found[0].kind in _IN_TABLE:
        yield found
    else:
        yield from ([block] for block in found)


def _between(text: str, start: int, end: int, run: Run) -> Markup:
    """What stands between blocks: blank lines, which the blocks' own distance shows."""
    if start >= end:
        return Markup("")
    return _aside(text, start, end, run)


def _hidden(start: int, end: int, run: Run) -> Markup:
    return Markup("<span hidden>{}</span>").format(run(start, end, True)) if start < end else Markup("")


def _block(text: str, block: Block, run: Run) -> Markup:
    start, end = block.span.start, block.span.end
    if block.kind is Kind.HEADING:
        marks = _HASHES.match(text, start, end)
        begin = marks.end() if marks else start
        return Markup('<div class="un-heading" role="heading" aria-level="3">{}{}</div>').format(
            _hidden(start, begin, run), run(begin, end, False)
        )
    if block.kind is Kind.TURN and block.label:
        return Markup('<div class="un-said">{}<strong>{}</strong>{}</div>').format(
            run(start, block.label.start, False),
            run(block.label.start, block.label.end, False),
            run(block.label.end, end, False),
        )
    return Markup('<div class="{}">{}</div>').format(_CLASS[block.kind], run(start, end, False))


# ── tables ──────────────────────────────────────────────────────────────────────────────────
def _table(text: str, rows: Sequence[Block], run: Run) -> Markup:
    """Rows of cells; what lays them out between the cells, and the rule below a head, is hidden."""
    done: list[Markup] = []
    at = rows[0].span.start
    for block in rows:
        cells = _cells(text, block, _aside(text, at, block.span.start, run), run)
        done.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
        at = block.span.end
    return Markup('<div class="un-grid" tabindex="0" role="region" aria-label="Table"><table>{}</table></div>').format(
        Markup("").join(done)
    )


def _cells(text: str, block: Block, before: Markup, run: Run) -> list[Markup]:
    """A row's cells, each with what stands before it; a name over several columns spans them."""
    at, done = block.span.start, list[Markup]()
    spread = _spread(block.row.cells if block.row else ()) or [(block.span, 1)]
    for number, (cell, width) in enumerate(spread, start=1):
        held = before if number == 1 else Markup("")
        if cell is not None and cell.start >= at:
            held += _aside(text, at, cell.start, run) + run(cell.start, cell.end, False)
            at = cell.end
        if number == len(spread):
            held += _aside(text, at, block.span.end, run)
        wide = Markup(' colspan="{}"').format(width) if width > 1 else Markup("")
        frame = '<th scope="col"{}>{}</th>' if block.kind is Kind.HEAD else "<td{}>{}</td>"
        done.append(Markup(frame).format(wide, held))
    return done


def _spread(cells: Sequence[Span | None]) -> list[tuple[Span | None, int]]:
    """(cell, columns that it stands over); empty cells stand alone."""
    runs = [(cell, sum(1 for _ in same)) for cell, same in groupby(cells)]
    return [(cell, width if cell else 1) for cell, width in runs for _ in range(1 if cell else width)]


def _aside(text: str, start: int, end: int, run: Run) -> Markup:
    """What stands between two cells: hidden, unless it says something."""
    return run(start, end, False) if any(map(str.isalnum, text[start:end])) else _hidden(start, end, run)
