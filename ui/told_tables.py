"""Rows of tables that an answer quotes, as tables again, with the head of their columns.

A row stands in an article as "| a | b |"; its citation names its head as a further stretch (`Citation.spans`), and the
head is cited beside it. What a cell says stays as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rag.answering.compose import marked
from rag.text.separated import cells_of
from rag.types import Answer, Citation, Span
from ui.folding import SHOWN
from ui.render import cite, joined


@dataclass(frozen=True)
class Row:
    """A row: its citation and where its cells stand in the quote."""

    citation: Citation
    cells: tuple[Span, ...]


@dataclass(frozen=True)
class Told:
    """A table: its head, which may be of several rows or of none, and the rows that answer."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that it shows."""
        return tuple(dict.fromkeys(row.citation for row in (*self.head, *self.rows)))


def tables(settled: Answer) -> tuple[Told, ...]:
    """The tables of which an answer quotes rows with their head, in the order of their first rows."""
    rows = {c.n: found for c in settled.citations if (found := _rows(c))}
    heads = {n: tuple(h for h in rows if h != n and _is_head(settled, h, n)) for n in rows}
    led = {h for of in heads.values() for h in of}
    grouped: dict[tuple[int, ...], list[Row]] = {}
    for n, found in rows.items():
        if n not in led and heads[n]:
            grouped.setdefault(heads[n], []).extend(found)
    return tuple(Told(tuple(row for h in head for row in rows[h]), tuple(of)) for head, of in grouped.items())


def _rows(citation: Citation) -> tuple[Row, ...]:
    """The rows that a quote is made of; none where anything else stands in it."""
    found, at = [], 0
    for line in citation.quote.splitlines(keepends=True):
        start, at = at, at + len(line)
        shown = line.strip()
        if not shown:
            continue
        kind, cells = cells_of(citation.quote, Span(start, start + len(line.rstrip())))
        if kind != "bar" or not cells or not (shown[0] == shown[-1] == "|"):
            return ()
        found.append(Row(citation, cells))
    return tuple(found)


def _is_head(settled: Answer, head: int, row: int) -> bool:
    by_number = {c.n: c for c in settled.citations}
    h, r = by_number[head], by_number[row]
    return h.source == r.source and any((s.start, s.end) == (h.start, h.end) for s in r.spans[1:])


def without(text: str, told: Sequence[Told]) -> str:
    """A claim's text without the rows that a table shows."""
    for citation in (c for table in told for c in table.citations):
        text = text.replace(f"{marked(citation.quote)} [{citation.n}]", "")
    return text.strip()


def table(told: Told, turn: int) -> Markup:
    """One of them; beyond its first rows it is folded."""
    shown = _table(told, told.rows[:SHOWN], turn)
    rest = told.rows[SHOWN:]
    if not rest:
        return shown
    return Markup('{}<details class="un-more-items"><summary>{}</summary>{}</details>').format(
        shown, f"and {len(rest):,} more", _table(told, rest, turn)
    )


def _table(told: Told, rows: Sequence[Row], turn: int) -> Markup:
    name = told.rows[0].citation.title or told.rows[0].citation.source
    wide = max(len(row.cells) for row in (*told.head, *rows))
    return Markup(
        '<div class="un-grid un-told" tabindex="0" role="region" aria-label="{}"><table><thead>{}</thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        f"Table of {name}",
        joined(_line(row, wide, turn, '<th scope="col" dir="auto">{}</th>') for row in told.head),
        joined(_line(row, wide, turn, '<td dir="auto">{}</td>') for row in rows),
    )


def _line(row: Row, wide: int, turn: int, frame: str) -> Markup:
    cells = [Markup(frame).format(_cell(row, cell)) for cell in row.cells]
    cells += [Markup(frame).format("")] * (wide - len(row.cells))
    return Markup("<tr>{}<td>{}</td></tr>").format(joined(cells), cite(row.citation, turn))


def _cell(row: Row, cell: Span) -> Markup:
    """What a cell says; the words that answer are marked in it."""
    citation, text = row.citation, row.citation.quote
    at = citation.answer
    if at is None or not cell.start <= at.start - citation.start < at.end - citation.start <= cell.end:
        return Markup("{}").format(_bare(text[cell.start : cell.end]))
    first, last = at.start - citation.start, at.end - citation.start
    return Markup('{}<mark class="un-here">{}</mark>{}').format(
        _bare(text[cell.start : first]), _bare(text[first:last]), _bare(text[last : cell.end])
    )


def _bare(text: str) -> str:
    """A cell's text without the backslash before a bar that is no border."""
    return text.replace("\\|", "|")
