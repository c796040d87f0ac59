"""What goes into a generation: articles read, articles kept as they are, and files that could not become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rag.types import AuthorFrom, Note, Places, Span


@dataclass(frozen=True)
class ArticleRecord:
    """One article as it is stored: its text and where its sentences and chunks are."""

    source: str
    path: str  # of the file, absolute
    text: str
    title: str | None
    date: str | None
    outlet: str | None
    sha256: str
    notes: tuple[Note, ...]
    sentences: tuple[Span, ...]
    chunks: tuple[tuple[int, int], ...]  # half-open ranges of sentence positions
    texts: tuple[str, ...] = ()  # what is to be embedded of each chunk; empty if the vectors are there
    language: str | None = None  # ISO 639-1; None where the text doesn't tell
    author: str | None = None
    author_from: AuthorFrom | None = None
    kind: str = "document"
    places: Places = Places()

    @property
    def sentence_count(self) -> int:
        """Number of its sentences."""
        return len(self.sentences)

    @property
    def chunk_count(self) -> int:
        """Number of its chunks."""
        return len(self.chunks)


@dataclass(frozen=True)
class Kept:
    """An article that stays as the store before holds it, perhaps under another name."""

    document: int  # its number there
    source: str
    path: str
    sha256: str
    first_chunk: int  # among all chunks there, in the order of sources
    chunk_count: int
    sentence_count: int


Entry: TypeAlias = ArticleRecord | Kept


@dataclass(frozen=True)
class Refusal:
    """A file that could not become an article, with the SHA-256 of its bytes where these are the reason."""

    path: str
    reason: str
    sha256: str | None = None
