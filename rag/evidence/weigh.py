"""Weigh the retrieved sentences: a calibrated probability that each answers, and its stance.

A logistic regression over `rag.evidence.features`; its weights are fitted by
`rag.evidence.calibrate` and stored with their origin in `calibration.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from models.protocols import Embedder, FloatArray
from rag.evidence.features import NAMES, Candidate, Features, Surroundings, article_stems, measure
from rag.evidence.stance import stance
from rag.language.words import content_stems
from rag.question import Question
from rag.types import Passage, Sentence, Stance


class Articles(Protocol):
    """What weighing needs to know of the index."""

    def article_sentences(self, source: str) -> tuple[Sentence, ...]:
        """All sentences of one article, in order."""
        ...

    def document_frequency(self, term: str) -> int:
        """In how many sentences a word occurs, inflected or not."""
        ...

    @property
    def sentence_count(self) -> int:
        """Number of sentences of all articles."""
        ...


@dataclass(frozen=True)
class Weighed:
    """A sentence with its probability of answering the question (0..1) and its stance."""

    sentence: Sentence
    title: str | None
    support: float
    stance: Stance
    cosine: float
    features: Features


@dataclass(frozen=True)
class Calibration:
    """Fitted weights: `support = sigmoid(bias + weights · features)`, and the bar for answering."""

    bias: float
    weights: tuple[float, ...]
    threshold: float

    def support(self, features: Features) -> float:
        """Probability that a sentence with these features answers."""
        logit = self.bias + sum(w * f for w, f in zip(self.weights, features.values(), strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def calibration() -> Calibration:
    """The stored calibration of this version."""
    stored = json.loads(files("rag.evidence").joinpath("calibration.json").read_text("utf-8"))
    return Calibration(
        bias=stored["bias"],
        weights=tuple(stored["weights"][name] for name in NAMES),
        threshold=stored["threshold"],
    )


def weigh(
    question: Question, query: FloatArray, passages: Sequence[Passage], articles: Articles, embedder: Embedder
) -> tuple[Weighed, ...]:
    """Weigh every sentence of the passages; best first.

    Args:
        question: what is asked.
        query: the question's vector, shape (dimension,).
        passages: what retrieval brought up, best first.
        articles: the open index.
        embedder: the one that made `query`.
    """
    candidates = gather(query, passages, articles, embedder)
    if not candidates:
        return ()
    fitted = calibration()
    titles = {p.source: p.title for p in passages}
    measured = measure(question, candidates, Rarity(articles))
    weighed = [
        Weighed(
            c.sentence, titles[c.sentence.source], fitted.support(f), stance(question, c.sentence.text), c.cosine, f
        )
        for c, f in zip(candidates, measured, strict=True)
    ]
    return tuple(sorted(weighed, key=lambda w: (-w.support, w.sentence.id)))


def gather(query: FloatArray, passages: Sequence[Passage], articles: Articles, embedder: Embedder) -> list[Candidate]:
    """The distinct sentences of the passages with their cosines and surroundings."""
    ranks: dict[int, tuple[Sentence, int]] = {}
    for rank, passage in enumerate(passages):
        for sentence in passage.sentences:
            ranks.setdefault(sentence.id, (sentence, rank))
    if not ranks:
        return []
    sentences = [s for s, _ in ranks.values()]
    cosines = embedder.embed([s.text for s in sentences]) @ query
    known: dict[str, tuple[tuple[Sentence, ...], frozenset[str]]] = {}
    for passage in passages:
        if passage.source not in known:
            whole = articles.article_sentences(passage.source)
            known[passage.source] = (whole, article_stems(whole, passage.title))
    return [
        Candidate(s, rank, float(cosine), _surroundings(s, *known[s.source]))
        for (s, rank), cosine in zip(ranks.values(), cosines, strict=True)
    ]


def _surroundings(sentence: Sentence, whole: tuple[Sentence, ...], stems: frozenset[str]) -> Surroundings:
    around = whole[max(0, sentence.position - 1) : sentence.position + 2]
    before = whole[sentence.position - 1].text if sentence.position else ""
    return Surroundings(content_stems(before), frozenset().union(*(content_stems(s.text) for s in around)), stems)


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
