"""Several documents asked one thing: what of each is weighed, and how their quotes stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.answering.compose import Composition, escaped, marked
from rag.asking.question import Question
from rag.evidence import weigh
from rag.evidence.weighed import Weighing
from rag.index.retrieve import retrieve
from rag.types import Citation, Claim, Passage
from rag.ways.ask import Ask
from rag.ways.said import Said
from rag.ways.telling import day_told

_LOOKED = 6  # documents that are looked into
WIDE, _EACH = 16, 3  # passages of all documents, of one


def weighed_in(ask: Ask, inner: Question, groups: Iterable[frozenset[str]]) -> tuple[tuple[Passage, ...], Weighing]:
    """The passages of the documents that are meant, or else of those that a search finds, and their sentences."""
    query = ask.models.embedder.embed_query(inner.standalone)
    sources = frozenset().union(*groups)
    wide = retrieve(inner.words, query, ask.index, sources or ask.scope, WIDE)
    passages = {p.chunk_id: p for p in wide}
    for source in list(dict.fromkeys(p.source for p in wide))[:_LOOKED]:
        passages |= {p.chunk_id: p for p in retrieve(inner.words, query, ask.index, frozenset((source,)), _EACH)}
    found = tuple(passages.values())
    models = ask.models
    return found, weigh(inner, query, found, ask.index, models.embedder, models.reader, models.judge)


def side_by_side(ask: Ask, lead: str, said: Sequence[Said]) -> Composition:
    """What each says under its title and date, each with its citation."""
    citations, claims = [], []
    for n, one in enumerate(said, start=1):
        document = ask.index.document(one.source)
        start, stop = one.sentences[0].start, one.sentences[-1].end
        quote, support = document.text[start:stop], round(one.weighed.support, 4)
        citations.append(Citation(n, one.source, document.title, quote, start, stop, support))
        dated = f" ({day_told(one.date)})" if one.date else ""
        text = f"{lead}{escaped(document.title or one.source)}{dated}: {marked(quote)} [{n}]"
        claims.append(Claim(text, (n,), "quoted", "stated"))
        lead = ""
    return Composition(" ".join(claim.text for claim in claims), tuple(claims), tuple(citations))
