"""Which articles fulfil "both X and Y", "X but not Y", "neither": sets over the mentions of every topic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from rag.asking.collection import WholeQuestion
from rag.corpus.apart import words_apart
from rag.corpus.mentions import Hit, find, topic_term
from rag.corpus.term import tidy
from rag.index.reader import Index

Join: TypeAlias = Literal["all", "any"]
_LIST = re.compile(r"\s*,\s*(?:and|or|nor)\s+|\s*,\s*|\s+(?:and|or|nor)\s+", re.I)
_MOST = 8  # topics in one question


@dataclass(frozen=True)
class Found:
    """A topic and the sentences that hold it, by article."""

    topic: str
    by_article: Mapping[str, Sequence[Hit]]
    apart: bool = False  # its words stand there, but not in a row

    @property
    def sources(self) -> frozenset[str]:
        """The articles that hold it."""
        return frozenset(self.by_article)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All sentences that hold it."""
        return tuple(h for hits in self.by_article.values() for h in hits)

    @property
    def variants(self) -> tuple[str, ...]:
        """Its other forms, as the articles write them."""
        if self.apart:
            return ()
        written = topic_term(self.topic)
        return tuple(sorted({s for h in self.hits for s in h.surfaces if not wanted_as(written.written, s)}))


@dataclass(frozen=True)
class Selection:
    """The topics of a question, and the articles that fulfil its condition out of those in scope."""

    wanted: tuple[Found, ...]
    join: Join
    unwanted: tuple[Found, ...]
    negated: bool
    scope: tuple[str, ...]

    @property
    def holding(self) -> frozenset[str]:
        """The articles with what is wanted, the unwanted aside."""
        sets = [f.sources for f in self.wanted]
        return frozenset.intersection(*sets) if self.join == "all" else frozenset.union(*sets)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The articles that are asked for; those that say most come first."""
        if self.negated:
            holding = frozenset.union(*(f.sources for f in self.wanted))
            return tuple(s for s in self.scope if s not in holding)
        barred = frozenset[str]().union(*(f.sources for f in self.unwanted))
        kept = [s for s in self.scope if s in self.holding and s not in barred]
        return tuple(sorted(kept, key=lambda s: -sum(len(f.by_article.get(s, ())) for f in self.wanted)))

    @property
    def sentences(self) -> int:
        """The number of sentences of the chosen articles that hold what is wanted."""
        chosen = set(self.chosen)
        return len({h.sentence.id for f in self.wanted for h in f.hits if h.sentence.source in chosen})

    def nowhere(self) -> tuple[Found, ...]:
        """The wanted topics that no article holds."""
        return tuple(f for f in self.wanted if not f.by_article)


def loosened(selection: Selection, index: Index, sources: frozenset[str] | None) -> Selection:
    """The same with what holds a lone topic's words apart, where nothing holds them in a row."""
    if len(selection.wanted) != 1 or selection.wanted[0].by_article or selection.negated or selection.unwanted:
        return selection
    topic = selection.wanted[0].topic
    held = words_apart(topic, index, sources)
    return replace(selection, wanted=(Found(topic, held, apart=True),)) if held else selection


def wanted_as(written: str, surface: str) -> bool:
    """Whether a surface is the topic as it was written."""
    return topic_term(written).is_exact(surface)


def select(asked: WholeQuestion, index: Index, sources: frozenset[str] | None) -> Selection:
    """Look for everything that a question names.

    Raises:
        BadQuestion: it names nothing that could be looked for.
    """
    topics, join, neither = split(asked.topic, index)
    unwanted, _, _ = split(asked.unwanted, index) if asked.unwanted else ((), "all", False)
    return Selection(
        tuple(found(t, index, sources) for t in topics),
        join,
        tuple(found(t, index, sources) for t in unwanted),
        asked.negated or neither,
        index.sources() if sources is None else tuple(sorted(sources)),
    )


def found(topic: str, index: Index, sources: frozenset[str] | None) -> Found:
    """A topic's mentions by article."""
    term = topic_term(topic)
    by_article: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in find(term, index, sources):
        by_article[hit.sentence.source].append(hit)
    return Found(term.written, dict(by_article))


def split(written: str, index: Index) -> tuple[tuple[str, ...], Join, bool]:
    """The topics of a phrase, whether all or any of them are meant, and whether none is.

    "Food and Agriculture Organization" is one topic and "drones and robots" are two: a phrase that stands in
    an article as it is written is one, unless "both", "either" or "neither" says otherwise.
    """
    topic = written.rsplit(" – ", 1)[-1].strip()  # a follow-up carries its own topic last
    lead = re.match(r"(both|either|neither|any of|all of|none of)\s+(?=\S)", topic, re.I)
    kind = lead[1].lower() if lead else ""
    rest = topic[lead.end() :] if lead else topic
    quoted = re.fullmatch(r"[“\"‘']([^“”\"]+)[”\"’']", rest)
    parts = [] if quoted else [p for p in _LIST.split(rest) if tidy(p)][:_MOST]
    if len(parts) < 2 or not lead and find(topic_term(rest), index, None):
        return (rest,), "all", kind in ("neither", "none of")
    either = kind in ("either", "any of") or not kind and re.search(r"\bor\b", rest, re.I)
    return tuple(parts), "any" if either else "all", kind in ("neither", "none of")
