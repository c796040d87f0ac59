"""Two values of one thing in one document, or one of its dated entries: both places are told, in their order.

"Some 240 pupils attend the school" on one page, "the number of pupils who attend the school is 262" on another. A
document speaks of many things, of plans and of earlier years, so both sentences must hold every word of the question,
name nobody and no time besides it or the very same, and stand under one heading. A false "it says both" is worse than
silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.compose import Composition, escaped, marked
from rag.answering.quote import Quote, quote_of
from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.values import compared_values
from rag.evidence.weighed import Weighed, Weighing
from rag.language.corrections import corrects, misreports
from rag.language.moments import moments
from rag.language.names import name_stems
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Citation, Claim
from rag.ways.said import MOSTLY, Said, plainly, said_by

_OTHERWISE = re.compile(  # a plan, an earlier state, a part, a bound: another value needn't contradict it
    r"\b(?:expect\w*|plan\w*|target\w*|forecast\w*|estimat\w*|budget\w*|hop(?:es?|ed)|aim\w*|would|could|should|may"
    r"|might|will|going[ ]to|last|next|previous\w*|former\w*|before|after|earlier|originally|initially|first|now|new"
    r"|then|until|since|once|used[ ]to|rose|risen|fell|fallen|grew|grown|increas\w*|decreas\w*|up[ ]to|at[ ](?:least"
    r"|most)|(?:more|less|fewer)[ ]than|over|under|nearly|almost|other|another|each|every|per|only"
    r"|of[ ](?:them|which|whom|these|those)|half|if|unless|except|without|average|maximum|minimum|capacity|claim\w*"
    r"|accus\w*|den(?:y|ied|ies))\b",
    re.I,
)
_PLAIN = (Kind.PARAGRAPH, Kind.ITEM)


@dataclass(frozen=True)
class Contested:
    """Two places of one document that give two values, in their order."""

    first: Said
    second: Said


def contested(question: Question, weighing: Weighing, chosen: Sequence[Quote], articles: Articles) -> Contested | None:
    """The best sentence's value and another one of the same document; None where none surely contradicts it.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
        chosen: what would be quoted without this.
        articles: the open index.
    """
    if question.form is not Form.OPEN or question.plural or not chosen or chosen[0].is_whole:
        return None
    best, *others = weighing.sentences
    if best.sentence != chosen[0].best or not _is_plain(question, best):
        return None
    a = plainly(question, said_by(question, best, articles))
    if not (a.sure and a.value):
        return None
    for w in others:
        if w.sentence.source != a.source or w.stance != best.stance or not _is_plain(question, w):
            continue
        b = plainly(question, said_by(question, w, articles))
        if b.day == a.day and b.sure and b.value and compared_values(question, a.value, b.value) == "different":
            if _of_one_thing(question, best, w, articles):
                return Contested(*sorted((a, b), key=lambda s: s.weighed.sentence.position))
            return None
    return None


def _is_plain(question: Question, w: Weighed) -> bool:
    text, asked = w.sentence.text, question.standalone
    if w.unit is None or w.unit.kind not in _PLAIN or corrects(text) or misreports(text):
        return False
    words = {m[0].lower() for m in _OTHERWISE.finditer(text)} - {m[0].lower() for m in _OTHERWISE.finditer(asked)}
    held = question.stems & content_stems(text)
    return not words and len(held) >= MOSTLY * len(question.stems) and question.names <= content_stems(text)


def _of_one_thing(question: Question, a: Weighed, b: Weighed, articles: Articles) -> bool:
    """Whether nothing in either sentence says that it speaks of another thing, time or place."""
    if question.stems & content_stems(a.sentence.text) != question.stems & content_stems(b.sentence.text):
        return False
    names = [name_stems(w.sentence.text) - question.names for w in (a, b)]
    if names[0] != names[1]:
        return False
    if question.asks is not Asks.TIME:
        told = [{(m.year, m.month, m.day) for m in moments(w.sentence.text)} for w in (a, b)]
        if told[0] != told[1]:
            return False
    text = articles.document(a.sentence.source).text
    heads = [text[w.unit.section.start : w.unit.section.end] if w.unit and w.unit.section else "" for w in (a, b)]
    return heads[0] == heads[1]


def told_both(found: Contested, articles: Articles) -> Composition:
    """Both quotes, said to stand in one document."""
    citations, claims = [], []
    for n, said in enumerate((found.first, found.second), start=1):
        quote = quote_of(said.weighed, said.sentences, articles)
        name = escaped(quote.title or quote.source)
        lead = f"{name} gives two different values. It says" if n == 1 else "It also says"
        support = round(quote.support, 4)
        citations.append(Citation(n, quote.source, quote.title, quote.text, quote.start, quote.end, support))
        claims.append(Claim(f"{lead}: {marked(quote.text)} [{n}]", (n,), "quoted", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))
