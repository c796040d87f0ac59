"""One file becomes an article of an index: read, split into sentences, cut into chunks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.protocols import TokenCounter
from rag.errors import ArticleUnreadable
from rag.index.records import ArticleRecord, Refusal
from rag.reading import File, extract
from rag.reading.sandbox import ReaderLost
from rag.settings import Settings
from rag.text.cut import cut


@dataclass(frozen=True)
class Unread:
    """A file that is to be read."""

    source: str
    path: str
    file: File

    def emptied(self) -> Unread:
        """The same without the file's bytes, which take room."""
        return replace(self, file=replace(self.file, data=b""))


def article_of(unread: Unread, embedder: TokenCounter, settings: Settings) -> ArticleRecord | Refusal:
    """A file's article, read and cut; or why it has none."""
    try:
        article = extract(unread.file)
    except ArticleUnreadable as problem:
        lasting = None if isinstance(problem, ReaderLost) else unread.file.sha256
        return Refusal(unread.path, problem.problem, lasting)
    found = cut(article.text, article.sentences, article.title, embedder, settings)
    return ArticleRecord(
        source=unread.source,
        path=unread.path,
        text=article.text,
        title=article.title,
        date=article.date,
        outlet=article.outlet,
        sha256=article.sha256,
        notes=article.notes,
        sentences=found.sentences,
        chunks=found.chunks,
        texts=found.texts,
        language=article.language,
        author=article.author,
        author_from=article.author_from,
        kind=article.kind,
        places=article.places,
    )
