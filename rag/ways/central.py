"""Which few sentences say most: of all articles in scope, or of a topic.

The sentences are chosen as in centroid-based summarisation (Radev, Jing, Styś & Tam 2004, Information
Processing & Management 40, p. 919): close to the centre of all, early in the article, and unlike each
other. What an article labels as its result comes before all of these (`rag.text.labelled`): the best sentence under
each label, then the others under one; an article without labels is summed up by its centre alone. Of many articles, the
most typical of each of a few groups speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from models.protocols import Embedder, FloatArray
from rag.asking.question import Question
from rag.index.reader import Index
from rag.index.retrieve import retrieve
from rag.language.variants import name_in
from rag.language.words import content_stems
from rag.text.blocks import Kind
from rag.text.labelled import Label, labels
from rag.types import Sentence

SENTENCES = 3  # of one article
GROUPS = 4  # of many articles
DOCUMENTS = 8  # that a language model reads, one after the other
OF_EACH = 12  # sentences of one of them
_MOST_ABOUT = 24  # the same where they are passages about a topic
_PROSE = (Kind.PARAGRAPH, Kind.ITEM, Kind.TURN)
_NOTE = re.compile(r"\W*(?:[¹²³⁰-⁹*†‡]|\[?\d{1,2}\]\s)")
_LEAD = 0.35  # what the first sentence gains; news says the main thing first
_REDUNDANT = 0.6  # weight of likeness to a sentence already chosen
_LONGEST = 120  # sentences looked at, from the beginning, and as many below labels, which may stand at the end
_WORDS = (7, 45)  # shorter ones are headings, longer ones no summary
_LABELLED = (3, 60)  # the same below a label: "Buy ten lamps" is a decision
_UNDER, _FIRST = 2.0, 4.0  # what a label is worth, and being the best below it: more than closeness and place together
_RANK = 0.5  # how much more the label is worth that sums up more; only of more labels than sentences does it tell


def central_sentences(index: Index, scope: frozenset[str] | None, embedder: Embedder) -> tuple[Sentence, ...]:
    """The sentences that sum up the articles in scope, article by article in reading order."""
    sources = index.sources() if scope is None else tuple(sorted(scope))
    if len(sources) == 1:
        return _of_article(index, sources[0], SENTENCES, embedder)
    spoken = sources if len(sources) <= GROUPS else _typical(index, sources)
    return tuple(s for source in spoken for s in _of_article(index, source, 1, embedder))


def by_document(index: Index, scope: frozenset[str] | None, embedder: Embedder) -> tuple[tuple[Sentence, ...], ...]:
    """More of the same for a model to read: the central sentences of each of so many documents, in reading order."""
    sources = index.sources() if scope is None else tuple(sorted(scope))
    spoken = sources if len(sources) <= DOCUMENTS else _typical(index, sources, DOCUMENTS)
    return tuple(_of_article(index, source, OF_EACH, embedder) for source in spoken)


def _of_article(index: Index, source: str, count: int, embedder: Embedder) -> tuple[Sentence, ...]:
    return central(prose(index, source), count, embedder, labelled(index, source))


def labelled(index: Index, source: str) -> dict[int, Label]:
    """The sentences of an article, by their ids, that stand below a label of what it results in."""
    every, text = index.article_sentences(source), index.document(source).text
    found = labels(text, every, index.article_units(source))
    return {s.id: label for s, label in zip(every, found, strict=True) if label}


def by_document_about(
    topic: Question, index: Index, scope: frozenset[str] | None, embedder: Embedder
) -> tuple[tuple[Sentence, ...], ...]:
    """The same of what each document says about a topic, the one that says most of it first."""
    query = embedder.embed_query(topic.standalone)
    found: dict[str, dict[int, Sentence]] = {}
    for passage in retrieve(topic.words, query, index, scope, 2 * DOCUMENTS):
        if any(_speaks_of(topic, s) for s in passage.sentences):
            found.setdefault(passage.source, {}).update({s.position: s for s in passage.sentences})
    return tuple(
        tuple(of[position] for position in sorted(of))[:_MOST_ABOUT] for of in list(found.values())[:DOCUMENTS]
    )


def sentences_about(
    topic: Question, index: Index, scope: frozenset[str] | None, embedder: Embedder
) -> tuple[Sentence, ...]:
    """Sentences that say most about a topic; none where the articles don't hold its words.

    A heading only names it, so it counts only where nothing else speaks of it.
    """
    query = embedder.embed_query(topic.standalone)
    found = {s.id: s for p in retrieve(topic.words, query, index, scope) for s in p.sentences}
    about = [s for s in found.values() if len(s.text.split()) <= _WORDS[1] and _speaks_of(topic, s)]
    if not about:
        return ()
    fitting = [s for s in about if index.article_units(s.source)[s.position].kind is not Kind.HEADING] or about
    vectors = embedder.embed([s.text for s in fitting])
    return tuple(_unlike(fitting, vectors, vectors @ query, SENTENCES))


def _speaks_of(topic: Question, sentence: Sentence) -> bool:
    """Whether a sentence holds most of the topic's words."""
    stems = content_stems(sentence.text)
    held = sum(name_in(s, stems) if s in topic.names else s in stems for s in topic.stems)
    return 2 * held > len(topic.stems)


def prose(index: Index, source: str) -> tuple[Sentence, ...]:
    """The sentences of an article that say something by themselves: no headings, rows, notes or questions; all if none.

    A note begins with its mark: "¹ Soil Laboratory, Ostrey University".
    """
    every = index.article_sentences(source)
    kinds = [unit.kind for unit in index.article_units(source)]
    told = [s for s, kind in zip(every, kinds, strict=True) if kind in _PROSE and _is_told(s.text)]
    return tuple(told) or every


def _is_told(text: str) -> bool:
    return any(map(str.isalnum, text)) and not _NOTE.match(text)


def central(
    sentences: Sequence[Sentence], count: int, embedder: Embedder, under: Mapping[int, Label] | None = None
) -> tuple[Sentence, ...]:
    """The `count` sentences that say most of what all of them say, in their order.

    Args:
        sentences: of one article, in order.
        count: how many.
        embedder: tells how close they are.
        under: the labels of some, by the sentences' ids; those come first.
    """
    of = under or {}
    early = {s.id for s in [*sentences[:_LONGEST], *[s for s in sentences if s.id in of][:_LONGEST]]}
    fitting = [s for s in sentences if s.id in early and _fits(s, s.id in of)] or list(sentences[:1])
    if not fitting:
        return ()
    vectors = embedder.embed([s.text for s in fitting])
    centre = vectors.mean(axis=0)
    worth = vectors @ (centre / np.linalg.norm(centre)) + _lead(fitting, of)
    worth = worth + _label_worth(fitting, worth, of)
    return tuple(sorted(_unlike(fitting, vectors, worth, count), key=lambda s: s.id))


def _fits(sentence: Sentence, is_labelled: bool) -> bool:
    """Whether a sentence is as long as one of a summary."""
    fewest, most = _LABELLED if is_labelled else _WORDS
    return fewest <= len(sentence.text.split()) <= most


def _lead(sentences: Sequence[Sentence], under: Mapping[int, Label]) -> FloatArray:
    """What each gains by its place in the article, or below its label."""
    seen: dict[Label, int] = {}
    places = []
    for s in sentences:
        label = under.get(s.id)
        places.append(seen.get(label, 0) if label else s.position)
        if label:
            seen[label] = places[-1] + 1
    return np.array([_LEAD / (1 + place) for place in places])


def _label_worth(sentences: Sequence[Sentence], worth: FloatArray, under: Mapping[int, Label]) -> FloatArray:
    """What each gains by its label: most the best below each, so that none of several results goes untold."""
    gained = np.array([_UNDER if s.id in under else 0.0 for s in sentences])
    for rank, label in enumerate(Label):
        own = [i for i, s in enumerate(sentences) if under.get(s.id) is label]
        if own:
            gained[max(own, key=lambda i: worth[i])] = _FIRST + _RANK * (len(Label) - rank)
    return gained


def _unlike(sentences: Sequence[Sentence], vectors: FloatArray, worth: FloatArray, count: int) -> list[Sentence]:
    """The worthiest sentences, each judged less by what it repeats of those before it."""
    left = np.array(worth, dtype=np.float64)
    chosen: list[int] = []
    while len(chosen) < min(count, len(sentences)):
        best = int(np.argmax(left))
        chosen.append(best)
        left = np.minimum(left, worth - _REDUNDANT * (vectors @ vectors[best]))
        left[chosen] = -np.inf
    return [sentences[i] for i in chosen]


def _typical(index: Index, sources: Sequence[str], count: int = GROUPS) -> tuple[str, ...]:
    """Of each group of like articles the one nearest its centre, the largest group first."""
    import faiss

    centres = index.centroids(sources)
    groups = faiss.Kmeans(centres.shape[1], count, niter=25, seed=1, spherical=True, min_points_per_centroid=1)
    groups.train(centres)
    closeness = centres @ np.asarray(groups.centroids).T
    own = closeness.argmax(axis=1)
    order = np.argsort(-np.bincount(own, minlength=count), kind="stable")
    best = [int(np.where(own == g, closeness[:, g], -2.0).argmax()) for g in order if (own == g).any()]
    return tuple(sources[i] for i in best)
