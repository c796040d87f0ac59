"""Words that the page, the terminal and what is saved have in common."""

from __future__ import annotations

from rag.types import Document, Listed


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "7,382 sentences"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def told_of(article: Listed | Document) -> list[str]:
    """What is known of an article beside its title: kind, date, author, who published it."""
    author = article.author or ""
    if author and article.author_from == "properties":
        author += " (by the file’s properties)"
    outlet = article.outlet if article.outlet != article.author else ""
    kind = article.kind if article.kind != "document" else ""
    return [part for part in (kind, article.date, author, outlet) if part]
