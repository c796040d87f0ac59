"""The file that an article was read from, for those who want to see it as it is."""

from __future__ import annotations

from rag.errors import UnknownSource
from rag.index.articles import Articles
from rag.reading.files import load


def original(articles: Articles, source: str, most_mb: int) -> bytes:
    """The bytes that an article was read from.

    Args:
        articles: of an index.
        source: the article.
        most_mb: megabytes (10**6 bytes) of a file that is opened.

    Raises:
        UnknownSource: no article of that name, or its file is another one by now.
        ArticleUnreadable: the file is not there any more, cannot be read, or is too large.
    """
    file = load(articles.path(source), most_mb)
    if file.sha256 != articles.document(source).sha256:
        raise UnknownSource("The file has changed since it was read.", "Look for changes, then open it again.")
    return file.data
