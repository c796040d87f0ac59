"""Topics by articles: which article says it, denies it or leaves it open, and which is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rag.corpus.mentions import Hit, find, topic_term
from rag.corpus.suggest import suggested_topics
from rag.corpus.term import Term
from rag.corpus.values import Cell, Coverage, Row, State
from rag.errors import BadQuestion
from rag.index.reader import Index
from rag.language.negation import cues_over
from rag.types import Span

MAX_TOPICS = 1_000


def coverage(topics: Sequence[str], index: Index, sources: frozenset[str] | None) -> Coverage:
    """How every article in scope speaks of every topic.

    Args:
        topics: words, names or phrases; none: those that the articles themselves suggest.
        index: the open generation.
        sources: articles in scope; None for all.

    Raises:
        BadQuestion: a topic holds no word or is far too long, or there are too many.
    """
    if len(topics) > MAX_TOPICS:
        raise BadQuestion(f"There are {len(topics):,} topics.", f"Name at most {MAX_TOPICS:,} at a time.")
    scope = index.sources() if sources is None else tuple(sorted(sources))
    wanted = dict.fromkeys(topic_term(t) for t in (topics or suggested_topics(index, sources)))
    silent = tuple(Cell(source, "absent", 0) for source in scope)
    rows = tuple(_row(term, index, sources, silent) for term in wanted)
    return Coverage(scope, rows, not topics, index.searched(sources))


def _row(term: Term, index: Index, sources: frozenset[str] | None, silent: Sequence[Cell]) -> Row:
    by_article: defaultdict[str, list[Hit]] = defaultdict(list)
    variants: set[str] = set()
    for hit in find(term, index, sources):
        by_article[hit.sentence.source].append(hit)
        variants.update(s for s in hit.surfaces if not term.is_exact(s))
    spoken = {source: Cell(source, _state(hits), len(hits)) for source, hits in by_article.items()}
    cells = tuple(spoken.get(cell.source, cell) for cell in silent)
    return Row(term.written, tuple(sorted(variants)), cells)


def _state(hits: Sequence[Hit]) -> State:
    """Said, if any sentence says it; else left open, if any does; else denied."""
    stances = {stance(hit) for hit in hits}
    return "said" if "said" in stances else "undecided" if "undecided" in stances else "denied"


def stance(hit: Hit) -> State:
    """Whether a sentence states the topic, or speaks of it under a denial or an openness."""
    s = hit.sentence
    places = tuple(Span(p.start - s.start, p.end - s.start) for p in hit.places)
    governing = cues_over(s.text, places)
    if any(c.kind == "undecided" for c in governing):
        return "undecided"
    return "denied" if sum(c.kind == "denied" for c in governing) % 2 else "said"
