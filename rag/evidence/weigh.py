"""Weigh the retrieved sentences: a calibrated probability that each answers, and its stance.

Two logistic regressions, over features of a sentence and over features of all that was weighed; their
weights are fitted by `rag.evidence.calibrate` and stored with their origin in `calibration.json`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.protocols import Embedder, EvidenceModel, FloatArray
from rag.evidence.answerability import answerability
from rag.evidence.articles import Articles
from rag.evidence.calibration import calibration
from rag.evidence.features import Candidate, Features, Surroundings, article_stems, measure
from rag.evidence.reading import Found, best, look_closer, read, reader_features
from rag.evidence.stance import stance
from rag.language.speech import speakers
from rag.language.words import content_stems
from rag.question import Question
from rag.types import Passage, Sentence, Stance


@dataclass(frozen=True)
class Weighed:
    """A sentence with its probability of answering the question (0..1) and its stance."""

    sentence: Sentence
    title: str | None
    support: float
    stance: Stance
    cosine: float
    features: Features
    found: Found | None  # by the reader, where there is one


@dataclass(frozen=True)
class Weighing:
    """All candidate sentences, best first, and the probability that one of them answers."""

    sentences: tuple[Weighed, ...]
    answerable: float
    bar: float  # from where on an answer is given

    @property
    def enough(self) -> bool:
        """Whether the best sentence is good enough to be an answer."""
        return bool(self.sentences) and self.answerable >= self.bar


def weigh(
    question: Question,
    query: FloatArray,
    passages: Sequence[Passage],
    articles: Articles,
    embedder: Embedder,
    reader: EvidenceModel | None,
) -> Weighing:
    """Weigh every sentence of the passages.

    Args:
        question: what is asked.
        query: the question's vector, shape (dimension,).
        passages: what retrieval brought up, best first.
        articles: the open index.
        embedder: the one that made `query`.
        reader: None to weigh by rules and similarity alone.
    """
    fitted = calibration(reader=reader is not None)
    candidates = gather(query, passages, articles, embedder)
    if not candidates:
        return Weighing((), 0.0, fitted.bar)
    titles = {p.source: p.title for p in passages}
    measured = measure(question, candidates, Rarity(articles))
    found, judged = {}, None
    if reader:
        found = read(question, passages, _texts(passages, articles), reader)
        judged = reader_features(candidates, found, look_closer(question, candidates, found, articles, reader))
    values = [m.values() for m in measured]
    if judged:
        values = [v | r.values() for v, r in zip(values, judged, strict=True)]
    supports = [fitted.support(v) for v in values]
    weighed = [
        Weighed(
            sentence=c.sentence,
            title=titles[c.sentence.source],
            support=support,
            stance=stance(question, c.sentence.text),
            cosine=c.cosine,
            features=m,
            found=best(found[c.sentence.id]) if found else None,
        )
        for c, m, support in zip(candidates, measured, supports, strict=True)
    ]
    return Weighing(
        tuple(sorted(weighed, key=lambda w: (-w.support, w.sentence.id))),
        fitted.answerable(answerability(question, supports, measured, judged)),
        fitted.bar,
    )


def _texts(passages: Sequence[Passage], articles: Articles) -> list[str]:
    return [articles.document(p.source).text[p.start : p.end] for p in passages]


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
    known: dict[str, _Article] = {}
    for passage in passages:
        if passage.source not in known:
            whole = articles.article_sentences(passage.source)
            known[passage.source] = _Article(
                whole, article_stems(whole, passage.title), speakers([s.text for s in whole])
            )
    return [
        Candidate(s, rank, float(cosine), _surroundings(s, known[s.source]))
        for (s, rank), cosine in zip(ranks.values(), cosines, strict=True)
    ]


@dataclass(frozen=True)
class _Article:
    sentences: tuple[Sentence, ...]
    stems: frozenset[str]
    speakers: tuple[frozenset[str], ...]  # of each sentence


def _surroundings(sentence: Sentence, article: _Article) -> Surroundings:
    at, whole = sentence.position, article.sentences
    around = whole[max(0, at - 1) : at + 2]
    return Surroundings(
        before=content_stems(whole[at - 1].text if at else ""),
        near=frozenset().union(*(content_stems(s.text) for s in around)),
        article=article.stems,
        speakers=article.speakers[at],
    )


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
