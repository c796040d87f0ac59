"""What weighing needs to know of the index."""

from __future__ import annotations

from typing import Protocol

from rag.types import Document, Sentence


class Articles(Protocol):
    """What weighing needs to know of the index."""

    def document(self, source: str) -> Document:
        """One article."""
        ...

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
