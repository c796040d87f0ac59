"""Where a topic stands: every sentence in scope that holds it, and every article that doesn't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.protocols import Embedder
from rag.corpus.aliases import aliases
from rag.corpus.related import related
from rag.corpus.surname import bare_uses
from rag.corpus.term import Term, term, tidy
from rag.corpus.titled import titled_uses
from rag.corpus.values import ArticleMentions, Match, Mention, Mentions
from rag.errors import BadQuestion
from rag.index.reader import Index
from rag.types import Sentence, Span

MAX_CHARACTERS = 200  # of a topic; what is longer is a question or a text


@dataclass(frozen=True)
class Hit:
    """A sentence that holds the topic, and how it is written there."""

    sentence: Sentence
    match: Match
    places: tuple[Span, ...]  # offsets in the article's text, in order

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The topic as the sentence writes it, place by place."""
        s = self.sentence
        return tuple(s.text[p.start - s.start : p.end - s.start] for p in self.places)


def topic_term(topic: str) -> Term:
    """What a topic is looked for as.

    Raises:
        BadQuestion: it holds no word, or is far too long.
    """
    bare = tidy(topic)
    if not bare:
        raise BadQuestion("The topic is empty.", "Name a word, a name or a phrase, for example: sanctions")
    if len(bare) > MAX_CHARACTERS:
        raise BadQuestion(
            f"The topic has {len(bare):,} characters.",
            f"Name it in at most {MAX_CHARACTERS}; for a whole question use ask.",
        )
    return term(bare)


def mentions(
    topic: str, index: Index, sources: frozenset[str] | None = None, embedder: Embedder | None = None
) -> Mentions:
    """All mentions of a topic in the articles in scope.

    Args:
        topic: a word, a name or a phrase.
        index: the open generation.
        sources: articles in scope; None for all.
        embedder: finds sentences close in meaning; None to leave them out, which is many times faster.

    Raises:
        BadQuestion: the topic holds no word, or is far too long.
    """
    wanted = topic_term(topic)
    hits = find(wanted, index, sources)
    by_article: defaultdict[str, list[Mention]] = defaultdict(list)
    variants: dict[str, None] = {}
    for hit in hits:
        s = hit.sentence
        by_article[s.source].append(Mention(s.text, s.start, s.end, hit.match))
        variants.update(dict.fromkeys(surface for surface in hit.surfaces if not wanted.is_exact(surface)))
    scope = index.sources() if sources is None else tuple(sorted(sources))
    return Mentions(
        topic=wanted.written,
        variants=tuple(sorted(variants)),
        articles=tuple(ArticleMentions(s, len(by_article[s]), tuple(by_article[s])) for s in scope if s in by_article),
        without=tuple(s for s in scope if s not in by_article),
        related=related(wanted, index, sources, embedder, {h.sentence.id for h in hits}) if embedder else (),
        searched=index.searched(sources),
    )


def find(wanted: Term, index: Index, sources: frozenset[str] | None) -> tuple[Hit, ...]:
    """Every sentence in scope that holds a topic, under whichever of its names, in index order."""
    found: dict[int, tuple[Sentence, set[Span]]] = {}
    names = [(wanted, None, frozenset[str]()), *((a.term, a.articles, a.never) for a in aliases(wanted, index))]
    for name, only, never in names:
        for sentence, place in _uses(name, index, sources):
            if (only is None or sentence.source in only) and sentence.source not in never:
                found.setdefault(sentence.id, (sentence, set()))[1].add(place)
    for sentence, place in (*bare_uses(wanted, index, sources), *titled_uses(wanted, index, sources)):
        found.setdefault(sentence.id, (sentence, set()))[1].add(place)
    return tuple(_hit(wanted, sentence, places) for _, (sentence, places) in sorted(found.items()))


def _hit(wanted: Term, sentence: Sentence, places: set[Span]) -> Hit:
    """The sentence with its places, those aside that lie inside a longer one ("Obama" of "Barack Obama")."""
    outer = (
        places
        if len(places) == 1
        else [p for p in places if not any(o != p and o.start <= p.start and p.end <= o.end for o in places)]
    )
    ordered = tuple(
        sorted((Span(p.start + sentence.start, p.end + sentence.start) for p in outer), key=lambda p: p.start)
    )
    hit = Hit(sentence, "variant", ordered)
    return replace(hit, match="exact") if any(map(wanted.is_exact, hit.surfaces)) else hit


def _uses(name: Term, index: Index, sources: frozenset[str] | None) -> Iterator[tuple[Sentence, Span]]:
    """Sentences that hold one name of a topic, with the name as it stands there.

    Where the topic has a capital and the articles mostly use one, the same word without it is another word:
    apples don't mention Apple, nor does a turkey mention Turkey.
    """
    found = [(s, p) for s in index.holding(name.query, sources) for p in name.places(s.text)]
    lowered = sum(p.lowered for _, p in found)
    proper = sum(not p.lowered and p.start > 0 for _, p in found)
    keep = not name.strict and (lowered > proper if not name.acronym else not proper)
    yield from ((s, Span(p.start, p.end)) for s, p in found if keep or not p.lowered)
