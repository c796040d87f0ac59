"""The file that an article was read from, for those who want to see it as it is."""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import UnknownSource
from rag.index.articles import Articles
from rag.reading.files import load
from rag.reading.page_starts import page_of
from rag.reading.pdf_marks import with_marks
from rag.types import Span

_PDF = b"%PDF-"


def original(articles: Articles, source: str, most_mb: int, spans: Sequence[Span] = ()) -> bytes:
    """The bytes that an article was read from.

    Args:
        articles: of an index.
        source: the article.
        most_mb: megabytes (10**6 bytes) of a file that is opened.
        spans: stretches of the article's text that are highlighted, in a copy, where the file is a PDF with pages.

    Raises:
        UnknownSource: no article of that name, or its file is another one by now.
        ArticleUnreadable: the file is not there any more, cannot be read, or is too large.
    """
    file = load(articles.path(source), most_mb)
    article = articles.document(source)
    if file.sha256 != article.sha256:
        raise UnknownSource("The file has changed since it was read.", "Look for changes, then open it again.")
    pages = article.places.pages
    quotes = [(page, article.text[s.start : s.end]) for s in spans if (page := page_of(s.start, pages))]
    return with_marks(file.data, quotes) if quotes and file.data.startswith(_PDF) else file.data
