"""A follow-up answered from around the last quote: its own sentences, those beside it, the rows of its table.

"Where?" after "When will it be heard?" is mostly answered by the very sentence that was quoted, or by the next one.
Asked of everything, such a sentence must stand out from all others; here it only has to answer, as surely as elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.choose import choose
from rag.answering.citing import cited
from rag.answering.compose import Composition, marked, quoted
from rag.answering.grid import Grid, Line, grid_of
from rag.answering.tables import of_table
from rag.asking.answer_types import holds_type
from rag.asking.question import Asks, Form
from rag.evidence import weigh
from rag.evidence.context import told_in_context
from rag.evidence.weighed import Weighing
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Citation, Claim, Passage, Sentence, Span
from rag.ways.ask import Ask

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")  # one that is asked for is not answered by another
_ELSEWHERE = re.compile(
    r"(?:and |but )?(?:what about )?(?:elsewhere|(?:any|some|every)where else|in other places)", re.I
)
_ELSE = re.compile(r"\b(?:else|elsewhere|other (?:places?|cities|towns|regions?|areas?)|the rest)\b", re.I)
_THINGS = (Asks.TIME, Asks.PLACE, Asks.MONEY, Asks.QUANTITY, Asks.PERSON)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_AT = re.compile(  # of a place, not of a day: "in the old Corn Exchange"
    rf"\b(?:in|at) (?:the )?(?:[a-z]+ ){{0,2}}(?!(?:{_MONTHS}|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b)"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_UNIT = re.compile(r"\([^()]*\)")  # behind what a row is of: "Dividend ($ per share)"
_BESIDE = 2  # sentences on either side in which a bare question word finds its thing
AROUND = 4  # sentences on either side


def near(
    ask: Ask,
    quoted_last: Sequence[Citation],
    named: frozenset[str],
    *,
    bare: bool = False,
    own: frozenset[str] = frozenset(),
) -> Composition | None:
    """The answer that stands around the last quote; None where none is likely enough.

    Args:
        ask: the follow-up, made to stand alone.
        quoted_last: the citations of the last answer.
        named: stems of the thing that a fragment names; empty for anything.
        bare: whether nothing but a question word was said: what it is about is known, so the reader alone decides.
        own: stems of which the sentence must hold one: of a question that is asked as it was said.
    """
    if not quoted_last:
        return None
    found_in_table = _row(ask, quoted_last[0], named) or _cell(ask, quoted_last[0])
    if found_in_table is not None:
        return found_in_table
    found = weighed_near(ask, quoted_last[0])
    if bare and ask.question.asks is Asks.PLACE and (where := _place_in(ask, quoted_last[0])):
        return where
    if found is not None and own and ask.question.form is Form.OPEN:
        found = replace(found, sentences=tuple(w for w in found.sentences if own & content_stems(w.sentence.text)))
    if found is None or not found.sentences:
        return None
    if not found.enough and not told_in_context(ask.question, found, ask.index) and not (bare and _is_sure(ask, found)):
        return None
    quotes = choose(ask.question, found, ask.index)
    years = set(_YEAR.findall(ask.question.standalone))
    told = f"{quoted_last[0].title or ''} {' '.join(q.text for q in quotes)}"
    return quoted(ask.question, quotes) if quotes and years <= set(_YEAR.findall(told)) else None


def _place_in(ask: Ask, citation: Citation) -> Composition | None:
    """The only sentence of the quote that names a place which the question doesn't: "at 10am in the Guildhall"."""
    of = ask.index.article_sentences(citation.source)
    here = [s for s in of if s.start < citation.end and citation.start < s.end]
    found = [s for s in here if any(content_stems(m["name"]) - ask.question.stems for m in _AT.finditer(s.text))]
    return _one(ask, found[0]) if len(found) == 1 else None


def _one(ask: Ask, sentence: Sentence) -> Composition:
    """One sentence quoted."""
    one = replace(cited(sentence, ask.index), n=1)
    claim = Claim(f"{marked(one.quote)} [1]", (1,), "quoted", "stated")
    return Composition(claim.text, (claim,), (one,))


def _is_sure(ask: Ask, found: Weighing) -> bool:
    """Whether the reader surely sees the thing asked for in the best sentence."""
    best = found.sentences[0]
    if best.found is None or not best.found.is_sure or ask.question.asks not in _THINGS:
        return False
    start = best.sentence.start
    return holds_type(
        ask.question, best.sentence.text, Span(best.found.span.start - start, best.found.span.end - start)
    )


def beside(ask: Ask, quoted_last: Sequence[Citation]) -> Composition | None:
    """What a bare "From when?" is answered by where no sentence surely is: the only one with such a thing beside it.

    Args:
        ask: the question word with what was asked before.
        quoted_last: the citations of the last answer.
    """
    if ask.question.asks not in _THINGS or not quoted_last:
        return None
    citation = quoted_last[0]
    of, units = ask.index.article_sentences(citation.source), ask.index.article_units(citation.source)
    at = [s.position for s in of if s.start < citation.end and citation.start < s.end]
    if not at:
        return None
    close = (s for s in of[max(0, at[0] - _BESIDE) : at[-1] + 1 + _BESIDE] if s.position not in at)
    holding = [s for s in close if units[s.position].group == units[at[-1]].group and holds_type(ask.question, s.text)]
    if len(holding) != 1:
        return None
    return _one(ask, holding[0])


def weighed_near(ask: Ask, citation: Citation) -> Weighing | None:
    """What is weighed around a quote; None where nothing of it stands."""
    of = ask.index.article_sentences(citation.source)
    at = [s.position for s in of if s.start < citation.end and citation.start < s.end]
    if not at:
        return None
    return _weighed(ask, citation, of[max(0, at[0] - AROUND) : at[-1] + 1 + AROUND])


def _weighed(ask: Ask, citation: Citation, sentences: Sequence[Sentence]) -> Weighing:
    return weighed_of(ask, citation.source, citation.title, sentences)


def weighed_of(ask: Ask, source: str, title: str | None, sentences: Sequence[Sentence]) -> Weighing:
    """Some sentences of one article weighed by themselves.

    Args:
        ask: the question.
        source: the article.
        title: its title.
        sentences: in a row.
    """
    models, question = ask.models, ask.question
    query = models.embedder.embed_query(question.standalone)
    passage = Passage(-1, source, title, tuple(sentences), 1.0, 1.0)
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
    if not rows and _ELSEWHERE.fullmatch(ask.question.text.strip(" ?!.")):
        rows = _other_places(grid, quoted_row)
    if len(rows) != 1 or rows[0].sentence.id == quoted_row.id:
        return None
    return _told(ask, citation, rows[0])


def _told(ask: Ask, citation: Citation, row: Line) -> Composition | None:
    found = _weighed(ask, citation, [row.sentence])
    quotes = of_table(ask.question, found.sentences, ask.index) if found.sentences else ()
    return quoted(ask.question, quotes) if quotes else None


def _other_places(grid: Grid, quoted_row: Sentence) -> list[Line]:
    """The rows of the same thing in any other place: "Hotel, anywhere else" beside "Hotel, in the capital"."""
    own = next((content_stems(line.name) for line in grid.lines if line.sentence == quoted_row), frozenset[str]())
    return [line for line in grid.lines if _ELSE.search(line.name) and content_stems(line.name) & own]


def _cell(ask: Ask, citation: Citation) -> Composition | None:
    """The one row of the document's tables whose whole name the question holds, and the whole name of a column.

    "What was the surplus in 2023?", after a sentence about 2024.
    """
    asked, of = ask.question.stems, ask.index.article_units(citation.source)
    rows = [s for s in ask.index.article_sentences(citation.source) if of[s.position].kind is Kind.ROW]
    found: dict[int, Line] = {}
    seen: set[int] = set()
    for row in rows:
        if of[row.position].group in seen or (grid := grid_of(row, ask.index)) is None:
            continue
        seen.add(of[row.position].group)
        columns = [c for c, name in grid.names.items() if c and (own := content_stems(name)) and own <= asked]
        fitting = [line for line in grid.lines if (own := content_stems(_UNIT.sub("", line.name))) and own <= asked]
        if len(columns) == 1:
            found |= {line.sentence.id: line for line in fitting if line.said.get(columns[0])}
    return _told(ask, citation, next(iter(found.values()))) if len(found) == 1 else None
