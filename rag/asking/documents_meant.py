"""Which documents a question about documents themselves means: by name, by kind, by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.asking.document_names import called, key
from rag.asking.document_questions import DocumentQuestion
from rag.index.reader import Index
from rag.language.variants import name_in
from rag.language.words import content_stems
from rag.types import Listed

MOST = 5  # documents of one description that are told of together; of more none is meant


@dataclass(frozen=True)
class Meant:
    """The documents that a question means; not `sure` where only their texts tell."""

    documents: tuple[Listed, ...] = ()
    sure: bool = True


def one_meant(asked: DocumentQuestion, index: Index, scope: frozenset[str] | None) -> Meant:
    """The document that is called so; several if a description fits them alike; none if nothing does."""
    listed = _in_scope(index, scope)
    if source := called(asked.named, index, scope):
        return Meant(tuple(a for a in listed if a.source == source))
    if asked.about and key(asked.about) and (source := called(asked.about, index, scope)):
        return Meant(tuple(a for a in listed if a.source == source))
    stems = content_stems(asked.about)
    if not stems and len(listed) == 1:
        return Meant(tuple(listed))
    of_kind = [a for a in listed if asked.kind in ("", a.kind)]
    if not stems:
        return Meant(tuple(of_kind)) if asked.kind and len(of_kind) == 1 else Meant()
    by_name = [a for a in of_kind if _holds(stems, content_stems(f"{key(a.source)} {a.title or ''} {a.author or ''}"))]
    if by_name:
        return Meant(tuple(by_name)) if len(by_name) <= MOST else Meant()
    return Meant(tuple(_by_text(stems, of_kind, index)), sure=False) if asked.kind else Meant()


def _in_scope(index: Index, scope: frozenset[str] | None) -> list[Listed]:
    return [a for a in index.articles() if scope is None or a.source in scope]


def _holds(wanted: Iterable[str], stems: frozenset[str]) -> bool:
    return all(name_in(stem, stems) for stem in wanted)


def _by_text(stems: frozenset[str], of_kind: Sequence[Listed], index: Index) -> list[Listed]:
    """Those whose text holds all words; one alone, since a text holds many words that it isn't about."""
    found = [a for a in of_kind if _holds(stems, content_stems(index.document(a.source).text))]
    return found if len(found) == 1 else []


def many_meant(asked: DocumentQuestion, index: Index, scope: frozenset[str] | None) -> list[Listed]:
    """The documents of a kind, a time, an author."""
    stems = content_stems(asked.author)
    return [
        a
        for a in _in_scope(index, scope)
        if asked.kind in ("", a.kind)
        and (not asked.period or is_of(a.date, asked.period, asked.side))
        and (not asked.author or bool(stems) and _holds(stems, content_stems(a.author or "")))
    ]


def with_year(asked: DocumentQuestion, index: Index, scope: frozenset[str] | None) -> DocumentQuestion:
    """The same with a year where "since March" lacks one: the last March that is not after the newest document."""
    newest = max((a.date for a in _in_scope(index, scope) if a.date), default=None)
    if asked.side == "in" or not asked.period.startswith("-") or newest is None:
        return asked
    year = int(newest[:4]) - (newest[4 : 4 + len(asked.period)] < asked.period)
    return replace(asked, period=f"{year:04}{asked.period}")


def is_of(date: str | None, period: str, side: str = "in") -> bool:
    """Whether a date lies in a period, or on one side of it; "-03" is March of any year.

    A date that is less exact than the period ("2024-03" for "since 12 March 2024") lies in none.
    """
    if date is None:
        return False
    if side == "in":
        return (date[4:] if period.startswith("-") else date).startswith(period)
    day = date[: len(period)]
    if len(day) < len(period) and period.startswith(day):
        return False
    return {"since": day >= period, "after": day > period, "before": day < period, "until": day <= period}[side]
