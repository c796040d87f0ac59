"""Counts over all articles against gold made by another method; see `exactness.py` for the figures beside top 8."""

from __future__ import annotations

from collections import Counter

import rag
from tests.rag.corpus.exactness import f1, judged, texts_of
from tests.rag.corpus.gold import items


def test_counts_and_articles_are_exact(news_index, news_folder, embedder):
    texts = texts_of(news_folder)
    every = frozenset(texts)
    gold = list(items(texts))
    assert len(gold) >= 300
    assert len(Counter(i.kind for i in gold)) == 5
    assistant = rag.Assistant(news_index, embedder=embedder)
    said = [judged(item, assistant.ask(item.question), every) for item in gold]
    exact = sum(count == item.count for item, (_, count) in zip(gold, said, strict=True))
    sets = [f1(item.articles, articles) for item, (articles, _) in zip(gold, said, strict=True)]
    assert exact / len(gold) >= 0.95
    assert sum(sets) / len(sets) >= 0.97
    assert not [item.question for item, (found, _) in zip(gold, said, strict=True) if item.articles and not found]
