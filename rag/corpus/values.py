"""What is found over all articles. Pure values; offsets are code points of the article's text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from rag.types import Near, Searched

Match: TypeAlias = Literal["exact", "variant"]


@dataclass(frozen=True)
class Mention:
    """A sentence that holds a topic: as written, or in another form, case or name."""

    quote: str
    start: int
    end: int
    match: Match


@dataclass(frozen=True)
class ArticleMentions:
    """All sentences of one article that hold a topic, in order; `count` is their number."""

    source: str
    count: int
    sentences: tuple[Mention, ...]


@dataclass(frozen=True)
class Mentions:
    """Where a topic stands in the articles in scope, where it doesn't, and what was searched.

    `variants` are the other forms that were found, as the articles write them; `related` are sentences
    close in meaning that don't hold the topic: not counted. Their `score` is a cosine similarity.
    """

    topic: str
    variants: tuple[str, ...]
    articles: tuple[ArticleMentions, ...]
    without: tuple[str, ...]
    related: tuple[Near, ...]
    searched: Searched

    @property
    def sources(self) -> tuple[str, ...]:
        """The articles that hold it."""
        return tuple(a.source for a in self.articles)

    @property
    def sentences(self) -> int:
        """The number of sentences that hold it."""
        return sum(a.count for a in self.articles)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the command line and the API."""
        return asdict(self)
