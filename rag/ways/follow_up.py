"""A question that leans on the last answer, looked up where that stands before and after all else is.

"Who seconded it?" is mostly answered by the document that was just quoted; made to stand alone it may fit another
better, and as it was asked it fits everything. So the documents last quoted are asked for both forms, too. What is
found must speak of what the follow-up names ("And mustard?"), and a "Why?" must not get the quote that it asks about.
Where no document answers it so, it may have meant something else: its other readings are asked of the documents last
quoted. What holds all that a fragment names goes before what holds half of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import Composition
from rag.asking.answer_types import holds_type
from rag.asking.exchange import is_time, named_by
from rag.asking.followup import bare_wh, corrected, fragment_of
from rag.asking.question import Asks, Question
from rag.asking.understand import understand
from rag.language.words import content_stems
from rag.types import Answer, Answered, Citation, Event, Evidence, Retrieved
from rag.ways.ask import Ask, Events, end, not_mentioned, searched
from rag.ways.near import beside, near
from rag.ways.open_near import open_near
from rag.ways.reason import asked_of, cited_in, gives_reason, is_about, reason_near, reason_read

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
    bare: bool = False  # nothing but a question word was said: "Where?"
    earlier: tuple[Citation, ...] = ()  # what was quoted before the last answer, the latest first

    @property
    def sources(self) -> frozenset[str]:
        """The documents that were last quoted."""
        return frozenset(c.source for c in self.quoted)


def lean_of(asked: Question, last: Answer | None, history: Sequence[Answer] = ()) -> Lean:
    """What a follow-up leans on.

    Args:
        asked: it, made to stand alone.
        last: the last answer that quotes something; None where there is none.
        history: all earlier answers, oldest first.
    """
    fragment = fragment_of(corrected(asked.text))
    named = named_by(fragment) if fragment else frozenset()
    quoted = last.citations if last else ()
    placed = content_stems(fragment) if fragment and not named and not is_time(fragment) else None
    earlier = tuple(c for a in reversed(history) for c in a.citations if c not in quoted)
    return Lean(quoted, named, asked.asks is Asks.REASON, placed, bare_wh(asked.text) is not None, earlier)


def follow_up(ask: Ask, lean: Lean, look_up: LookUp, others: Iterable[Question] = ()) -> Events:
    """The first answer that fits, of the ways to look it up; else the search of everything that found nothing.

    Args:
        ask: the follow-up, made to stand alone, of everything in scope.
        lean: what it leans on.
        look_up: the way of a question.
        others: what else it may mean, likeliest first; made only where nothing was found before.
    """
    absent: list[Event] | None = None
    partly: list[Event] = []
    for attempt in _attempts(ask, lean, others):
        events = _near(attempt.ask, ask, lean) if attempt.near else look_up(attempt.ask)
        held: list[Event] = []
        for event in events:
            held.append(_as_asked(event, ask))
            if isinstance(event, Evidence) and event.citations and _fits(event.citations, lean, attempt.ask, ask):
                if _names_all(event.citations, lean, ask):
                    yield from held
                    yield from (_as_asked(e, ask) for e in events)
                    return
                held += [_as_asked(e, ask) for e in events]
                partly = partly or held
        if not attempt.near and attempt.ask is ask and not any(isinstance(e, Evidence) and e.citations for e in held):
            absent = held
    if lean.why and not partly and (reason := _reason(ask, lean)):
        partly = [*end(ask, reason)]
    if lean.bare and not partly and (thing := beside(ask, lean.quoted)):
        partly = [*end(ask, thing)]
    if not partly and (left := open_near(ask, lean.quoted)) and _fits(left.citations, lean, ask, ask):
        partly = [*end(ask, left)]
    if not partly and absent is None:
        query = ask.models.embedder.embed_query(ask.question.standalone)
        absent = [Evidence(()), Answered(not_mentioned(ask, searched(ask, query)))]
    yield from partly or absent or ()


def _reason(ask: Ask, lean: Lean) -> Composition | None:
    """A reason beside what is asked of: by its words, else as the reader sees it."""
    near_by = reason_near(ask, lean.quoted, lean.earlier)
    return near_by or reason_read(ask, (*asked_of(ask, lean.earlier), *lean.quoted[:1]))


@dataclass(frozen=True)
class _Attempt:
    """One way to look a follow-up up: in full, or around the last quote alone."""

    ask: Ask
    near: bool = False


def _attempts(ask: Ask, lean: Lean, others: Iterable[Question]) -> Iterator[_Attempt]:
    if lean.bare and lean.quoted:
        yield _Attempt(ask, near=True)
    if lean.quoted and ask.scope != lean.sources:
        yield _Attempt(replace(ask, scope=lean.sources))
    if not lean.bare:
        yield _Attempt(ask, near=True)
    yield _Attempt(ask)
    as_said = understand(ask.question.text, (), ask.models.understander)
    if as_said.standalone != ask.question.standalone and _says_enough(as_said, lean):
        yield _Attempt(replace(ask, question=as_said, scope=lean.sources if lean.quoted else ask.scope))
    if not lean.quoted:
        return
    if as_said.words and not lean.why:
        yield _Attempt(replace(ask, question=as_said), near=True)
    for other in others:
        yield _Attempt(replace(ask, question=other), near=True)
        yield _Attempt(replace(ask, question=other, scope=lean.sources))


def _near(attempt: Ask, ask: Ask, lean: Lean) -> Events:
    """The events of what stands around the last quote; none where nothing answers there."""
    if close := near(attempt, lean.quoted, lean.named or lean.placed or frozenset()):
        yield Retrieved(())
        yield from end(ask, close)


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
    if again and not lean.why and not _speaks(citations, told, ask):
        return False
    as_said = attempt.question.standalone != ask.question.standalone
    if lean.why and (again or as_said) and not any(gives_reason(c.quote) for c in citations):
        return False
    if lean.why and not again and not is_about(citations[0], lean.quoted, ask):
        return False
    if ask.question.asks is Asks.MONEY and lean.named and not _MONEY.search(told):
        return False
    return 2 * len(lean.named & content_stems(told)) >= len(lean.named)


def _names_all(citations: Sequence[Citation], lean: Lean, ask: Ask) -> bool:
    """Whether all that a fragment names stands in what was found."""
    return not lean.named or lean.named <= content_stems(" ".join(_told(c, ask) for c in citations))


def _speaks(citations: Sequence[Citation], told: str, ask: Ask) -> bool:
    """Whether the last quote, given again, can answer: it holds a word of what was said, or the thing asked for.

    "What did the headmaster call it?" is not answered by the quote before it, which knows no headmaster.
    """
    own = content_stems(ask.question.text)
    if not own or own & content_stems(told):
        return True
    typed = ask.question.asks not in (Asks.ANYTHING, Asks.DEFINITION, Asks.REASON)
    return typed and any(holds_type(ask.question, c.quote) for c in citations)


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
