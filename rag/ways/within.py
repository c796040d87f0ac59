"""A question that is limited to a time: what lies outside it is no answer, however well it fits.

It is looked up as it stands first, since "Who left in 2019?" is answered by "Ann Lee left in 2019". Where that answer
belongs to another time, or there is none, the question is asked once more without its time, of the sentences that
belong to it. What stays outside is never told as an answer: it is named with its day, beneath the proof of the absence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answering.absence import absence, wording
from rag.answering.compose import TEXT_SAYS
from rag.asking.question import Request
from rag.types import Absence, Answer, Answered, Event, Evidence, Near, Retrieved, Sentence
from rag.ways.ask import Ask, Events, NotMentioned, Within, not_mentioned
from rag.ways.in_window import Placed, Standing, dated_in, placed, told_of, undated
from rag.ways.limits import Limit
from rag.ways.look_up import look_up
from rag.ways.reason import cited_in
from rag.ways.told_on import day_of

_YES_NO = re.compile(r"(?P<said>Yes|No): ")
_TO_COME = re.compile(r"\b(?:will|shall|going[ ]to|due|plan(?:s|ned)?|expected|scheduled|next)\b", re.I)
_ALL = re.compile(r"(?:what|all[ ]that|everything(?:[ ]that)?)[ ](?:(?:has|was|is)[ ])?(?:happened|said|new)", re.I)
_NEAREST = 3


def within(ask: Ask, limit: Limit, way: Callable[[Ask], Events]) -> Events:
    """A question limited to a time.

    Args:
        ask: the question as it stands.
        limit: the time that it is limited to.
        way: how it is answered without one.
    """
    if limit.asked.filters and limit.rest.request is not Request.LOOK_UP:
        yield from _of_its_documents(ask, limit, way)
        return
    held = list(way(ask))
    answer = _answer(held)
    at = _cited(answer, limit, ask)
    if at and at.standing is Standing.IN:
        yield from held if at.own else _led(held, ask, limit)
        return
    if at is None and answer.status == "answered":  # a count, a sum: what it rests on has no one day
        yield from held
        return
    filters = limit.asked.filters
    if at and at.standing is Standing.UNDATED and not filters:
        yield from held
        return
    inner = list(look_up(_narrowed(ask, limit)))
    if _answer(inner).status == "answered":
        yield from _led(inner, ask, limit)
    elif at is None:
        yield from _absent(ask, limit, held) if filters else held
    elif at.standing is Standing.UNDATED:
        yield from _with_lead(held, ask, "In a document without a date")
    elif at.own or filters and not _TO_COME.search(ask.question.text):
        yield from _absent(ask, limit, held)
    else:
        yield from _with_lead(held, ask, f"As of {_day(answer, ask)}")


def _answer(events: Sequence[Event]) -> Answer:
    last = events[-1]
    assert isinstance(last, Answered)
    return last.answer


def _narrowed(ask: Ask, limit: Limit) -> Ask:
    """The question without its time, of the sentences that belong to it.

    Where its time may be a part of the fact, only those of its documents: one that names it was found as it stands.
    """
    sources = dated_in(limit.window, ask.index)
    of = sources if ask.scope is None else sources & ask.scope

    def fits(sentence: Sentence) -> bool:
        at = placed(sentence, limit.window, ask.index, strict=True)
        return at.standing is Standing.IN and (limit.asked.filters or sentence.source in of)

    return replace(ask, question=replace(limit.rest, text=ask.question.text), within=Within(fits, of))


def _of_its_documents(ask: Ask, limit: Limit, way: Callable[[Ask], Events]) -> Events:
    """A question to all documents, asked of those of the time."""
    sources = dated_in(limit.window, ask.index)
    scope = sources if ask.scope is None else sources & ask.scope
    if not scope:
        yield Retrieved(())
        yield from _absent(ask, limit, ())
        return
    about = limit.rest.about
    if about and _ALL.fullmatch(about.strip(" ?!.")):
        about = None
    question = replace(limit.rest, text=ask.question.text, about=about)
    held = list(way(replace(ask, question=question, scope=scope)))
    yield from _led(held, ask, limit)


def _cited(answer: Answer, limit: Limit, ask: Ask) -> Placed | None:
    """Where the first quote stands to the time; None where nothing is quoted, or nothing of one day."""
    if answer.status != "answered" or not answer.citations or answer.claims[0].verdict != "quoted":
        return None
    strict, window = limit.asked.filters, limit.window
    found = [placed(s, window, ask.index, strict=strict) for s in cited_in(ask, answer.citations[0])]
    best = [p for p in found if p.standing is Standing.IN]
    if best or not found:
        return next((p for p in best if p.own), best[0]) if best else None
    first = cited_in(ask, answer.citations[0])[0]
    told = not strict and not found[0].own and told_of(first, window, ask.index)
    return Placed(Standing.IN, own=True) if told else found[0]


def _day(answer: Answer, ask: Ask) -> str:
    return day_of(cited_in(ask, answer.citations[0])[0], ask.index).in_words


def _led(events: Sequence[Event], ask: Ask, limit: Limit) -> Events:
    yield from _with_lead(events, ask, limit.lead(ask))


def _with_lead(events: Sequence[Event], ask: Ask, lead: str) -> Events:
    for event in events:
        yield replace(event, answer=_with(event.answer, ask, lead)) if isinstance(event, Answered) else event


def _with(answer: Answer, ask: Ask, lead: str) -> Answer:
    """The answer with a lead before its first claim; Yes and No stay its first word."""
    answer = replace(answer, question=ask.question.text, standalone_question=ask.question.standalone)
    if not answer.claims or not answer.text.startswith(answer.claims[0].text):
        return replace(answer, text=f"{lead}: {answer.text}")
    first = answer.claims[0]
    said = _YES_NO.match(first.text)
    bare = first.text[said.end() :] if said else first.text.removeprefix(f"{TEXT_SAYS}: ")
    opening = f"{said['said']}, {lead[:1].lower()}{lead[1:]}" if said else lead
    told = replace(first, text=f"{opening}: {bare}")
    return replace(answer, text=f"{told.text}{answer.text[len(first.text) :]}", claims=(told, *answer.claims[1:]))


def _absent(ask: Ask, limit: Limit, held: Sequence[Event]) -> Events:
    """Nothing of that time says it: what was searched, and what comes nearest of another day."""
    yield from (e for e in held if isinstance(e, Retrieved))
    yield Evidence(())
    if held and not _answer(held).citations:  # with its time the question may find less than without
        held = list(look_up(replace(ask, question=replace(limit.rest, text=ask.question.text))))
    outside = cited_in(ask, _answer(held).citations[0]) if held and _answer(held).citations else []
    of_it = (placed(s, limit.window, ask.index, strict=True).standing is Standing.IN for s in outside[:1])
    yield Answered(not_mentioned(ask, nothing_of(ask, limit, () if any(of_it) else outside[:1])))


def nothing_of(ask: Ask, limit: Limit, outside: Sequence[Sentence]) -> NotMentioned:
    """That nothing of a time says it, with what was searched: all documents of that time, and those without a date.

    Args:
        ask: the question.
        limit: the time.
        outside: what answers of another day, the best first.
    """
    of = dated_in(limit.window, ask.index)
    dated, silent = of if ask.scope is None else of & ask.scope, undated(ask.index, ask.scope)
    scope = dated | silent
    query = ask.models.embedder.embed_query(limit.rest.standalone)
    nowhere = Absence((), ask.index.searched(frozenset()), ())
    found = absence(limit.rest, query, ask.index, scope, ask.models.embedder) if scope else nowhere
    many = "no document is" if not dated else "1 document is" if len(dated) == 1 else f"{len(dated):,} documents are"
    text = f"{limit.words[:1].upper()}{limit.words[1:]}: {many} of that time"
    if silent:
        one = len(silent) == 1
        text += f"; {len(silent):,} give{'s' if one else ''} no date and {'was' if one else 'were'} searched, too"
    text += f". {wording(found, None)}" if scope else "."
    for sentence in outside[:1]:
        day = day_of(sentence, ask.index).in_words
        text += f" What comes nearest is of {day or 'another time'}, outside that time."
        first = Near(sentence.source, sentence.text, sentence.start, sentence.end, 1.0)
        apart = {(n.source, n.start): n for n in (first, *found.nearest)}
        found = replace(found, nearest=tuple(apart.values())[:_NEAREST])
    return NotMentioned(text, found)
