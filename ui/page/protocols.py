"""What the page needs to be given: something that answers, and keeps the articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from rag.corpus.values import Ledger, Overview
from rag.language.unsaid import UnsaidKind
from rag.types import Answer, Document, Event, IndexReport, Listed, Progress, Span
from ui.page.covers import Covers


class Asks(Covers, Protocol):
    """What answers questions and keeps the articles; `rag.Assistant` does. Every method may raise `RagError`."""

    index_dir: Path  # where answers that are called wrong are written down

    def stream(
        self, question: str, history: Sequence[Answer] = (), sources: Sequence[str] | None = None
    ) -> Iterator[Event]:
        """Answer step by step; closing the iterator stops the work."""
        ...

    def articles(self) -> Sequence[Listed]:
        """The articles that can be asked."""
        ...

    def skipped(self) -> Sequence[tuple[str, str]]:
        """(path, reason) of every file that could not become an article."""
        ...

    def unsaid(
        self,
        topics: Sequence[str] = (),
        speakers: Sequence[str] = (),
        kinds: Sequence[UnsaidKind] = (),
        sources: Sequence[str] | None = None,
    ) -> Ledger:
        """What the articles refuse, deny or leave open, of these topics, people and kinds."""
        ...

    def overview(self) -> Overview:
        """The articles at a glance."""
        ...

    def offers(self) -> Iterator[str]:
        """Questions to begin with, each as soon as it was tried; takes seconds."""
        ...

    def document(self, source: str) -> Document:
        """One article."""
        ...

    def file(self, source: str, spans: Sequence[Span] = ()) -> bytes:
        """The file that an article was read from; in a copy of a PDF these stretches of the text are highlighted."""
        ...

    def rebuild(
        self, files: Sequence[Path], progress: Callable[[Progress], None], replacing: bool = False
    ) -> IndexReport:
        """Add copies of these files, and look at all others again; the old index answers until the new one is there.

        `replacing`: a copy takes the place of one that was added before under its name; else both stay.
        """
        ...

    def same_named(self, files: Sequence[Path]) -> Sequence[str]:
        """The names of those files that another one was added under before."""
        ...

    def remove(self, source: str) -> IndexReport:
        """Take one article out."""
        ...

    def forget(self) -> None:
        """Delete the index and the copies of added files."""
        ...

    def lacks(self) -> str | None:
        """What answers have to do without on this machine, with its cure; None where nothing is missing."""
        ...

    def recipients(self) -> Sequence[str]:
        """The other machines that questions and passages are sent to, as somebody has allowed."""
        ...

    def warm_up(self, progress: Callable[[str, int, int], None]) -> None:
        """Load the models; blocks until they are there. Told: what is loaded now, parts done, parts in all."""
        ...
