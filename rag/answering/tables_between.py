"""Two rows of a table that a question sets side by side: "Which sold more in 2023, Harbour Towns or Lakeside?".

Both rows are quoted; which of them is ahead is told only where both are found, one column is meant, and both cells are
figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.grid import Grid, Line, value
from rag.answering.quote import Quote, quote_of
from rag.asking.question import Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed
from rag.language.words import content_stems
from rag.types import Span

_PAIR = re.compile(
    r"^(?:which|who|what|whose)\b[^,:?]{2,120}[,:]\s+(?:the\s+|that\s+of\s+)?(?P<a>[^,?]{1,60}?)\s+or\s+"
    r"(?:the\s+|that\s+of\s+)?(?P<b>[^,?]{1,60}?)\s*\?*$",
    re.I,
)
_MORE = re.compile(r"\b(?:more|most|higher|highest|larger|largest|bigger|biggest|greater|longer|dearer)\b", re.I)
_LESS = re.compile(r"\b(?:less|least|fewer|fewest|lower|lowest|smaller|smallest|shorter|cheaper|lighter)\b", re.I)


@dataclass(frozen=True)
class Pair:
    """The two that a question names, and whether the larger of them is asked for; None where it is neither."""

    a: str
    b: str
    larger: bool | None


def pair_asked(question: str) -> Pair | None:
    """The two things between which a question asks; None for another question."""
    match = _PAIR.match(" ".join(question.split()))
    if match is None:
        return None
    before = question[: match.start("a")]
    more, less = bool(_MORE.search(before)), bool(_LESS.search(before))
    return Pair(match["a"], match["b"], None if more == less else more)


def between(question: Question, pair: Pair, grid: Grid, best: Weighed, articles: Articles) -> tuple[Quote, ...]:
    """Both rows below their head, with what is told of them; empty where the table hasn't just one row of each name.

    Args:
        question: what is asked.
        pair: the two that it names.
        grid: the table.
        best: its row that was weighed heaviest.
        articles: the open index.
    """
    found = [_line(name, grid) for name in (pair.a, pair.b)]
    if found[0] is None or found[1] is None or found[0] == found[1]:
        return ()
    a, b = found[0], found[1]
    column = grid.column(question)
    head = [Span(grid.head.start, grid.head.end)] if grid.head else []
    told, first, second = "", a, b
    if column is not None and pair.larger is not None and column in grid.names:
        of_a, of_b = (value(line.said.get(column, "")) for line in (a, b))
        if of_a is not None and of_b is not None:
            if of_a != of_b and (of_a > of_b) != pair.larger:
                first, second = b, a
            word = "the same as" if of_a == of_b else "more than" if pair.larger else "less than"
            said = f"{first.name}, {grid.names[column]}: {first.said[column]}"
            told = f"{said} – {word} {second.name}: {second.said[column]}"
    also = [*head, second.cells[column]] if told and column is not None else head
    quotes = [quote_of(best, [first.sentence], articles, told=told, also=also)]
    quotes.append(quote_of(best, [second.sentence], articles))
    return (*quotes, *([quote_of(best, [grid.head], articles)] if grid.head else []))


def _line(name: str, grid: Grid) -> Line | None:
    """The only row with a name; None for none or several."""
    plain = name.strip().lower()
    exact = [line for line in grid.lines if line.name.lower() == plain]
    stems = content_stems(name)
    near = [line for line in grid.lines if stems and stems == content_stems(line.name)]
    found = exact or near
    return found[0] if len(found) == 1 else None
