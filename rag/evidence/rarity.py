"""How rare a word is among all that was indexed."""

from __future__ import annotations

import math

from rag.evidence.articles import Articles


class Rarity:
    """Weight of a word by how few sentences hold it (the inverse document frequency of BM25)."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        """Larger for rarer words, always positive."""
        if word not in self._known:
            total, found = self._articles.sentence_count, self._articles.document_frequency(word)
            self._known[word] = math.log(1 + (total - found + 0.5) / (found + 0.5))
        return self._known[word]
