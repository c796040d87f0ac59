"""A question that leans on the last answer, looked up where that stands before and after all else is.

"Who seconded it?" is mostly answered by the document that was just quoted; made to stand alone it may fit another
better, and as it was asked it fits everything. So the documents last quoted are asked for both forms, too. What is
found must speak of what the follow-up names ("And mustard?"), and a "Why?" must not get the quote that it asks about.
Where no document answers it so, it may have meant something else: its other readings are asked of the documents last
quoted. What holds all that a fragment names goes before what holds half of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.compose import TEXT_SAYS, Composition
from rag.asking.question import Form, Question
from rag.asking.understand import understand
from rag.language.words import content_stems
from rag.types import Answered, Event, Evidence, Retrieved
from rag.ways.ask import Ask, Events, end, not_mentioned, searched
from rag.ways.lean import Lean, fits, names_all
from rag.ways.near import beside, near
from rag.ways.open_near import open_near
from rag.ways.reason import asked_of, reason_near, reason_read

_ENOUGH = 2  # content words of a question that is looked up as it was said
LookUp = Callable[[Ask], Events]


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
            if isinstance(event, Evidence) and event.citations and fits(event.citations, lean, attempt.ask, ask):
                if names_all(event.citations, lean, ask) and attempt.ask.question.form is not Form.POLAR:
                    yield from held
                    yield from (_as_asked(e, ask) for e in events)
                    return
                held += [_as_asked(e, ask) for e in events]
                if names_all(event.citations, lean, ask) and _decided(held):
                    yield from held
                    return
                partly = partly or held
        if not attempt.near and attempt.ask is ask and not any(isinstance(e, Evidence) and e.citations for e in held):
            absent = held
    if not partly and (close := _beside(ask, lean)):
        partly = [*end(ask, close)]
    if not partly and absent is None:
        query = ask.models.embedder.embed_query(ask.question.standalone)
        absent = [Evidence(()), Answered(not_mentioned(ask, searched(ask, query)))]
    yield from partly or absent or ()


def _decided(held: Sequence[Event]) -> bool:
    """Whether a yes/no question is told Yes, No or that it is left open, not only quoted."""
    return any(isinstance(e, Answered) and not e.answer.text.startswith(TEXT_SAYS) for e in held)


def _beside(ask: Ask, lean: Lean) -> Composition | None:
    """What stands beside the last quote where nothing surely answers: a reason, the one thing asked for."""
    if lean.why:
        by_words = reason_near(ask, lean.quoted, lean.earlier)
        return by_words or reason_read(ask, (*asked_of(ask, lean.earlier), *lean.quoted[:1]))
    if lean.bare:
        return beside(ask, lean.quoted)
    left = open_near(ask, lean.quoted)
    return left if left and fits(left.citations, lean, ask, ask) else None


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
    for other in others if ask.question.form is not Form.POLAR else ():
        yield _Attempt(replace(ask, question=other), near=True)
        yield _Attempt(replace(ask, question=other, scope=lean.sources))


def _near(attempt: Ask, ask: Ask, lean: Lean) -> Events:
    """The events of what stands around the last quote; none where nothing answers there."""
    named = lean.named or lean.placed or frozenset()
    own = frozenset[str]() if attempt is ask or named else content_stems(ask.question.text)
    if close := near(attempt, lean.quoted, named, bare=lean.bare, own=own):
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
