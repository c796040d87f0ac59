"""What a rebuild needs of the place that keeps the articles: `Store`, and `Content`, what is written there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from models.protocols import FloatArray
from rag.index.manifest import Manifest
from rag.index.protocol import Generation
from rag.index.records import ArticleRecord, Entry, Kept, Refusal


@dataclass(frozen=True)
class Content:
    """All of a generation that is to be written."""

    entries: tuple[Entry, ...]  # sorted by source; `Kept` ones are of the generation `before`
    roots: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    excluded: tuple[str, ...]
    fresh: Mapping[str, FloatArray]  # vectors of every `ArticleRecord` by its path: shape (chunks, dimension)
    before: Generation | None  # the one that answers now, open

    def vectors(self) -> Iterator[FloatArray]:
        """All vectors in the order of chunks, an article's at a time."""
        for entry in self.entries:
            if isinstance(entry, Kept):
                assert self.before
                yield self.before.vectors(range(entry.first_chunk, entry.first_chunk + entry.chunk_count))
            else:
                yield self.fresh[entry.path]

    def records(self) -> Iterator[ArticleRecord]:
        """All articles as if none was kept."""
        for entry in self.entries:
            if isinstance(entry, Kept):
                assert self.before
                record = recorded(self.before, entry.document)
                yield replace(record, source=entry.source, path=entry.path)
            else:
                yield entry


def recorded(generation: Generation, document: int) -> ArticleRecord:
    """A document as a store is given it."""
    stored = generation.document(document)
    d = stored.document
    return ArticleRecord(
        source=d.source,
        path=generation.path(document),
        text=d.text,
        title=d.title,
        date=d.date,
        outlet=d.outlet,
        sha256=d.sha256,
        notes=tuple(note for _, note in generation.notes(document)),
        sentences=stored.sentences,
        chunks=generation.chunks(document),
        language=d.language,
        author=d.author,
        author_from=d.author_from,
        kind=d.kind,
        places=d.places,
    )


class Store(Protocol):
    """The generations of one index. One of them is current; what is written becomes so by one step, or not at all."""

    def current(self) -> str:
        """The name of the generation that answers.

        Raises:
            IndexMissing, IndexDamaged.
        """
        ...

    def manifest(self, name: str) -> Manifest:
        """How a generation was made.

        Raises:
            IndexDamaged, IndexMismatch.
        """
        ...

    def open(self, name: str, manifest: Manifest) -> Generation:
        """Open a generation.

        Raises:
            IndexDamaged: it isn't whole.
        """
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Hold the index for a rebuild; whatever a dead rebuild left behind is cleared away first.

        Raises:
            IndexBusy: someone else is rebuilding.
            RagError: it can't be written.
        """
        ...

    def write(self, content: Content, manifest: Manifest) -> str:
        """Write a generation that nobody sees yet; its name. Only inside `writing`.

        Args:
            content: what it holds.
            manifest: what it shall say of itself.

        Raises:
            RagError: it can't be written; what is current stays.
        """
        ...

    def swap(self, name: str) -> None:
        """Make a written generation the current one; the one before it stays for those who have it open."""
        ...

    def discard(self) -> None:
        """Delete what was written and not swapped in."""
        ...

    def drop(self) -> None:
        """Delete all generations. Only inside `writing`."""
        ...
