"""A quote before it is cited: some sentences of one article, and what code has worked out from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evidence.articles import Articles
from rag.evidence.polarity import Said
from rag.evidence.weighed import Weighed
from rag.types import Sentence, Span, Stance


@dataclass(frozen=True)
class Quote:
    """Consecutive sentences of one article that answer together."""

    sentences: tuple[Sentence, ...]  # at least one, in reading order
    title: str | None
    text: str  # the article's own, from the first sentence's start to the last one's end
    support: float  # of the best of them
    stance: Stance  # of the best of them
    best: Sentence  # that one
    answer: Span | None = None  # where the reader sees the answer itself
    said: Said | None = None  # what it says to a yes/no question, where that is sure
    told: str = ""  # what its cells say, named by their row and column; empty to quote it
    also: tuple[Span, ...] = ()  # further places of the article that belong to it: a row's head, the cells of a sum
    more: int = 0  # items of its list that there was no room for

    @property
    def source(self) -> str:
        """The article."""
        return self.sentences[0].source

    @property
    def start(self) -> int:
        """Offset of the first code point in the document's text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Offset just past the last code point in the document's text."""
        return self.sentences[-1].end

    @property
    def is_whole(self) -> bool:
        """Whether it was made of a table or a list, so that no language model need word it."""
        return bool(self.told or self.also or self.more)


def quote_of(
    best: Weighed,
    sentences: Sequence[Sentence],
    articles: Articles,
    *,
    told: str = "",
    also: Sequence[Span] = (),
    more: int = 0,
) -> Quote:
    """Sentences in a row as one quote, weighed as the best of them."""
    text = articles.document(sentences[0].source).text[sentences[0].start : sentences[-1].end]
    return Quote(
        tuple(sentences),
        best.title,
        text,
        best.support,
        best.stance,
        best.sentence,
        told=told,
        also=tuple(also),
        more=more,
    )
