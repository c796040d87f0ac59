"""Which documents are asked whether they agree: two that are named, those on a matter, those of two days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.protocols import Embedder
from rag.asking.document_names import called, key
from rag.asking.document_patterns import ANY, KINDS, MONTHS
from rag.asking.document_questions import period_of
from rag.asking.documents_meant import is_of
from rag.asking.scope import article_named
from rag.asking.window_asked import period
from rag.index.reader import Index
from rag.language.variants import name_in
from rag.language.words import content_stems, words
from rag.types import Listed

_DATED = re.compile(  # "the board minutes of 4 March"
    r"(?:(?:the|our|my|their)[ ])?(?P<about>(?:[\w’'-]+[ ]){1,4})?(?P<kind>[\w-]+)[ ](?:of|from|dated)[ ]"
    r"(?P<time>.{3,24})",
    re.I,
)
_NEWS = frozenset(("news", "press", "newspaper"))


def party(name: str, index: Index, scope: frozenset[str] | None, embedder: Embedder) -> frozenset[str]:
    """The documents that a name means: a title or a file's name, a kind and what it is about, an author, a day.

    Empty where none is meant, or more than one that its words fit equally.
    """
    if source := called(name, index, scope):
        return frozenset((source,))
    listed = [a for a in index.articles() if scope is None or a.source in scope]
    if (dated := _DATED.fullmatch(name.strip(" “”\"'"))) and (of := period(dated["time"])):
        kind, about = KINDS.get(dated["kind"].lower(), ""), content_stems(dated["about"] or "")
        of_day = [a for a in listed if is_of(a.date, of) and _fits(about, a)]
        of_kind = [a for a in of_day if kind and a.kind == kind] or [a for a in of_day if dated["kind"].lower() in ANY]
        if len(of_kind) == 1:
            return frozenset((of_kind[0].source,))
    found = [w for w in words(name) if w.lower not in _NEWS and (w.is_content or w.lower in MONTHS)]
    kinds = [KINDS.get(w.lower, "") for w in found if w.lower in KINDS and w.lower not in ANY]
    wanted = {w.stem for w in found if w.lower not in KINDS and w.lower not in ANY}
    fitting = [a for a in listed if (not kinds or a.kind in kinds) and _fits(wanted, a)]
    if not fitting or len(fitting) > 1 and not wanted:
        fitting = [a for a in listed if _fits({w.stem for w in found}, a)] if found else []
    if len(fitting) == 1:
        return frozenset((fitting[0].source,))
    source = article_named(name, index, scope, embedder)
    return frozenset((source,)) if source else frozenset()


def _fits(stems: Iterable[str], article: Listed) -> bool:
    told = f"{key(article.source)} {article.title or ''} {article.author or ''} {article.outlet or ''} {article.kind}"
    known = content_stems(told)
    return all(name_in(s, known) for s in stems)


def of_days(days: tuple[str, ...], index: Index, scope: frozenset[str] | None) -> tuple[frozenset[str], ...]:
    """For each day or month as written the documents of it; empty where one of them can't be read or has none."""
    periods = [period_of(day) for day in days]
    if not all(periods):
        return ()
    found = tuple(
        frozenset(
            a.source
            for a in index.articles()
            if a.date and (scope is None or a.source in scope) and is_of(a.date, period)
        )
        for period in periods
    )
    return found if all(found) else ()
