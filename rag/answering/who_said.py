"""Whose words a quote is, where it answers who said a thing and doesn't name them itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.quote import Quote
from rag.asking.question import Question
from rag.asking.said_by import asks_who_said
from rag.corpus.speakers import speakers_of
from rag.evidence.articles import Articles


def with_speaker(question: Question, chosen: Sequence[Quote], articles: Articles) -> tuple[Quote, ...]:
    """The quotes that answer who said a thing, the first with its speaker where its own words don't name them."""
    if not chosen or chosen[0].told or not asks_who_said(question.standalone):
        return tuple(chosen)
    first = chosen[0]
    sentences = articles.article_sentences(first.source)
    said = speakers_of(sentences, articles.article_units(first.source), articles.document(first.source).text)
    name = said[first.best.position]
    if name is None or name.split()[-1] in first.text:
        return tuple(chosen)
    return (replace(first, told=f"{name}: “{first.text}”"), *chosen[1:])
