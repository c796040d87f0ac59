"""Summarise: the most central sentences of all articles in scope, of one, or of what is said about a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.compose import Composition, summary
from rag.asking.understand import understand
from rag.types import Answer, Retrieved, Sentence
from rag.ways.ask import Ask, Events, end, searched
from rag.ways.central import central_sentences, sentences_about

_THIS_ONE = re.compile(r"\b(?:it|this|that|the\s+(?:\w+\s+)?(?:article|text|story|report|piece|document))\b", re.I)


def summarise(ask: Ask, history: Sequence[Answer]) -> Events:
    """A summary.

    Args:
        ask: the question.
        history: earlier answers: "it" is the article that was quoted last.
    """
    yield Retrieved(())
    ask = replace(ask, scope=_spoken_of(ask, history))
    topic = ask.question.about
    if topic is None or "this article" in topic:
        sentences = central_sentences(ask.index, ask.scope, ask.models.embedder)
        found = summary(sentences, _titles(ask, sentences)) if sentences else None
    else:
        found = told_about(ask, topic)
    if found is None:
        about = ask if topic is None else replace(ask, question=replace(ask.question, topics=understand(topic).topics))
        query = ask.models.embedder.embed_query(topic or ask.question.standalone)
        yield from end(ask, searched(about, query))
        return
    yield from end(ask, found)


def told_about(ask: Ask, topic: str) -> Composition | None:
    """The sentences that say most about a topic; None where the articles don't hold its words."""
    sentences = sentences_about(understand(topic), ask.index, ask.scope, ask.models.embedder)
    return summary(sentences, _titles(ask, sentences)) if sentences else None


def _titles(ask: Ask, sentences: Sequence[Sentence]) -> dict[str, str | None]:
    return {s.source: ask.index.document(s.source).title for s in sentences}


def _spoken_of(ask: Ask, history: Sequence[Answer]) -> frozenset[str] | None:
    """The articles that a summary is wanted of: "it" is the one that was quoted last, if all are asked."""
    cited = history[-1].citations if history else ()
    if ask.scope is None and cited and _THIS_ONE.search(ask.question.text) and cited[0].source in ask.index.sources():
        return frozenset({cited[0].source})
    return ask.scope
