"""Files become articles: which files can be read, and what each of them says."""

from __future__ import annotations

from rag.reading.article import Article, extract, open_article, read
from rag.reading.files import File
from rag.reading.readers import SUFFIXES
from rag.reading.sandbox import Sandbox

__all__ = ["SUFFIXES", "Article", "File", "Sandbox", "extract", "open_article", "read"]
