"""Words as the full-text indexes hold them, and queries of them in SQLite's language for these indexes (FTS5)."""

from __future__ import annotations

from collections.abc import Sequence

from rag.text.seen import broken_words, seen


def searchable(text: str) -> str:
    """Text as the full-text index reads it; the halves of words broken at a line's end stand there, too."""
    halves = "".join(f" {before} {after}" for before, after in broken_words(text))
    form = f"{seen(text).text}{halves}"
    return form.encode("utf-8", "replace").decode()  # a question may hold half a surrogate pair


def match_any(words: Sequence[str]) -> str:
    """A full-text query for any of the words; every one quoted, so that no operator survives."""
    return " OR ".join(_quoted(w) for w in words)


def match_phrase(phrase: str) -> str:
    """A full-text query for the words of a phrase in a row."""
    return _quoted(phrase)


def match_all(alternatives: Sequence[Sequence[Sequence[str]]]) -> str:
    """A full-text query for any alternative; in it every group is needed, and of a group any phrase will do."""
    each = (" AND ".join(f"({match_any(group)})" for group in groups) for groups in alternatives)
    return " OR ".join(f"({groups})" for groups in each)


def _quoted(words: str) -> str:
    return '"' + searchable(words).replace('"', " ") + '"'
