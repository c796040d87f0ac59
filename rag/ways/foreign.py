"""A question in another language than English: looked up or counted by words alone, and answered in that language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.absence import ranked
from rag.answering.compose import Composition, cite, marked, summary
from rag.answering.grid import grid_of
from rag.answering.lists import led_in
from rag.answering.phrases import led, say
from rag.answering.quote import Quote
from rag.asking.foreign import ForeignQuestion
from rag.asking.question import Asks, Form, Request
from rag.evidence.articles import as_told
from rag.evidence.foreign import BAR, Near, judged
from rag.evidence.foreign_types import gives_reason
from rag.index.retrieve import retrieve
from rag.index.retrieve_abroad import sentences_abroad
from rag.language.tongue import STEMMED
from rag.text.blocks import Kind
from rag.text.shape import is_heading, is_question
from rag.types import Absence, Answered, Claim, Evidence, Retrieved, Sentence
from rag.ways.ask import Ask, Events, NotMentioned, end, not_mentioned
from rag.ways.central import central_sentences
from rag.ways.foreign_mentions import listed_abroad, mentioned_abroad, searched_abroad, silent

_BEFORE = 2  # sentences whose words a sentence may take for granted
_HEAD = 2  # sentences that tell what a document is about
_NEAREST = 3
_TALK = {
    Request.GREETING: "hello",
    Request.THANKS: "thanks",
    Request.ABILITIES: "abilities",
    Request.SUMMARY: "abilities",
}


def answer_abroad(ask: Ask, question: ForeignQuestion) -> Events:
    """The answer, in the question's language.

    Args:
        ask: the question on its way.
        question: the same, taken apart by its own language's grammar.
    """
    if question.request is Request.SUMMARY and question.language in STEMMED:
        yield Retrieved(())
        yield from end(ask, _summed_up(ask))
    elif question.request in _TALK:
        yield Retrieved(())
        words = say(question.language, _TALK[question.request])
        yield from end(ask, NotMentioned(words, Absence((), searched_abroad(ask, question), ())))
    elif question.listed:
        yield Retrieved(())
        yield from end(ask, listed_abroad(ask, question))
    elif question.topic:
        yield Retrieved(())
        yield from end(ask, mentioned_abroad(ask, question))
    else:
        yield from _look_up(ask, question)


def _summed_up(ask: Ask) -> Composition:
    """The most central sentences, as in English: how close they are is told by an embedder made for English."""
    sentences = central_sentences(ask.index, ask.scope, ask.models.embedder)
    return summary(sentences, {s.source: ask.index.document(s.source).title for s in sentences})


def _look_up(ask: Ask, question: ForeignQuestion) -> Events:
    query = ask.models.embedder.embed_query(question.standalone)
    passages = retrieve([w.lower for w in question.words], query, ask.index, ask.scope)
    ask.clock.mark("retrieve")
    yield Retrieved(passages)
    found, rarity = sentences_abroad(question.words, question.language, ask.index, ask.scope)
    candidates = {s.id: s for s in (*found, *(s for p in passages for s in p.sentences))}
    told = [_near(s, ask) for s in candidates.values() if _may_answer(s, ask)]
    best = judged(question, told, rarity)
    trace = tuple(("sentence", f"{j.score:.2f}: {j.sentence.text}") for j in best[:8])
    if best and best[0].score >= BAR and (chosen := _with_reason(question, best[0].sentence, ask)):
        for event in end(ask, _quoted(ask, question, best[0].score, chosen)):
            yield replace(event, trace=trace) if isinstance(event, Answered) else event
        return
    close = [j.sentence for j in best[:_NEAREST] if j.score] or [s for p in passages[:1] for s in p.sentences]
    near = ranked(close, query, ask.models.embedder)[:_NEAREST]
    yield Evidence(())
    yield Answered(not_mentioned(ask, silent(ask, question, near)), trace)


def _may_answer(sentence: Sentence, ask: Ask) -> bool:
    """Whether a sentence may be an answer: no question, and no heading but that of a list."""
    kind = ask.index.article_units(sentence.source)[sentence.position].kind
    if kind in (Kind.ASKED, Kind.HEAD) or is_question(sentence.text):
        return False
    heads = kind is Kind.HEADING or is_heading(sentence.text)
    return not heads or bool(led_in(sentence, ask.index)[0])


def _near(sentence: Sentence, ask: Ask) -> Near:
    articles, source, at = ask.index, sentence.source, sentence.position
    document, unit = articles.document(source), articles.article_units(source)[at]
    before = articles.article_sentences(source)[max(0, at - _BEFORE) : at]
    section = document.text[unit.section.start : unit.section.end] if unit.section else ""
    around = "\n".join([section, *(s.text for s in before)])
    head = "\n".join([document.title or "", *(s.text for s in articles.article_sentences(source)[:_HEAD])])
    return Near(sentence, as_told(articles, source, at, at + 1).text, around, unit.kind is Kind.ROW, head)


def _with_reason(question: ForeignQuestion, best: Sentence, ask: Ask) -> list[Sentence]:
    """The sentences to quote: the best one; where a reason is asked for, up to the one that gives it, if one does."""
    if question.asks is not Asks.REASON or gives_reason(best.text, question.language):
        return [best]
    after = ask.index.article_sentences(best.source)[best.position + 1 : best.position + 2]
    return [best, *after] if after and gives_reason(after[0].text, question.language) else []


def _quoted(ask: Ask, question: ForeignQuestion, score: float, chosen: Sequence[Sentence]) -> Composition:
    """The best sentence as it stands; before it no Yes or No, which nothing here could tell.

    A list follows the line that leads it in; below a row stands the head of its table.
    """
    best, document = chosen[0], ask.index.document(chosen[0].source)
    items, more = led_in(best, ask.index) if len(chosen) == 1 else ([], 0)
    grid = grid_of(best, ask.index)
    below = [[grid.head]] if grid and grid.head else []
    quotes = [
        Quote(tuple(run), document.title, document.text[run[0].start : run[-1].end], score, "stated", run[0])
        for run in ([*chosen, *items], *below)
    ]
    lead = say(question.language, "text_says") if question.form is Form.POLAR else ""
    rest = " …" if more else ""
    said = [f"{led(question.language, '' if n else lead, marked(q.text))} [{n + 1}]" for n, q in enumerate(quotes)]
    said[0] += rest
    claims = tuple(Claim(text, (n,), "quoted", "stated") for n, text in enumerate(said, start=1))
    return Composition(" ".join(said), claims, cite(quotes))
