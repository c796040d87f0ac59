"""A follow-up answered from around the last quote: its own sentences, those beside it, the rows of its table.

"Where?" after "When will it be heard?" is mostly answered by the very sentence that was quoted, or by the next one.
Asked of everything, such a sentence must stand out from all others; here it only has to answer, as surely as elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.compose import Composition, choose, quoted
from rag.answering.grid import grid_of
from rag.answering.tables import of_table
from rag.evidence import weigh
from rag.evidence.weighed import Weighing
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Citation, Passage, Sentence
from rag.ways.ask import Ask

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # one that is asked for is not answered by another
AROUND = 4  # sentences on either side


def near(ask: Ask, quoted_last: Sequence[Citation], named: frozenset[str]) -> Composition | None:
    """The answer that stands around the last quote; None where none is likely enough.

    Args:
        ask: the follow-up, made to stand alone.
        quoted_last: the citations of the last answer.
        named: stems of the thing that a fragment names; empty for anything.
    """
    if not quoted_last:
        return None
    if (row := _row(ask, quoted_last[0], named)) is not None:
        return row
    found = weighed_near(ask, quoted_last[0])
    if found is None or not found.sentences or not found.enough:
        return None
    quotes = choose(ask.question, found, ask.index)
    years = set(_YEAR.findall(ask.question.standalone))
    told = f"{quoted_last[0].title or ''} {' '.join(q.text for q in quotes)}"
    return quoted(ask.question, quotes) if quotes and years <= set(_YEAR.findall(told)) else None


def weighed_near(ask: Ask, citation: Citation) -> Weighing | None:
    """What is weighed around a quote; None where nothing of it stands."""
    of = ask.index.article_sentences(citation.source)
    at = [s.position for s in of if s.start < citation.end and citation.start < s.end]
    if not at:
        return None
    return _weighed(ask, citation, of[max(0, at[0] - AROUND) : at[-1] + 1 + AROUND])


def _weighed(ask: Ask, citation: Citation, sentences: Sequence[Sentence]) -> Weighing:
    models, question = ask.models, ask.question
    query = models.embedder.embed_query(question.standalone)
    passage = Passage(-1, citation.source, citation.title, tuple(sentences), 1.0, 1.0)
    return weigh(question, query, [passage], ask.index, models.embedder, models.reader, models.judge)


def _row(ask: Ask, citation: Citation, named: frozenset[str]) -> Composition | None:
    """The one other row of the quoted table that holds what a fragment names: "And elsewhere?"."""
    of, units = ask.index.article_sentences(citation.source), ask.index.article_units(citation.source)
    quoted_row = next(
        (s for s in of if s.start < citation.end and citation.start < s.end and units[s.position].kind is Kind.ROW),
        None,
    )
    grid = grid_of(quoted_row, ask.index) if named and quoted_row else None
    if grid is None or quoted_row is None:
        return None
    rows = [line for line in grid.lines if named <= content_stems(" ".join(line.said.values()))]
    if len(rows) != 1 or rows[0].sentence.id == quoted_row.id:
        return None
    found = _weighed(ask, citation, [rows[0].sentence])
    quotes = of_table(ask.question, found.sentences, ask.index) if found.sentences else ()
    return quoted(ask.question, quotes) if quotes else None
