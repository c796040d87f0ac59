"""What an index needs of the place that keeps its articles: `Generation`, what is read there.

What is written there is in `rag.index.keeping`. The embedded store (`rag.index.embedded`) keeps files in the index
folder, `rag.index.milvus` rows on a server. Whoever writes another one runs `tests/rag/index/contract/` on it.

A generation never changes: what is opened answers the same until it is closed. Chunks go by the numbers of
`rag.index.numbering`, documents by the store's own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from models.protocols import FloatArray
from rag.index.manifest import Manifest
from rag.index.numbering import Numbering
from rag.index.records import Kept, Refusal
from rag.language.unsaid import Found
from rag.types import Document, Listed, Note, Span

Hit = tuple[int, float]  # a chunk's number; its cosine or its BM25 score, larger is better
Alternatives = Sequence[Sequence[Sequence[str]]]  # in one of them every group is held, and of a group any phrase


class Holding(NamedTuple):
    """Where a sentence stands that a search for words found."""

    document: int
    position: int  # within its document
    start: int
    end: int
    text: str | None = None  # where the store has it at hand


@dataclass(frozen=True)
class Stored:
    """A document as it is stored, and where its sentences are."""

    document: Document
    sentences: tuple[Span, ...]


class Generation(Protocol):
    """One open generation, read-only and safe from several threads.

    Every method raises `IndexDamaged` where the store no longer holds what was written, and `RagError` where it can't
    be reached. `sources` are articles in scope, None for all.
    """

    name: str
    manifest: Manifest
    numbers: Numbering

    def close(self) -> None:
        """Let go of it. Optional: it also happens when the last user lets go."""
        ...

    # ── search ──────────────────────────────────────────────────────────────────────────────
    def dense(self, query: FloatArray, k: int, sources: frozenset[str] | None) -> list[Hit]:
        """The k chunks in scope closest to a vector, by cosine; best first, equal ones by number.

        Of those that are equal to the last one, a store may return any.
        """
        ...

    def lexical(self, words: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Hit]:
        """The k chunks in scope that hold the words best, by BM25 as SQLite reckons it; ordered likewise."""
        ...

    def holding(self, alternatives: Alternatives, sources: frozenset[str] | None) -> list[Holding]:
        """Every sentence in scope that holds one of the alternatives, inflected or not; in any order."""
        ...

    def frequency(self, phrase: str) -> int:
        """In how many sentences the words of a phrase stand in a row, inflected or not; exact."""
        ...

    def vocabulary(self) -> list[str]:
        """The stems of all words of all sentences."""
        ...

    def ranked_abroad(self, keys: Sequence[str], k: int, sources: frozenset[str] | None) -> list[Holding]:
        """The k sentences in scope that hold any of some keys best (see `rag.index.foreign`), best first."""
        ...

    def holding_abroad(self, groups: Sequence[Sequence[str]], sources: frozenset[str] | None) -> list[Holding]:
        """Every sentence in scope that holds a key of each group, in any order."""
        ...

    def frequency_abroad(self, keys: Sequence[str]) -> int:
        """How many sentences hold any of some keys."""
        ...

    def vocabulary_abroad(self) -> list[str]:
        """All keys."""
        ...

    def vectors(self, numbers: Sequence[int]) -> FloatArray:
        """The vectors of chunks, shape (len(numbers), dimension)."""
        ...

    def chunk(self, number: int) -> tuple[int, int]:
        """The sentences of a chunk, as a half-open range of positions within its document."""
        ...

    # ── documents ───────────────────────────────────────────────────────────────────────────
    def document(self, document: int) -> Stored:
        """One document; its neighbouring sentences stand beside each other."""
        ...

    def texts(self, documents: Collection[int]) -> Mapping[int, str]:
        """The texts of documents."""
        ...

    def chunks(self, document: int) -> tuple[tuple[int, int], ...]:
        """The sentences of each chunk of a document."""
        ...

    def listed(self) -> list[Listed]:
        """All documents as a list shows them, without notes, sorted by source; no text is read."""
        ...

    def notes(self, document: int | None = None) -> list[tuple[int, Note]]:
        """(document, note), as they were written; of one document or all."""
        ...

    def unsaid(self) -> list[tuple[int, int, Found]]:
        """(document, position, what it is) of every sentence that says something to be unsaid, in that order."""
        ...

    def languages(self) -> list[tuple[str, str]]:
        """(source, ISO 639-1 code) of the documents of which it is known."""
        ...

    def kept(self) -> tuple[Kept, ...]:
        """All documents as the next generation may keep them, sorted by source; no text is read."""
        ...

    def path(self, document: int) -> str:
        """The file that a document was read from."""
        ...

    def roots(self) -> tuple[Path, ...]:
        """The files and folders that the documents come from."""
        ...

    def excluded(self) -> tuple[Path, ...]:
        """Files that were taken out and stay out, sorted."""
        ...

    def refusals(self) -> tuple[Refusal, ...]:
        """Files that could not become a document, sorted."""
        ...
