"""Summarise: the most central sentences of all articles in scope, of one, or of what is said about a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import Composition, summary
from rag.answering.lists import led_in
from rag.asking.understand import understand
from rag.types import Answer, Answered, Evidence, Retrieved, Sentence
from rag.ways.ask import EXTRACTIVE, Ask, Events, answered, end, searched
from rag.ways.central import central_sentences, sentences_about
from rag.ways.consult import is_strong
from rag.ways.digest import Digesting, digest

_THIS_ONE = re.compile(r"\b(?:it|this|that|the\s+(?:\w+\s+)?(?:article|text|story|report|piece|document))\b", re.I)


def summarise(ask: Ask, history: Sequence[Answer]) -> Events:
    """A summary.

    Args:
        ask: the question.
        history: earlier answers: "it" is the article that was quoted last.
    """
    yield Retrieved(())
    ask = replace(ask, scope=_spoken_of(ask, history))
    topic = ask.question.about if "this article" not in (ask.question.about or "") else None
    if topic is None:
        sentences = central_sentences(ask.index, ask.scope, ask.models.embedder)
        found = summary(sentences, _titles(ask, sentences)) if sentences else None
    else:
        found = told_about(ask, topic)
    if found is not None and (llm := is_strong(ask)) is not None and (verifier := ask.models.checks) is not None:
        yield from _in_its_words(ask, Digesting(llm, verifier, topic), found)
        return
    if found is None:
        about = ask if topic is None else replace(ask, question=replace(ask.question, topics=understand(topic).topics))
        query = ask.models.embedder.embed_query(topic or ask.question.standalone)
        yield from end(ask, searched(about, query))
        return
    yield from end(ask, found)


def _in_its_words(ask: Ask, by: Digesting, quotes: Composition) -> Events:
    """The summary that a stronger model makes of many documents, where it says as much as the quotes; else these."""
    ask.clock.mark("first_quote")
    yield Evidence(quotes.citations)
    told = yield from digest(ask, by, quotes)
    composed = told.composition
    yield Answered(answered(ask, composed or quotes, by.llm.name if composed else EXTRACTIVE), told.checks)


def told_about(ask: Ask, topic: str) -> Composition | None:
    """The sentences that say most about a topic; None where the articles don't hold its words."""
    sentences = sentences_about(understand(topic), ask.index, ask.scope, ask.models.embedder)
    return summary(_with_lists(ask, sentences), _titles(ask, sentences)) if sentences else None


def _with_lists(ask: Ask, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Each sentence with the list that it leads in, as one: "There are three options." alone tells none of them."""
    told: list[Sentence] = []
    for sentence in sentences:
        items, _ = led_in(sentence, ask.index)
        end = items[-1].end if items else sentence.end
        text = ask.text_of(sentence.source)[sentence.start : end]
        told = [of for of in told if not _within(of, replace(sentence, end=end))]
        if not any(_within(sentence, of) for of in told):
            told.append(replace(sentence, end=end, text=text))
    return tuple(told)


def _within(one: Sentence, other: Sentence) -> bool:
    return one.source == other.source and other.start <= one.start and one.end <= other.end


def _titles(ask: Ask, sentences: Sequence[Sentence]) -> dict[str, str | None]:
    return {s.source: ask.index.document(s.source).title for s in sentences}


def _spoken_of(ask: Ask, history: Sequence[Answer]) -> frozenset[str] | None:
    """The articles that a summary is wanted of: "it" is the one that was quoted last, if all are asked."""
    cited = history[-1].citations if history else ()
    if ask.scope is None and cited and _THIS_ONE.search(ask.question.text) and cited[0].source in ask.index.sources():
        return frozenset({cited[0].source})
    return ask.scope
