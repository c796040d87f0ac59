"""Look a thing up: retrieve passages, weigh their sentences, quote the best, let the language model word it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, FloatArray
from rag.answering.as_of import as_of
from rag.answering.choose import choose
from rag.answering.compose import Composition, quoted
from rag.answering.days import with_days
from rag.answering.draft import Drafted, brief, settle, stream_draft
from rag.answering.own_draft import own_brief, settle_own, stream_own
from rag.answering.quote import Quote
from rag.answering.verify import Failure
from rag.answering.who_said import with_speaker
from rag.asking.question import Form
from rag.evidence import Weighing, weigh
from rag.evidence.abstention import enough
from rag.evidence.context import told_in_context
from rag.evidence.doer import names_doer
from rag.evidence.named_list import with_named_list
from rag.types import Answer, Answered, Draft, Event, Evidence, Passage, Retrieved, Voted
from rag.ways.as_then import as_then
from rag.ways.ask import EXTRACTIVE, Ask, Events, Finding, answered, end, not_mentioned, searched
from rag.ways.by_cells import by_cells
from rag.ways.by_yes_no import by_yes_no
from rag.ways.consult import Found, Second, consult, is_strong, likeliest, margin_of
from rag.ways.contested import contested, told_both
from rag.ways.explain import trace
from rag.ways.in_window import passages_for
from rag.ways.newest import newest_first
from rag.ways.not_chosen import not_chosen
from rag.ways.reckon import sum_of
from rag.ways.successive import successive, told
from rag.ways.superseded import superseded
from rag.ways.turned import told_turned, turned
from rag.ways.widen import widened


def look_up(ask: Ask, otherwise: Callable[[], Finding | None] = lambda: None) -> Events:
    """Find the answer in the sentences themselves.

    Args:
        ask: the question.
        otherwise: what is said where no sentence answers; where it finds nothing, the absence is proven.
    """
    asked, index, clock = ask.question, ask.index, ask.clock
    query = ask.models.embedder.embed_query(asked.standalone)
    passages = passages_for(ask, query)
    clock.mark("retrieve")
    yield Retrieved(passages)

    weighed = weigh(asked, query, passages, index, ask.models.embedder, ask.models.reader, ask.models.judge)
    if (summed := sum_of(ask, weighed.sentences)) is not None:
        yield from end(ask, summed)
        return
    by_table = by_yes_no(ask, weighed.sentences) or by_cells(ask, weighed.sentences)
    if told_of := by_table or not_chosen(ask, weighed.sentences):
        yield from end(ask, told_of)
        return
    weighed = with_named_list(asked, newest_first(asked, weighed, index), index)
    chosen = choose(asked, weighed, index)
    both = successive(asked, weighed, chosen, index)
    surely = bool(both and both.likely) or told_in_context(asked, weighed, index) or names_doer(asked, weighed)
    found_enough = bool(chosen) and (surely or enough(asked, weighed, index, ask.scope))
    if found_enough and both is None and ask.within is None:
        both = superseded(ask, weighed)
    if not found_enough:
        found = otherwise()
        if found is not None:
            yield from end(ask, found)
            return
        yield from _found_nothing(ask, query, passages, weighed)
        return
    stands = turned(asked, weighed, index)
    two = contested(asked, weighed, chosen, index) if both is None and stands is None else None
    if both is None:
        chosen = with_speaker(asked, chosen, index)
    composed = told(both, chosen[0], index) if both else as_of(quoted(asked, chosen), chosen, index)
    if both is None:
        composed = as_then(composed, chosen, weighed, index)
    if stands:
        composed = told_turned(stands, chosen, index)
    if two:
        composed = told_both(two, index)
    clock.mark("first_quote")
    yield Evidence(composed.citations)

    own = both is None and stands is None and two is None and not any(quote.is_whole for quote in chosen)
    yield from _worded(ask, query, _Weighed(passages, weighed), chosen, composed, own=own)


@dataclass(frozen=True)
class _Weighed:
    """What was retrieved, and what it weighs."""

    passages: Sequence[Passage]
    weighing: Weighing


def _found_nothing(ask: Ask, query: FloatArray, passages: Sequence[Passage], weighed: Weighing) -> Events:
    """Where the reader finds no answer: the proven absence, unless a stronger model surely knows better."""
    llm, second = is_strong(ask), None
    checks: tuple[tuple[str, str], ...] = ()
    if llm is not None:
        nothing = Found(None, likeliest(weighed), margin=margin_of(weighed))
        wide = widened(ask, llm, passages, nothing)
        second = yield from consult(ask, llm, wide.passages, weighed, nothing, wide.parts)
        checks = (*wide.checks, *(second.checks if second else ()))
    absent = not_mentioned(ask, searched(ask, query))
    lines = trace(ask.question, passages, weighed, checks)
    if llm is None or second is None:
        yield Evidence(())
        yield Answered(absent, lines)
        return
    of = second.composition
    model = answered(ask, with_days(ask.question, of, ask.index), second.worded_by(llm) or EXTRACTIVE) if of else absent
    given = model if second.preferred else absent
    yield Evidence(given.citations)
    yield Answered(given, lines, Voted(absent, model, second.standing))


def _worded(
    ask: Ask, query: FloatArray, of: _Weighed, chosen: Sequence[Quote], composed: Composition, *, own: bool
) -> Events:
    """The answer as a language model words it, where it may: `own` where nothing of it was worked out by code."""
    asked, checks = ask.question, list[tuple[str, str]]()
    if own and (strong := is_strong(ask)) is not None:
        reader = answered(ask, with_days(asked, composed, ask.index))
        found = _found(ask, of.weighing, chosen, composed)
        wide = widened(ask, strong, of.passages, found)
        second = yield from consult(ask, strong, wide.passages, of.weighing, found, wide.parts)
        lines = trace(asked, of.passages, of.weighing, (*wide.checks, *(second.checks if second else ())))
        yield _settled(ask, strong, query, reader, second, lines)
        return
    llm, settled = ask.models.llm if ask.models.drafts and own else None, None
    if llm is not None:
        settled = yield from _drafted(ask, llm, chosen, composed, checks)
    worded = settled is not None and settled.claims[0].verdict == "supported"
    yield Answered(
        answered(ask, with_days(asked, settled or composed, ask.index), llm.name if llm and worded else EXTRACTIVE),
        trace(asked, of.passages, of.weighing, checks),
    )


def _found(ask: Ask, weighing: Weighing, chosen: Sequence[Quote], composed: Composition) -> Found:
    best, question = chosen[0], ask.question
    words = ask.text_of(best.source)[best.answer.start : best.answer.end] if best.answer else ""
    said = best.said if question.form is Form.POLAR else None
    several = question.plural and len(chosen) > 1
    return Found(composed, likeliest(weighing), said, best.best, words, several, margin_of(weighing))


def _settled(
    ask: Ask, llm: LLM, query: FloatArray, reader: Answer, second: Second | None, lines: tuple[tuple[str, str], ...]
) -> Answered:
    """The reader's answer or the model's, as was measured; an absence only after the search of everything."""
    if second is None:
        return Answered(replace(reader, timings=ask.clock.timings()), lines)
    if second.composition is not None:
        words = second.worded_by(llm) or EXTRACTIVE
        model = answered(ask, with_days(ask.question, second.composition, ask.index), words)
    elif second.preferred:
        model = not_mentioned(ask, searched(ask, query))
    else:  # it is not given, so nothing need be searched for it
        model = replace(reader, status="not_mentioned", text="", claims=(), citations=())
    given = model if second.preferred else reader
    return Answered(replace(given, timings=ask.clock.timings()), lines, Voted(reader, model, second.standing))


def _drafted(
    ask: Ask, llm: LLM, chosen: Sequence[Quote], composed: Composition, checks: list[tuple[str, str]]
) -> Generator[Event, None, Composition | None]:
    """Stream the LLM's draft; return the composition that it becomes, or None if it fails a check."""
    raw = ""
    draft = _draft_of(ask, llm, chosen, composed)
    if draft is None:
        return None
    for delta in draft.words:
        ask.clock.mark("first_token")
        raw += delta
        yield Draft(delta)
    settled, drafted, failures = draft.settle(raw)
    checks += [
        ("asked to say", draft.told),
        ("draft", drafted.text),
        *((f"failed: {f.check}", f.detail) for f in failures),
    ]
    return settled


@dataclass(frozen=True)
class _Draft:
    """A draft on its way: what the model reads, its words as they come, and what becomes of them."""

    told: str
    words: Iterator[str]
    settle: Callable[[str], tuple[Composition | None, Drafted, tuple[Failure, ...]]]


def _draft_of(ask: Ask, llm: LLM, chosen: Sequence[Quote], composed: Composition) -> _Draft | None:
    """In the model's own words where they can be verified, else a clause of what is quoted."""
    question, models, verifier = ask.question, ask.models, ask.models.verifier
    if verifier is not None and models.reader is not None:
        own = own_brief(question, chosen, models.reader, ask.text_of)
        if own is None:
            return None
        words = stream_own(own, llm, ask.stopped)
        return _Draft(" ".join(own.sentences), words, lambda raw: settle_own(raw, own, composed, verifier))
    piece = brief(question, chosen, models.reader, ask.text_of)
    if piece is None:
        return None
    return _Draft(piece.told, stream_draft(piece, llm, ask.stopped), lambda raw: settle(raw, piece, composed))
