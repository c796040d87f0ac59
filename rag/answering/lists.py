"""Answers out of lists: all items where several things are asked for, an item never without its lead-in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.quote import Quote, quote_of
from rag.asking.question import Asks, Form, Question
from rag.evidence.articles import Articles
from rag.evidence.weighed import Weighed, Weighing
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.units import Unit
from rag.types import Sentence, Span

MAX_WORDS = 110  # of a list
MAX_ITEM_WORDS = 70  # of one item of it
_LONG = 30  # words of an item, on average: longer ones are clauses, each of which stands for itself
_SEVERAL = re.compile(
    r"^\W*(?:please\s+)?(?:(?:list|name|give|show|tell\s+me)\b|(?:in|on|under|for|with)?\s*(?:what|which)\b|who\b)",
    re.I,
)


def of_list(question: Question, weighing: Weighing, articles: Articles) -> tuple[Quote, ...]:
    """The list that the best sentence belongs to, whole or as much as fits; empty where one sentence has to do.

    Args:
        question: what is asked.
        weighing: all candidates, best first.
        articles: the open index.
    """
    best = weighing.sentences[0]
    of, sentences = articles.article_units(best.sentence.source), articles.article_sentences(best.sentence.source)
    items = items_of(best.sentence, of, sentences)
    if not items:
        return ()
    lead, is_lead = of[items[0].position].lead, best.sentence.position < items[0].position
    heads = next(
        (s for s in sentences[max(0, items[0].position - 12) : items[0].position] if lead and s.end == lead.end), None
    )
    counts = [len(s.text.split()) for s in items]
    blocks = sum(of[s.position].begins for s in items)
    clauses = sum(counts) > MAX_WORDS and sum(counts) > _LONG * blocks
    if clauses or not (is_lead or weighing.listed or _is_wanted(question, best, items, of, articles)):
        together = question.form is Form.POLAR and bool(best.unit and best.unit.ends_lead)
        own = _own_item(best, items, of)
        return _single(best, own, heads, articles, together=together) if not is_lead else ()
    kept = _fitting(items, of, MAX_WORDS)
    more = blocks - sum(of[s.position].begins for s in kept)
    first = heads or (best.sentence if is_lead else None)
    adjoins = first is not None and first.position == items[0].position - 1
    also = [Span(first.start, first.end)] if first and not adjoins else []
    return (quote_of(best, [first, *kept] if first and adjoins else kept, articles, also=also, more=more),)


def led_in(sentence: Sentence, articles: Articles) -> tuple[list[Sentence], int]:
    """The list below a line that leads it in or heads it: the items that there is room for, and how many more."""
    of, sentences = articles.article_units(sentence.source), articles.article_sentences(sentence.source)
    if of[sentence.position].kind is Kind.ITEM and not _breaks_off(sentence, of):
        return [], 0
    items = items_of(sentence, of, sentences)
    kept = _fitting(items, of, MAX_WORDS) if items else []
    begun = [sum(of[s.position].begins for s in some) for some in (items, kept)]
    return kept, begun[0] - begun[1]


def items_of(sentence: Sentence, of: Sequence[Unit], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the list that a sentence stands in or leads in."""
    at = sentence.position
    if of[at].kind is not Kind.ITEM or _breaks_off(sentence, of):
        at += 1
        leads = at < len(of) and of[at].kind is Kind.ITEM and of[at].begins
        lead, section = (of[at].lead, of[at].section) if leads else (None, None)
        heads = of[at - 1].kind is Kind.HEADING and section and section.start <= sentence.start < section.end
        if not leads or not (lead and lead.end == sentence.end or heads):
            return []
    first = last = at
    while first > 0 and of[first - 1].group == of[at].group:
        first -= 1
    while last + 1 < len(of) and of[last + 1].group == of[at].group:
        last += 1
    return list(sentences[first : last + 1])


def _breaks_off(sentence: Sentence, of: Sequence[Unit]) -> bool:
    """Whether the next item ends a sentence, "5. The tenant shall not", though it is an item itself."""
    after = of[sentence.position + 1] if sentence.position + 1 < len(of) else None
    return bool(after and after.ends_lead and after.lead and after.lead.end == sentence.end)


def _is_wanted(
    question: Question, best: Weighed, items: Sequence[Sentence], of: Sequence[Unit], articles: Articles
) -> bool:
    """Whether all items are asked for: several things are, or no word of the question singles the best one out."""
    if question.form is Form.POLAR or not (question.plural or _SEVERAL.match(question.standalone)):
        return False
    if not question.plural and question.asks not in (Asks.ANYTHING, Asks.NAME, Asks.PERSON, Asks.ORGANISATION):
        return False
    text, unit = articles.document(best.sentence.source).text, of[best.sentence.position]
    if unit.lead is None and len(_own_item(best, items, of)) > 1:
        return False  # numbered sections, each of another matter: "3. Bonfires. Mr Roe moved …"
    around = [text[s.start : s.end] for s in (unit.lead, unit.section) if s]
    common = content_stems(" ".join([*around, best.title or ""])) & question.stems
    own = content_stems(best.sentence.text) & question.stems
    others = [s for s in items if s.position != best.sentence.position]
    singled = own - common - content_stems(" ".join(s.text for s in others))
    return len(common) >= len(singled) and bool(common) if question.plural else not singled


def _fitting(items: Sequence[Sentence], of: Sequence[Unit], most: int) -> list[Sentence]:
    """Whole items from the first on, as many as there is room for, at least one."""
    kept: list[Sentence] = []
    block: list[Sentence] = []
    for sentence in items:
        if of[sentence.position].begins and block:
            if kept and sum(len(s.text.split()) for s in (*kept, *block)) > most:
                return kept
            kept, block = [*kept, *block], []
        block.append(sentence)
    return kept if kept and sum(len(s.text.split()) for s in (*kept, *block)) > most else [*kept, *block]


def _own_item(best: Weighed, items: Sequence[Sentence], of: Sequence[Unit]) -> list[Sentence]:
    """All sentences of the best one's item; that one alone where they are many."""
    at = next(n for n, s in enumerate(items) if s.position == best.sentence.position)
    first = next(n for n in range(at, -1, -1) if of[items[n].position].begins or n == 0)
    last = next((n for n in range(at + 1, len(items)) if of[items[n].position].begins), len(items))
    own = list(items[first:last])
    return own if sum(len(s.text.split()) for s in own) <= MAX_ITEM_WORDS else [best.sentence]


def _single(
    best: Weighed, own: Sequence[Sentence], lead: Sentence | None, articles: Articles, *, together: bool
) -> tuple[Quote, ...]:
    """One item below the line that says what the list holds; empty without one.

    `together` it is quoted from that line on, with those between, where there is room: behind a Yes or No half a
    sentence would seem to say the contrary.
    """
    if lead is None:
        return ()
    if lead.position == own[0].position - 1:
        return (quote_of(best, [lead, *own], articles),)
    if together:
        whole = articles.article_sentences(lead.source)[lead.position : own[-1].position + 1]
        if sum(len(s.text.split()) for s in whole) <= MAX_ITEM_WORDS:
            return (quote_of(best, whole, articles),)
    item = quote_of(best, own, articles, also=[Span(lead.start, lead.end)])
    return item, quote_of(best, [lead], articles)
