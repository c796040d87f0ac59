"""A question that leans on the last answer, looked up where that stands before and after all else is.

"Who seconded it?" is mostly answered by the document that was just quoted; made to stand alone it may fit another
better, and as it was asked it fits everything. So the documents last quoted are asked for both forms, too. What is
found must speak of what the follow-up names ("And mustard?"), and a "Why?" must not get the quote that it asks about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.asking.exchange import is_time, named_by
from rag.asking.followup import corrected, fragment_of
from rag.asking.question import Asks, Question
from rag.asking.understand import understand
from rag.language.words import content_stems
from rag.types import Answer, Answered, Citation, Event, Evidence, Retrieved
from rag.ways.ask import Ask, Events, end, not_mentioned, searched
from rag.ways.near import near
from rag.ways.reason import cited_in, gives_reason, is_about, reason_near

_ENOUGH = 2  # content words of a question that is looked up as it was said
_MONEY = re.compile(r"[£$€]|\b(?:pounds?|euros?|dollars?|pence|cents?|free)\b|\d+p\b", re.I)
LookUp = Callable[[Ask], Events]


@dataclass(frozen=True)
class Lean:
    """What a follow-up leans on: the quotes of the last answer, and what it must speak of; empty stems for anything."""

    quoted: tuple[Citation, ...]
    named: frozenset[str]
    why: bool
    placed: frozenset[str] | None = None  # stems of a fragment that names no thing: "And elsewhere?"

    @property
    def sources(self) -> frozenset[str]:
        """The documents that were last quoted."""
        return frozenset(c.source for c in self.quoted)


def lean_of(asked: Question, last: Answer | None) -> Lean:
    """What a follow-up leans on.

    Args:
        asked: it, made to stand alone.
        last: the last answer that quotes something; None where there is none.
    """
    fragment = fragment_of(corrected(asked.text))
    named = named_by(fragment) if fragment else frozenset()
    quoted = last.citations if last else ()
    placed = content_stems(fragment) if fragment and not named and not is_time(fragment) else None
    return Lean(quoted, named, asked.asks is Asks.REASON, placed)


def follow_up(ask: Ask, lean: Lean, look_up: LookUp) -> Events:
    """The first answer that fits, of the ways to look it up; else the search of everything that found nothing.

    Args:
        ask: the follow-up, made to stand alone, of everything in scope.
        lean: what it leans on.
        look_up: the way of a question.
    """
    absent: list[Event] | None = None
    for attempt in _attempts(ask, lean):
        if attempt is ask and (close := near(ask, lean.quoted, lean.named or lean.placed or frozenset())):
            if _fits(close.citations, lean, ask, ask):
                yield Retrieved(())
                yield from end(ask, close)
                return
        held: list[Event] = []
        events = look_up(attempt)
        for event in events:
            held.append(_as_asked(event, ask))
            if isinstance(event, Evidence) and event.citations and _fits(event.citations, lean, attempt, ask):
                yield from held
                yield from (_as_asked(e, ask) for e in events)
                return
        if attempt.scope == ask.scope and not any(isinstance(e, Evidence) and e.citations for e in held):
            absent = held
    if lean.why and (reason := reason_near(ask, lean.quoted)):
        yield from end(ask, reason)
        return
    if absent is None:
        query = ask.models.embedder.embed_query(ask.question.standalone)
        absent = [Evidence(()), Answered(not_mentioned(ask, searched(ask, query)))]
    yield from absent


def _attempts(ask: Ask, lean: Lean) -> Iterator[Ask]:
    if lean.quoted and ask.scope != lean.sources:
        yield replace(ask, scope=lean.sources)
    yield ask
    as_said = understand(ask.question.text, (), ask.models.understander)
    if as_said.standalone != ask.question.standalone and _says_enough(as_said, lean):
        yield replace(ask, question=as_said, scope=lean.sources if lean.quoted else ask.scope)


def _says_enough(as_said: Question, lean: Lean) -> bool:
    """Whether it can be looked up as it was said: what a fragment names, or a question of several words."""
    return bool(lean.named) or lean.placed is None and len(as_said.words) >= _ENOUGH


def first_found(attempts: Iterator[Events] | Sequence[Events], fits: Callable[[Evidence], bool]) -> Events:
    """The first attempt that finds quotes that fit; else the last one as it is."""
    held: list[Event] = []
    for events in attempts:
        held = []
        for event in events:
            held.append(event)
            if isinstance(event, Evidence) and event.citations and fits(event):
                yield from held
                yield from events
                return
    yield from held


def _as_asked(event: Event, ask: Ask) -> Event:
    """An event under the question as it was asked, however it was looked up."""
    if not isinstance(event, Answered):
        return event
    alone = ask.question.standalone
    return replace(event, answer=replace(event.answer, question=ask.question.text, standalone_question=alone))


def _fits(citations: Sequence[Citation], lean: Lean, attempt: Ask, ask: Ask) -> bool:
    told = " ".join(_told(c, ask) for c in citations)
    if lean.sources and ask.scope != lean.sources and not _keeps_topic(citations, lean, told, ask):
        return False
    again = all(_is_among(c, lean.quoted) for c in citations)
    if again and lean.placed is not None and not lean.placed & content_stems(told):
        return False
    as_said = attempt.question.standalone != ask.question.standalone
    if lean.why and (again or as_said) and not any(gives_reason(c.quote) for c in citations):
        return False
    if lean.why and not again and not is_about(citations[0], lean.quoted, ask):
        return False
    if ask.question.asks is Asks.MONEY and lean.named and not _MONEY.search(told):
        return False
    return 2 * len(lean.named & content_stems(told)) >= len(lean.named)


def _keeps_topic(citations: Sequence[Citation], lean: Lean, told: str, ask: Ask) -> bool:
    """Whether what another document says holds something of what was taken over: "it" is still the ferry."""
    if any(c.source in lean.sources for c in citations):
        return True
    taken = ask.question.stems - content_stems(ask.question.text)
    titles = " ".join(c.title or "" for c in citations)
    return not taken or bool(taken & content_stems(f"{told} {titles}"))


def _is_among(citation: Citation, quoted: Sequence[Citation]) -> bool:
    return any(c.source == citation.source and c.start <= citation.start and citation.end <= c.end for c in quoted)


def _told(citation: Citation, ask: Ask) -> str:
    """A quote with what it is read with: its heading, the line that leads it in, the heads of its columns."""
    parts = [citation.quote]
    text, units = ask.text_of(citation.source), ask.index.article_units(citation.source)
    for s in cited_in(ask, citation):
        unit = units[s.position]
        around = [unit.section, unit.lead, *(c.name for c in unit.cells)]
        parts += [text[p.start : p.end] for p in around if p]
    return " ".join(parts)
