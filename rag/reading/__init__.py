"""Files become articles: which files can be read, and what each of them says."""

from __future__ import annotations

from rag.reading.article import MAX_BYTES, SUFFIXES, Article, read

__all__ = ["MAX_BYTES", "SUFFIXES", "Article", "read"]
