"""A topic whose words stand in an article, but nowhere in a row: "the Ellerdale burst" where a main burst in Ellerdale.

Every name has to be there, and of three words and more all others but one: what somebody writes of is seldom in just
the words of who asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rag.corpus.mentions import Hit, find, topic_term
from rag.index.reader import Index
from rag.language.words import content_words
from rag.types import Span

_FEWEST = 2  # words of such a topic
_MAY_LACK = 3  # words from which on one may be missing


def words_apart(topic: str, index: Index, sources: frozenset[str] | None) -> dict[str, Sequence[Hit]]:
    """By article the sentences that hold most of a topic's words; none where the words don't stand there.

    Args:
        topic: a phrase that stands nowhere as it is.
        index: the open generation.
        sources: articles in scope; None for all.
    """
    words = list({w.stem: w for w in content_words(topic)}.values())
    if len(words) < _FEWEST:
        return {}
    held: defaultdict[str, set[str]] = defaultdict(set)
    found: dict[int, tuple[Hit, set[str], set[Span]]] = {}
    for word in words:
        for hit in find(topic_term(word.lower if not word.is_capitalised else word.surface), index, sources):
            held[hit.sentence.source].add(word.stem)
            _, of, places = found.setdefault(hit.sentence.id, (hit, set(), set()))
            of.add(word.stem)
            places.update(hit.places)
    names = {w.stem for w in words if w.is_capitalised}
    least = len(words) - (len(words) >= _MAY_LACK)
    chosen = {source for source, of in held.items() if len(of) >= least and names <= of}
    by_article: defaultdict[str, list[tuple[int, Hit]]] = defaultdict(list)
    for hit, of, places in found.values():
        if hit.sentence.source in chosen:
            by_article[hit.sentence.source].append(
                (len(of), Hit(hit.sentence, "variant", tuple(sorted(places, key=lambda p: p.start))))
            )
    return {source: _fullest(by_article[source]) for source in sorted(by_article)}


def _fullest(hits: Sequence[tuple[int, Hit]]) -> list[Hit]:
    """The sentences with most of the words, in order."""
    most = max(count for count, _ in hits)
    return sorted((hit for count, hit in hits if count == most), key=lambda hit: hit.sentence.id)
