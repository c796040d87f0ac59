"""Vectors are computed while reading goes on: articles are handed over in groups as they are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from models.protocols import Embedder, EmbedderInfo, FloatArray, TokenCounter
from rag.index.records import ArticleRecord
from rag.types import Progress

_TOGETHER = 256  # chunks of a group, at least: enough that texts of like length meet


class Embeds(TokenCounter, Protocol):
    """An embedder that can be given texts before their vectors are wanted."""

    def begin(self, texts: Sequence[str]) -> None:
        """Hand over texts."""
        ...

    def collect(self) -> FloatArray:
        """The vectors of those handed over first that were not collected yet, shape (texts, dimension)."""
        ...


class AtOnce:
    """An embedder of this process; satisfies `Embeds`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._texts: deque[Sequence[str]] = deque()

    @property
    def info(self) -> EmbedderInfo:
        """Identity, dimension and window of the model."""
        return self._embedder.info

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's own tokens."""
        return self._embedder.count_tokens(texts)

    def begin(self, texts: Sequence[str]) -> None:
        """Keep texts until they are asked for."""
        self._texts.append(texts)

    def collect(self) -> FloatArray:
        """Their vectors."""
        return self._embedder.embed(self._texts.popleft())


class Ahead:
    """The vectors of new and changed articles, under way since the first of them were read."""

    def __init__(self, embeds: Embeds) -> None:
        self._embeds = embeds
        self._texts: list[str] = []
        self._articles: list[ArticleRecord] = []
        self._groups: list[list[ArticleRecord]] = []

    def add(self, article: ArticleRecord, texts: Sequence[str]) -> None:
        """An article and what is to be embedded of it, a text a chunk."""
        self._articles.append(article)
        self._texts += texts
        if len(self._texts) >= _TOGETHER:
            self._begin()

    def _begin(self) -> None:
        if self._texts:
            self._embeds.begin(self._texts)
        self._groups.append(self._articles)
        self._texts, self._articles = [], []

    def vectors(self, progress: Callable[[Progress], None]) -> Mapping[str, FloatArray]:
        """Of every article that was added, by path; tells which are there."""
        self._begin()
        total, done = sum(a.chunk_count for group in self._groups for a in group), 0
        progress(Progress("embedding", 0, total))
        found: dict[str, FloatArray] = {}
        for group in self._groups:
            count = sum(a.chunk_count for a in group)
            # Without new texts no model is even loaded.
            rows = self._embeds.collect() if count else np.empty((0, self._embeds.info.dimension), dtype=np.float32)
            for article in group:
                found[article.path], rows = rows[: article.chunk_count], rows[article.chunk_count :]
                done += article.chunk_count
                progress(Progress("embedding", done, total, article.source, article.sentence_count))
        return found
