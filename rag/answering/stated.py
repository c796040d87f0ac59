"""Figures that sentences state as operands of a sum: one that answers a part of the question, or the items of a list.

A figure is an operand only where its sentence has no other of its kind, counts what is asked for, and isn't rounded
("nearly 300") or a bound ("up to £500").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.lists import items_of
from rag.answering.operands import Operand, Operands
from rag.answering.quote import quote_of
from rag.asking.question import Asks, Question
from rag.asking.sums_asked import Part, SumAsked
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed, Weighing
from rag.language.figures import Figure, figures
from rag.language.words import content_stems, stem
from rag.text.blocks import Kind
from rag.text.marks import ITEM
from rag.types import Sentence, Span

_BOUND = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|approximately|some|over|under|above|below|up to|at least|at most"
    r"|more than|less than|fewer than|between|estimated|perhaps|maybe|or|circa|ca\.|another|further|extra|additional"
    r"|(?:fell|rose|grew|dropped|down|up|increased|decreased|cut)(?:\s+by)?|by)\s+(?:an?\s+)?$",
    re.I,
)
_EACH = re.compile(
    r"\s?(?:\)|,)?\s?(?:per\b|each\b|apiece\b|a\s+(?:year|month|week|day|head)\b|or\b|to\s+[£$€\d]|[–-]\s?[£$€\d])",
    re.I,
)
_HAS = re.compile(
    r"\b(?:has|have|had|with|are|were|was|is|totals?|totalled|counts?|counted|costs?|at)\s+(?:now\s+)?$", re.I
)
_TOTAL = re.compile(r"\b(?:total|sum|altogether|in all)\b", re.I)
_RIVAL = 0.5  # share of the best sentence's support from where on another figure makes it unsure
_LIGHT = content_stems("total altogether sum add combine add")
_MOST = 12  # items
_MONEY = frozenset("£$€¥")


def of_sentence(
    part: Part, measure: str, question: Question, weighing: Weighing, articles: Articles, besides: Figure | None
) -> Operand | None:
    """The figure that the best sentence states for one part of the question; None where that isn't sure.

    Args:
        part: what is looked for.
        measure: the noun that is counted, or "".
        question: the part's own question, taken apart.
        weighing: the candidates for it, best first.
        articles: the open index.
        besides: the figure that the question itself gives, which is no rival.
    """
    if not weighing.enough:
        return None
    best = weighing.sentences[0]
    close = [w for w in weighing.sentences if w.support >= _RIVAL * best.support and _is_prose(w)]
    stated = [(w, f) for w in close for f in _fitting(w, measure, question) if not besides or f.value != besides.value]
    if len({f.value for _, f in stated}) != 1 or not _is_named(part, question, stated[0][0], articles):
        return None
    one, figure = stated[0]
    if not _says_it(part, measure, question, one, figure):
        return None
    return _operand(one, one.sentence, figure, part.name, articles)


def _says_it(part: Part, measure: str, question: Question, one: Weighed, figure: Figure) -> bool:
    """Whether the sentence says of the figure what is asked, not another thing of as many: "83 members were present".

    A word of the question beside its names must stand in it, most often the verb; where it asks only what somebody
    has, "has" or the like must stand before the figure.
    """
    verbs = question.stems - question.names - content_stems(f"{part.name} {measure}") - _LIGHT
    if verbs:
        return bool(verbs & content_stems(one.sentence.text))
    return bool(_HAS.search(one.sentence.text[max(0, figure.start - 30) : figure.start]))


def _is_prose(one: Weighed) -> bool:
    return one.unit is None or one.unit.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.TURN)


def of_items(asked: SumAsked, weighed: Sequence[Weighed], articles: Articles) -> Operands | None:
    """One figure of each item of the list that the sum is asked of; None where there is none such, or it isn't sure."""
    wanted = content_stems(asked.rest) - _LIGHT
    for one in weighed[:8]:
        source = one.sentence.source
        of, sentences = articles.article_units(source), articles.article_sentences(source)
        items = items_of(one.sentence, of, sentences)
        if not 2 <= len(items) <= _MOST or not all(of[s.position].begins for s in items):
            continue
        text, unit = articles.document(source).text, of[items[0].position]
        around = " ".join(text[s.start : s.end] for s in (unit.lead, unit.section) if s)
        known = content_stems(f"{around} {one.title or ''} {re.sub(r'[_.-]+', ' ', source)} {sentences[0].text}")
        if not wanted or not wanted & content_stems(around) or wanted - known:
            continue
        found = [_only(s) for s in items]
        if any(f is None for f in found) or len({f.unit for f in found if f}) != 1:
            return None
        lead = [s for s in (unit.lead or unit.section,) if s]
        return Operands(
            tuple(
                _operand(one, s, f, "", articles, also=lead) for s, f in zip(items, found, strict=True) if f is not None
            )
        )
    return None


def _only(item: Sentence) -> Figure | None:
    """The only sum of money of an item, else its only figure; None for several, a bound or a total."""
    mark = ITEM.match(item.text)
    begin = mark.end() if mark else 0
    found = [f for f in figures(item.text) if f.start >= begin and not f.is_year]
    money = [f for f in found if f.unit in _MONEY]
    chosen = money or found
    if len(chosen) != 1 or _TOTAL.search(item.text) or _is_bound(item.text, chosen[0]):
        return None
    return chosen[0]


def _fitting(one: Weighed, measure: str, question: Question) -> list[Figure]:
    """The figures of a sentence that count what is asked for."""
    text = one.sentence.text
    found = [f for f in figures(text) if not f.is_year and not _is_bound(text, f)]
    if measure and question.asks is not Asks.MONEY:
        counted = [stem(w.lower()) for w in measure.split()]
        found = [f for f in found if counted[-1] in f.nouns]
    elif question.asks is Asks.MONEY:
        found = [f for f in found if f.unit in _MONEY]
    read = one.found
    if read and read.is_sure:
        start = one.sentence.start
        found = [f for f in found if read.span.start < start + f.end and start + f.start < read.span.end]
    return found


def _is_bound(text: str, figure: Figure) -> bool:
    return bool(_BOUND.search(text[max(0, figure.start - 30) : figure.start]) or _EACH.match(text, figure.end))


def _is_named(part: Part, question: Question, best: Weighed, articles: Articles) -> bool:
    """Whether what sets the part apart stands in the sentence, or above it."""
    source, unit = best.sentence.source, best.unit
    text = articles.document(source).text
    around = [text[s.start : s.end] for s in (unit.section, unit.lead) if s] if unit else []
    named = content_stems(part.name) | question.names
    years = {s for s in named if s.isdigit()}
    known = content_stems(" ".join([best.sentence.text, *around]))
    return years <= known and named <= known | content_stems(best.title or "")


def _operand(
    one: Weighed, sentence: Sentence, figure: Figure, label: str, articles: Articles, also: Sequence[Span] = ()
) -> Operand:
    place = Span(sentence.start + figure.start, sentence.start + figure.end)
    quote = quote_of(one, [sentence], articles, also=[place, *also])
    return Operand(figure.value, figure.written, figure.unit, label, quote)
