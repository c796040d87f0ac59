"""What is found over all articles. Pure values; offsets are code points of the article's text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from rag.language.unsaid import UnsaidKind
from rag.types import Near, Searched, Span

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


@dataclass(frozen=True)
class Unsaid:
    """A sentence that says something to be unsaid, and how: the `cue` says so, `who` doesn't speak or decide."""

    source: str
    date: str | None  # of its article
    quote: str
    start: int
    end: int
    kind: UnsaidKind
    cue: Span
    who: str | None  # as the article names them
    about: str | None = None  # the heading, question or sentence that a line leans on, in the article's words


@dataclass(frozen=True)
class Ledger:
    """Everything that the articles in scope say to be unsaid, article by article, in reading order."""

    lines: tuple[Unsaid, ...]
    searched: Searched

    @property
    def sources(self) -> tuple[str, ...]:
        """The articles that it is of."""
        return tuple(dict.fromkeys(line.source for line in self.lines))

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the command line and the API."""
        return asdict(self)


@dataclass(frozen=True)
class Quoted:
    """A sentence of one of two reports."""

    source: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class LeftOut:
    """A sentence that the other report doesn't have; `nearest` is what comes close there and differs, if anything."""

    quote: str
    start: int
    end: int
    nearest: Near | None


@dataclass(frozen=True)
class Difference:
    """Two sentences that report one thing otherwise: `kinds` says in what ("numbers", "dates", "who said it", …)."""

    kinds: tuple[str, ...]
    a: Quoted
    b: Quoted
    score: float  # probability that both report one thing


@dataclass(frozen=True)
class Comparison:
    """What article `a` has that `b` leaves out, what `b` adds, where they differ, and how many sentences agree."""

    a: str
    b: str
    left_out: tuple[LeftOut, ...]  # sentences of a
    added: tuple[LeftOut, ...]  # sentences of b
    different: tuple[Difference, ...]
    same: int  # sentences of a that b has too
    sentences: tuple[int, int]  # of a and of b

    def to_dict(self) -> dict[str, Any]:
        """The comparison as a JSON object."""
        return asdict(self)


State: TypeAlias = Literal["said", "denied", "undecided", "absent"]


@dataclass(frozen=True)
class Cell:
    """How an article speaks of a topic: in `count` sentences; all of them denying it or leaving it open, or not."""

    source: str
    state: State
    count: int


@dataclass(frozen=True)
class Row:
    """A topic with the other forms that were found, and its cells, one for each article."""

    topic: str
    variants: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def articles(self) -> int:
        """The number of articles that speak of it."""
        return sum(c.state != "absent" for c in self.cells)


@dataclass(frozen=True)
class Coverage:
    """Topics by articles: who says what, and who is silent. `suggested`: the articles' own topics, not a person's."""

    articles: tuple[str, ...]
    rows: tuple[Row, ...]
    suggested: bool
    searched: Searched

    def to_dict(self) -> dict[str, Any]:
        """The coverage as a JSON object."""
        return asdict(self)


@dataclass(frozen=True)
class Overview:
    """A collection at a glance. `first` and `last` are the earliest and latest dates that documents give themselves."""

    articles: int
    sentences: int
    kinds: tuple[tuple[str, int], ...]  # with how many documents; the most frequent first, "document" last
    first: str | None
    last: str | None
    undated: int
    topics: tuple[str, ...]  # names and noun phrases, the weightiest first
    unsaid: tuple[Unsaid, ...]  # of the newest documents that leave something open, one line each
