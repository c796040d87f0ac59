"""What is newest on a matter, or of all: a quote of each document with its day, newest first; the past is marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.protocols import FloatArray
from rag.answering.citing import cited
from rag.answering.compose import Composition, escaped, marked
from rag.asking.latest_asked import LatestAsked
from rag.asking.question import Question
from rag.asking.understand import understand
from rag.index.retrieve import retrieve
from rag.language.figures import figures
from rag.language.variants import name_in
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.types import Claim, Passage, Retrieved, Sentence
from rag.ways.ask import Ask, Events, Finding, end, searched
from rag.ways.central import central, prose
from rag.ways.in_window import Standing, dated_in, placed, undated
from rag.ways.limits import Limit, limit_of
from rag.ways.told_on import day_of
from rag.ways.within import nothing_of

_WIDE = 32  # passages that are looked through
_HEAD = re.compile(r"(?:from|to|cc|sent|date|subject|attachments?)[ ]?:", re.I)  # of a mail
_DOCUMENTS, _NEW = 4, 6  # that are quoted: of a matter, of all that is new


def latest(ask: Ask, asked: LatestAsked) -> Events:
    """What is newest.

    Args:
        ask: the question.
        asked: of what, and since when.
    """
    limit = limit_of(ask, ask.question.standalone) if asked.limit else None
    if not asked.topic:
        yield Retrieved(())
        yield from end(ask, _new(ask, limit) if limit else searched(ask, _query(ask, ask.question.standalone)))
        return
    topic = understand(asked.topic)
    query = _query(ask, asked.topic)
    passages = retrieve(topic.words, query, ask.index, ask.scope, _WIDE)
    yield Retrieved(passages)
    told = _newest_first(_each_document(ask, topic, passages, query), ask)
    window = limit.window if limit else None
    inside = [s for s in told if window is None or placed(s, window, ask.index, strict=True).standing is Standing.IN]
    if inside:
        past = [s for s in told if s not in inside][:1] if asked.before else []
        yield from end(ask, _composed(ask, topic, inside[:_DOCUMENTS], past, limit))
        return
    about = replace(ask, question=replace(ask.question, topics=topic.topics))
    yield from end(ask, nothing_of(about, limit, told[:1]) if limit else searched(about, query))


def _query(ask: Ask, words: str) -> FloatArray:
    return ask.models.embedder.embed_query(words)


def _each_document(ask: Ask, topic: Question, passages: Sequence[Passage], query: FloatArray) -> list[Sentence]:
    """Of each document, or each of its dated entries, the sentence that says most of the matter."""
    fitting = {s.id: s for p in passages for s in p.sentences if _speaks_of(ask, topic, s)}
    if not fitting:
        return []
    sentences = list(fitting.values())
    closeness = ask.models.embedder.embed([s.text for s in sentences]) @ query
    best: dict[object, tuple[float, Sentence]] = {}
    for sentence, close in zip(sentences, closeness.tolist(), strict=True):
        worth = close + len(topic.stems & content_stems(sentence.text)) / max(1, len(topic.stems))
        day = day_of(sentence, ask.index)
        if day not in best or best[day][0] < worth:
            best[day] = (worth, sentence)
    return [sentence for _, sentence in best.values()]


def _speaks_of(ask: Ask, topic: Question, sentence: Sentence) -> bool:
    """Whether a sentence holds a matter's names and most of its words; its title or heading may hold some of them."""
    text, unit = ask.index.document(sentence.source), ask.index.article_units(sentence.source)[sentence.position]
    own = content_stems(sentence.text)
    if unit.kind in (Kind.HEADING, Kind.HEAD) or not own & topic.stems:
        return False
    above = text.text[unit.section.start : unit.section.end] if unit.section else ""
    known = own | content_stems(f"{text.title or ''} {above}")
    if not all(name_in(n, known) for n in topic.names):
        return False
    return topic.stems <= known or 2 * len(own & topic.stems) > len(topic.stems)


def _newest_first(sentences: Sequence[Sentence], ask: Ask) -> list[Sentence]:
    return sorted(sentences, key=lambda s: (day_of(s, ask.index).date, s.id), reverse=True)


def _composed(
    ask: Ask, topic: Question, inside: Sequence[Sentence], past: Sequence[Sentence], limit: Limit | None
) -> Composition:
    claims, citations = [], []
    for n, sentence in enumerate((*inside, *past), start=1):
        document, day = ask.index.document(sentence.source), day_of(sentence, ask.index).in_words
        name = f"{escaped(document.title or sentence.source)} ({day or 'undated'})"
        over = n > 1 and _supersedes(topic, inside[0], sentence)
        lead = f"{limit.lead(ask)}: " if limit and n == 1 else "Newest first: " if n == 1 and len(inside) > 1 else ""
        note = ", superseded" if over else ", before that" if sentence in past else ""
        citations.append(replace(cited(sentence, ask.index), n=n))
        claims.append(Claim(f"{lead}{name}{note}: {marked(sentence.text)} [{n}]", (n,), "quoted", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))


def _supersedes(topic: Question, newest: Sentence, older: Sentence) -> bool:
    """Whether both give one figure of one kind for the matter, and not the same."""
    found = [[f for f in figures(s.text) if not f.is_year] for s in (newest, older)]
    if any(
        len(of) != 1 or not topic.stems <= content_stems(s.text) for of, s in zip(found, (newest, older), strict=True)
    ):
        return False
    (a,), (b,) = found
    return a.unit == b.unit and (bool(a.unit) or a.nouns[:1] == b.nouns[:1]) and a.value != b.value


def _new(ask: Ask, limit: Limit) -> Finding:
    """The documents of a time, each with the sentence that says most of what it says."""
    dated = dated_in(limit.window, ask.index)
    of = dated if ask.scope is None else dated & ask.scope
    if not of:
        return nothing_of(ask, limit, ())
    days = {source: ask.index.document(source).date or "" for source in of}
    chosen = sorted(of, key=lambda s: (days[s], s), reverse=True)
    claims, citations = [], []
    for n, source in enumerate(chosen[:_NEW], start=1):
        told = prose(ask.index, source)
        own = [s for s in told if not _HEAD.match(s.text)] or told
        [sentence] = central(own, 1, ask.models.embedder)
        document, day = ask.index.document(source), day_of(sentence, ask.index).in_words
        more = f", the newest {_NEW} of them" if len(chosen) > _NEW else ""
        lead = f"{_how_many(ask, limit, len(chosen))}{more}: " if n == 1 else ""
        citations.append(replace(cited(sentence, ask.index), n=n))
        text = f"{lead}{escaped(document.title or source)} ({day}): {marked(sentence.text)} [{n}]"
        claims.append(Claim(text, (n,), "quoted", "stated"))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))


def _how_many(ask: Ask, limit: Limit, many: int) -> str:
    silent, total = len(undated(ask.index, ask.scope)), ask.index.article_count(ask.scope)
    own = "gives no date of its own" if silent == 1 else "give no date of their own"
    aside = f" ({silent:,} {own})" if silent else ""
    are = "is" if many == 1 else "are"
    return f"{many:,} of the {total:,} documents {are} {limit.of_documents}{aside}"
