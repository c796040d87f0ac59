"""Answer questions about documents themselves: who wrote one, when, of what kind it is, which are from March.

What a document says of itself is quoted where it stands. What it doesn't say is said to be missing, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.citing import composed, line_cited
from rag.answering.compose import Composition, escaped
from rag.asking.document_questions import DocumentQuestion, Wanted
from rag.asking.documents_meant import many_meant, one_meant, with_year
from rag.types import Absence, Citation, Claim, Document, Listed, Retrieved, Span
from rag.ways.ask import Ask, Events, Finding, NotMentioned, end
from rag.ways.look_up import look_up
from rag.ways.telling import a_kind, day_told, described, kinds_told, when_told

_BEGINNING = Span(0, 0)  # of a document: it says so nowhere, but can be opened
_SIDES = {
    "in": "from {}",
    "since": "from {} or later",
    "after": "from after {}",
    "before": "from before {}",
    "until": "from {} or earlier",
}
_ONE = (Wanted.AUTHOR, Wanted.DATE, Wanted.KIND, Wanted.TITLE)


def about_documents(ask: Ask, asked: DocumentQuestion) -> Events:
    """A question about documents themselves; looked up like any other where none is meant.

    Args:
        ask: the question.
        asked: what it asks of documents.
    """
    if asked.wanted in _ONE:
        meant = one_meant(asked, ask.index, ask.scope)
        found = of_each(asked, meant.documents, ask) if meant.documents else None
        if found is None or isinstance(found, NotMentioned) and not meant.sure:
            yield from look_up(ask, lambda: found)  # what another document tells of may be meant
            return
    else:
        asked = with_year(asked, ask.index, ask.scope)
        listed = many_meant(asked, ask.index, ask.scope)
        if not listed and not asked.sure:
            yield from look_up(ask)
            return
        found = _of_many(asked, listed, ask)
    yield Retrieved(())
    yield from end(ask, found)


def _nothing(ask: Ask, words: str) -> NotMentioned:
    return NotMentioned(words, Absence((), ask.index.searched(ask.scope), ()))


def _named(document: Document) -> str:
    return f"“{escaped(document.title or document.source)}”"


def of_each(asked: DocumentQuestion, meant: Sequence[Listed], ask: Ask) -> Finding:
    """What is asked of each document that may be meant, a sentence each."""
    documents = [ask.index.document(listed.source) for listed in meant]
    told = [(*_told(asked.wanted, document), document) for document in documents]
    if all(place is None for _, place, _ in told):
        return _nothing(ask, " ".join(f"{words}." for words, *_ in told))
    claims, citations = [], []
    for n, (words, place, document) in enumerate(told, start=1):
        citations.append(replace(line_cited(document, place, ask.index), n=n))
        claims.append(Claim(f"{words} [{n}].", (n,), "supported", "stated"))
    return Composition(" ".join(claim.text for claim in claims), tuple(claims), tuple(citations))


def _told(wanted: Wanted, document: Document) -> tuple[str, Span | None]:
    """What a document says of itself, in words, and where; nowhere if it doesn't."""
    name, places, start = _named(document), document.places, _BEGINNING
    if wanted is Wanted.AUTHOR:
        if not document.author:
            return f"{name} doesn’t say who wrote it", None
        by = f"is by {escaped(document.author)}"
        if places.author:
            return f"{name} {by}", places.author
        whose = "its file’s properties name" if document.author_from == "properties" else "its file names"
        return f"The text of {name} names no author; {whose} {escaped(document.author)}", start
    if wanted is Wanted.DATE:
        if document.date:
            how = "is dated" if places.date else "is, by its file and not its text, of"
            return f"{name} {how} {day_told(document.date)}", places.date or start
        if places.date:
            day = escaped(document.text[places.date.start : places.date.end])
            return f"{name} gives its date without a year: “{day}”", places.date
        return f"{name} gives no date for itself", None
    if wanted is Wanted.TITLE:
        return (f"Its title is {name}", places.title or start) if document.title else (f"{name} has no title", None)
    if document.kind == "document":
        return f"{name} doesn’t show what kind of document it is", None
    return f"{name} is {a_kind(document.kind)}", places.kind or places.title or start


def _of_many(asked: DocumentQuestion, listed: Sequence[Listed], ask: Ask) -> Finding:
    """The documents of a kind, a time or an author, each with the line that says so."""
    total, dated = ask.index.article_count(ask.scope), [a for a in listed if a.date]
    if asked.wanted in (Wanted.NEWEST, Wanted.OLDEST):
        if not dated:
            return _nothing(ask, f"None of the {len(listed):,} {kinds_told(asked.kind)} gives a date for itself.")
        day = (max if asked.wanted is Wanted.NEWEST else min)(a.date or "" for a in dated)
        undated = f" ({len(listed) - len(dated):,} give no date)" if len(listed) > len(dated) else ""
        words = (
            f"The {asked.wanted.value} of {len(dated):,} dated {kinds_told(asked.kind)} is of {day_told(day)}{undated}"
        )
        return composed(words, _groups(asked, [a for a in dated if a.date == day], ask))
    what = _condition(asked, len(listed) == 1)
    undated = ""
    if asked.period:
        silent = sum(a.date is None for a in ask.index.articles() if ask.scope is None or a.source in ask.scope)
        undated = f" ({silent:,} give no date of their own)" if silent else ""
    if not listed:
        none = "The document is not" if total == 1 else f"None of the {total:,} documents is"
        return _nothing(ask, f"{none} {what}{undated}.")
    who = "The document" if total == 1 else f"{len(listed):,} of the {total:,} documents"
    verb = "is" if len(listed) == 1 else "are"
    return composed(f"{who} {verb} {what}{undated}", _groups(asked, listed, ask))


def _condition(asked: DocumentQuestion, one: bool) -> str:
    """What the chosen ones are: "letters from March 2024"; of one, "a letter from March 2024"."""
    parts = [a_kind(asked.kind) if one else kinds_told(asked.kind)] if asked.kind else []
    parts += [_SIDES[asked.side].format(when_told(asked.period))] if asked.period else []
    parts += [f"by {escaped(asked.author)}"] if asked.author else []
    return " ".join(parts)


def _groups(asked: DocumentQuestion, listed: Sequence[Listed], ask: Ask) -> list[tuple[str, list[Citation]]]:
    groups = []
    for article in listed:
        document = ask.index.document(article.source)
        said = document.places
        of = {Wanted.SORT: said.kind, Wanted.BY: said.author}.get(asked.wanted, said.date)
        groups.append((described(article), [line_cited(document, of or said.title, ask.index)]))
    return groups
