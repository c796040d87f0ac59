"""The words for what a document is: its title with its kind, date and author; days, kinds and times in words."""

from __future__ import annotations

from calendar import month_name

from rag.types import Document, Listed

_UNCOUNTED = ("minutes", "notes", "slides", "mail", "chat")  # no "a" before them


def described(article: Listed | Document) -> str:
    """An article in one line: "Half a library is worse than none (letter, 2024-01-26, Winifred Ashdown-Kerr)"."""
    kind = article.kind if article.kind != "document" else ""
    known = [part for part in (kind, article.date and article.date[:10], article.author) if part]
    name = article.title or article.source
    return f"{name} ({', '.join(known)})" if known else name


def a_kind(kind: str) -> str:
    """With its article: "a letter", "an interview", "minutes"."""
    if kind in _UNCOUNTED:
        return {"mail": "a mail", "chat": "a chat"}.get(kind, kind)
    return f"{'an' if kind[0] in 'aeiouF' else 'a'} {kind}"


def kinds_told(kind: str) -> str:
    """Several of a kind: "letters", "policies", "minutes"."""
    if not kind:
        return "documents"
    if kind.endswith("s"):
        return kind
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}es" if kind.endswith("ch") else f"{kind}s"


def day_told(date: str) -> str:
    """A day in words: "12 March 2024" of "2024-03-12", "March 2024" of "2024-03"."""
    year, _, rest = date[:10].partition("-")
    month, _, day = rest.partition("-")
    return " ".join(filter(None, (day and str(int(day)), month and month_name[int(month)], year)))


def when_told(period: str) -> str:
    """The same of a time; "-03" is "March" of any year."""
    if not period.startswith("-"):
        return day_told(period)
    month, _, day = period[1:].partition("-")
    return f"{int(day)} {month_name[int(month)]}" if day else month_name[int(month)]
