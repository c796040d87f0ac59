"""What weighing needs to know of the index."""

from __future__ import annotations

from typing import Protocol

from rag.index.kept_vectors import KeptVectors
from rag.text.quoted import unquoted
from rag.text.told import Telling, told
from rag.text.units import Unit
from rag.types import Document, Sentence


class Articles(Protocol):
    """What weighing needs to know of the index."""

    def document(self, source: str) -> Document:
        """One article."""
        ...

    def article_sentences(self, source: str) -> tuple[Sentence, ...]:
        """All sentences of one article, in order."""
        ...

    def article_units(self, source: str) -> tuple[Unit, ...]:
        """What else of the article each of its sentences is to be read with, in order."""
        ...

    def document_frequency(self, term: str) -> int:
        """In how many sentences a word occurs, inflected or not."""
        ...

    @property
    def sentence_vectors(self) -> KeptVectors:
        """Vectors of sentences that were asked for before."""
        ...

    @property
    def sentence_count(self) -> int:
        """Number of sentences of all articles."""
        ...


def as_told(articles: Articles, source: str, first: int, last: int) -> Telling:
    """Some sentences of an article in a row as they are read: with their context."""
    text, sentences = unquoted(articles.document(source).text), articles.article_sentences(source)
    return told(text, sentences, articles.article_units(source), first, last, section=False)
