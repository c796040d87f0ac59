"""The vectors that a crew has made: they stay in the spool until they are written."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence

from models.protocols import FloatArray
from rag.index.ahead import Ahead, Embeds
from rag.index.crew.spool import Spool
from rag.index.records import ArticleRecord
from rag.index.taken_in import Unread
from rag.types import Progress


class Made(Mapping[str, FloatArray]):
    """The vectors of articles whose pieces are kept, by path; read when they are asked for.

    Args:
        spool: keeps them.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._files: dict[str, Unread] = {}

    def note(self, unread: Unread) -> None:
        """There is a piece of a file."""
        self._files[unread.path] = unread.emptied()

    def __getitem__(self, path: str) -> FloatArray:
        """Of one article, shape (chunks, dimension)."""
        piece = self._spool.find(self._files[path])
        if piece is None:
            raise OSError(f"what was made of {path} is no longer there")
        return piece.vectors

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class AheadOfCrew(Ahead):
    """Embeds only what no worker could: articles whose files are not there, where another model needs new vectors.

    Args:
        embeds: does that.
        made: by the crew.
    """

    def __init__(self, embeds: Embeds, made: Made) -> None:
        super().__init__(embeds)
        self._made = made
        self._known: list[ArticleRecord] = []

    def add(self, article: ArticleRecord, texts: Sequence[str]) -> None:
        """An article; and what is to be embedded of it, if that isn't done."""
        if article.path in self._made:
            self._known.append(article)
        else:
            super().add(article, texts)

    def vectors(self, progress: Callable[[Progress], None]) -> Mapping[str, FloatArray]:
        """Of every article that was added, by path."""
        own = super().vectors(progress)
        total = sum(a.chunk_count for a in self._known) + sum(map(len, own.values()))
        done = total - sum(a.chunk_count for a in self._known)
        for article in self._known:
            done += article.chunk_count
            progress(Progress("embedding", done, total, article.source, article.sentence_count))
        return ChainMap(dict(own), self._made)  # type: ignore[arg-type]  # which is never written to
