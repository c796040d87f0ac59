"""Which part of which document a question names: by heading or title, by day and outlet, or by a document's kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.asking.document_names import key
from rag.asking.document_patterns import ANY, DOCUMENT, KINDS
from rag.asking.document_questions import DocumentQuestion, Wanted
from rag.asking.documents_meant import is_of, one_meant
from rag.asking.part_asked import Part, PartAsked
from rag.asking.window_asked import period
from rag.corpus.mentions import find, topic_term
from rag.index.reader import Index
from rag.language.words import content_stems, content_words
from rag.text.blocks import Kind
from rag.text.dates import days
from rag.types import Listed, Sentence
from rag.ways.ask import Ask

HEAD = 400  # characters of a document in which it names its outlet
TITLE = -1  # in place of a heading's position: the whole document
_BESIDE = 3  # words that a heading may hold beside the name that it begins with
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}")
_NUMBERED = re.compile(r"[#\s*_(§]*(?:[^\W\d]{1,10} )?(\d{1,3}(?:\.\d{1,3}){0,4})\b")
_DATED = re.compile(r"(?:^| )(?:of|from|dated|on|for) (?=(?P<when>[\w.,/ -]{3,30})$)", re.I)
_OTHERWISE = (*ANY, "memorandum", "email", "e-mail", "spreadsheet", "presentation", "faq")  # no document need say it
_CALLED = re.compile(DOCUMENT, re.I)


@dataclass(frozen=True)
class Place:
    """A part: the document, and the position of the heading that it stands below."""

    source: str
    heading: int


def _listed(ask: Ask) -> Iterator[Listed]:
    return (a for a in ask.index.articles() if ask.scope is None or a.source in ask.scope)


def of_day(ask: Ask, asked: PartAsked) -> list[Listed]:
    """The documents in scope that are of the day that is asked for."""
    return [a for a in _listed(ask) if not asked.period or is_of(a.date, asked.period)]


def is_from(outlet: str, listed: Listed, index: Index) -> bool:
    """Whether a document's own head holds all words of an outlet, so that it is of that one."""
    stems = content_stems(outlet)
    if not stems:
        return not outlet
    head = f"{listed.outlet or ''} {listed.title or ''} {listed.author or ''} {listed.source}"
    return stems <= content_stems(f"{head} {index.document(listed.source).text[:HEAD]}")


def titled(ask: Ask, asked: PartAsked) -> list[Place]:
    """The documents whose title or, of those of a day, first line is called so, of the day and the outlet."""
    called = [
        a
        for a in of_day(ask, asked)
        if _begins_with(a.title or "", asked.name)
        or asked.period
        and _begins_with(ask.index.article_sentences(a.source)[0].text, asked.name)
    ]
    return [Place(a.source, TITLE) for a in called if is_from(asked.outlet, a, ask.index)]


def sections(ask: Ask, asked: PartAsked) -> Iterator[Place]:
    """The headings that are called so, of the day and the outlet."""
    dates = {a.source: a for a in _listed(ask)}
    for sentence in _headings(ask, asked):
        heading = sentence.text
        explicit = asked.part is Part.SECTION
        if not (_is_called(heading, asked.name) if explicit else _begins_with(heading, asked.name)):
            continue
        listed = dates[sentence.source]
        fits = not asked.period or is_of(listed.date, asked.period) or _names_day(heading, asked.period)
        if fits and is_from(asked.outlet, listed, ask.index):
            yield Place(sentence.source, sentence.position)


def _headings(ask: Ask, asked: PartAsked) -> Iterator[Sentence]:
    """The headings in scope that hold a name or, of a section by its number, all of the one document."""
    if _NUMBER.fullmatch(asked.name):
        sources = {a.source for a in _listed(ask)}
        candidates = ask.index.article_sentences(next(iter(sources))) if len(sources) == 1 else ()
    elif content_stems(asked.name):
        first = content_words(asked.name)[0].lower
        candidates = tuple(h.sentence for h in find(topic_term(first), ask.index, ask.scope))
    else:
        return
    for sentence in candidates:
        unit = ask.index.article_units(sentence.source)[sentence.position]
        if unit.kind is Kind.HEADING and unit.begins:
            yield sentence


def _is_called(heading: str, name: str) -> bool:
    if _NUMBER.fullmatch(name):
        match = _NUMBERED.match(heading)
        return bool(match and match[1] == name)
    return content_stems(name) <= content_stems(heading)


def _begins_with(line: str, name: str) -> bool:
    """Whether a heading is a name with no more than a few words behind it: "Corrections and clarifications"."""
    wanted, held = content_stems(name), [w.stem for w in content_words(line)]
    return bool(wanted) and set(held[: len(wanted)]) == wanted and len(held) <= len(wanted) + _BESIDE


def _names_day(heading: str, wanted: str) -> bool:
    told = (d.iso or f"-{d.month:02}" + (f"-{d.day:02}" if d.day else "") for d in days(heading))
    return any(day[-len(wanted) :] == wanted if wanted.startswith("-") else day.startswith(wanted) for day in told)


def document_meant(ask: Ask, phrase: str) -> frozenset[str] | None:
    """The one document that is called by its kind, what it is about and its day; None for none or several.

    Any other word for one ("the handbook") must stand in its title or its file's name; so must one of several words for
    a kind in its head: an agreement is no lease.
    """
    match = _CALLED.fullmatch(phrase)
    if match is None or not match["noun"]:
        stems = content_stems(phrase)
        called = [a for a in _listed(ask) if stems and stems <= content_stems(f"{key(a.source)} {a.title or ''}")]
        return frozenset({called[0].source}) if len(called) == 1 else None
    noun = match["noun"].lower()
    about = " ".join(re.sub(rf"^\w+ |\b{re.escape(noun)}\b", " ", phrase, flags=re.I).split())
    scope, when = ask.scope, next(((m, p) for m in _DATED.finditer(about) if (p := period(m["when"]))), None)
    if when:
        about = about[: when[0].start()]
        scope = frozenset(a.source for a in _listed(ask) if is_of(a.date, when[1]))
    kind = KINDS.get(noun, "")
    if scope == frozenset() or not kind and not content_stems(about):
        return None
    meant = one_meant(DocumentQuestion(Wanted.KIND, phrase, about, kind), ask.index, scope).documents
    if len(meant) != 1 or noun not in (kind, *_OTHERWISE) and not is_from(noun, meant[0], ask.index):
        return None
    return frozenset({meant[0].source})
