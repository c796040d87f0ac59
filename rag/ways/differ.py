"""Whether documents agree: what each says to the same question, newest first, and whether their values are the same.

That they differ is said only of years beside the question's own words; else the quotes stand side by side, for a false
"they disagree" is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answering.citing import cited
from rag.answering.compose import Composition, escaped, marked
from rag.asking.differ_asked import Disagreement
from rag.asking.question import Asks, Question
from rag.asking.understand import understand
from rag.evidence import weigh
from rag.evidence.weigh import Weighed
from rag.index.retrieve import retrieve
from rag.language.words import words
from rag.text.blocks import Kind
from rag.types import Claim, Retrieved
from rag.ways.ask import Ask, Events, end
from rag.ways.look_up import look_up

_MOST = 4  # documents
_LEAST, _OF_BEST = 0.1, 0.25  # support of a document's best sentence, and its share of the very best one's
_COVERED = 0.5  # share of the question's words in and around it
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d,])")
_NEAR = 3  # words


def whether_they_agree(ask: Ask, wanted: Disagreement) -> Events:
    """What each document says to it. Where fewer than two do, the question is looked up like any other."""
    inner = understand(wanted.about)
    query = ask.models.embedder.embed_query(inner.standalone)
    passages = retrieve(inner.words, query, ask.index, ask.scope)
    models = ask.models
    weighed = weigh(inner, query, passages, ask.index, models.embedder, models.reader, models.judge).sentences
    found = _each_document(inner, weighed)
    if len(found) < 2:
        yield from look_up(ask)
        return
    yield Retrieved(passages)
    yield from end(ask, _composed(ask, inner, wanted, found))


def _each_document(question: Question, weighed: Sequence[Weighed]) -> list[Weighed]:
    """The best sentence of each document that says enough to the question, best first."""
    least = max(_LEAST, _OF_BEST * weighed[0].support) if weighed else 0.0
    best: dict[str, Weighed] = {}
    for w in weighed:
        if w.sentence.source not in best and w.support >= least and _speaks_of(question, w):
            best[w.sentence.source] = w
    return list(best.values())[:_MOST]


def _speaks_of(question: Question, w: Weighed) -> bool:
    f = w.features
    if w.unit and w.unit.kind in (Kind.HEADING, Kind.HEAD):
        return False
    return f.coverage_near >= _COVERED and not (f.lacks_quantity or f.lacks_time) and f.names_article >= 1.0


def _composed(ask: Ask, inner: Question, wanted: Disagreement, found: Sequence[Weighed]) -> Composition:
    dates = {w.sentence.source: ask.index.document(w.sentence.source).date or "" for w in found}
    ordered = sorted(found, key=lambda w: dates[w.sentence.source], reverse=True)
    citations = [replace(cited(w.sentence, ask.index), n=n) for n, w in enumerate(ordered, start=1)]
    lead, claims = _lead(inner, wanted, ordered), []
    for c in citations:
        dated = f" ({dates[c.source][:10]})" if dates[c.source] else ""
        text = f"{lead}{escaped(c.title or c.source)}{dated}: {marked(c.quote)} [{c.n}]"
        claims.append(Claim(text, (c.n,), "quoted", "stated"))
        lead = ""
    return Composition(" ".join(claim.text for claim in claims), tuple(claims), tuple(citations))


def _lead(inner: Question, wanted: Disagreement, ordered: Sequence[Weighed]) -> str:
    """Yes or No where the values tell it; else that these are what the documents say."""
    values = [_values(inner, w.sentence.text) for w in ordered]
    if not all(values):
        return "The documents say: "
    differ = not frozenset.intersection(*values)
    same = all(v == values[0] for v in values)
    if differ == same:
        return "The documents say: "
    if not wanted.polar:
        return "They differ: " if differ else "They say the same: "
    return "Yes: " if same is wanted.agree else "No: "


def _values(question: Question, text: str) -> frozenset[Decimal]:
    """The years that stand right after a word of the question: "laid in 1958" of "when it was laid".

    Other numbers are too easily those of another thing: "311 homes on the register" is no count of all homes.
    """
    if question.asks is not Asks.TIME:
        return frozenset()
    found: set[Decimal] = set()
    for year in _YEAR.finditer(text):
        before = words(text[: year.start()])[-_NEAR:]
        if any(w.stem in question.stems for w in before):
            found.add(Decimal(year[0]))
    return frozenset(found)
