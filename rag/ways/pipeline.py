"""A question's whole way, from its words to the settled answer: what is wanted decides which way it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.asking.differ_asked import borne_out, disagreement, which_time
from rag.asking.followup import corrected, readings
from rag.asking.foreign import ForeignQuestion, understand_foreign
from rag.asking.latest_asked import latest_asked
from rag.asking.moves import move_of
from rag.asking.part_asked import part_asked
from rag.asking.phrasing import Asked
from rag.asking.question import Asks, Question, Request
from rag.asking.scope import article_named, named_scope, scope_of
from rag.asking.trend_asked import trend_asked
from rag.asking.understand import understand
from rag.errors import mapped_model_errors
from rag.index.reader import Index
from rag.language.tongue import ENGLISH, asked_in
from rag.text.seen import visible
from rag.types import Answer, Evidence
from rag.ways.ask import Ask, Events, Models
from rag.ways.collection import over_all
from rag.ways.compare import compare_two
from rag.ways.differ import asked_of_several
from rag.ways.documents import about_documents
from rag.ways.explain import Clock
from rag.ways.follow_up import first_found, follow_up
from rag.ways.foreign import answer_abroad
from rag.ways.latest import latest
from rag.ways.lean import lean_of
from rag.ways.limits import Limit, limit_of
from rag.ways.look_up import look_up
from rag.ways.looked_up import looked_up
from rag.ways.moves import last_cited, moved, told_move
from rag.ways.part import part_of
from rag.ways.sent import with_recipients
from rag.ways.small_talk import small_talk
from rag.ways.stream import Stops
from rag.ways.summarise import summarise
from rag.ways.taken_back import asks_if_right, taken_back
from rag.ways.trend import trend_of, unasserted
from rag.ways.unsaid import found_whole, left_unsaid
from rag.ways.within import within


@dataclass(frozen=True)
class Pipeline:
    """The ways with their models."""

    models: Models

    def events(
        self, text: str, history: Sequence[Answer], sources: Sequence[str] | None, index: Index, stopped: Stops
    ) -> Events:
        """Everything that happens to a question; the last event is its answer."""

        def events(models: Models) -> Events:
            return replace(self, models=models)._events(text, history, sources, index, stopped)

        return with_recipients(self.models, events)

    def _events(
        self, text: str, history: Sequence[Answer], sources: Sequence[str] | None, index: Index, stopped: Stops
    ) -> Events:
        clock = Clock()
        scope = scope_of(index, sources)
        language = asked_in(text, index.languages(scope).keys())
        if language != ENGLISH:
            yield from self._abroad(
                text, language, history, Ask(understand(text), index, scope, self.models, clock, stopped)
            )
            return
        with mapped_model_errors():
            said = Ask(understand(text), index, scope, self.models, clock, stopped)
            last = last_cited(history, said) if history else None
            if last and (composed := self._moved(said, last, history)):
                yield from composed
                return
            asked = understand(text, history, self.models.understander, self.models.rewriter)
            yield from self._way(replace(said, question=asked), last, history)

    def _moved(self, said: Ask, last: Answer, history: Sequence[Answer]) -> Events | None:
        """The reply to a move about the last answer; None for a question of its own."""
        move = move_of(said.question.standalone)
        if move is None:
            return None
        topic = understand(last.standalone_question, (), self.models.understander)
        ask = replace(said, question=replace(topic, text=said.question.text))
        composed = moved(ask, move, last, history)
        return told_move(ask, composed) if composed else None

    def _way(self, ask: Ask, last: Answer | None, history: Sequence[Answer]) -> Events:
        """The way of a question in English.

        Args:
            ask: the question, made to stand alone.
            last: the last answer that quotes something; None where there is none.
            history: all earlier answers.
        """
        asked, index, scope = ask.question, ask.index, ask.scope
        if pair := self._two_articles(asked, index, scope):
            yield from compare_two(ask, pair)
            return
        alone, scope = named_scope(asked.standalone, index, scope, self.models.embedder)
        leans = bool(history) and scope == ask.scope and asked.standalone != visible(asked.text)
        asked = self._alone(asked, alone)
        ask = replace(ask, question=asked, scope=scope)
        if trend := trend_asked(alone):
            if told := trend_of(ask, trend):
                yield from found_whole(ask, told)
            else:
                yield from unasserted(self._as_asked(ask, alone, last, history, leans=leans), trend)
        else:
            yield from self._as_asked(ask, alone, last, history, leans=leans)

    def _as_asked(self, ask: Ask, alone: str, last: Answer | None, history: Sequence[Answer], *, leans: bool) -> Events:
        """The way of a question by its wording and the time that it names; the arguments are those of `_by_kind`."""
        asked = ask.question
        if (part := part_asked(alone)) and (told := part_of(ask, part, history)):
            yield from told
        elif newest := latest_asked(alone):
            yield from latest(ask, newest)
        elif wanted := disagreement(alone) or borne_out(alone):
            yield from asked_of_several(ask, wanted)
        elif last and asks_if_right(alone) and (back := taken_back(ask, last.citations)):
            yield from told_move(ask, back)
        elif leans and asked.asks is Asks.REASON:
            yield from self._follow_up(ask, last, history)
        elif limit := _limit(ask, alone):
            rest = limit.rest.standalone

            def way(one: Ask) -> Events:
                whole = one is ask
                return self._by_kind(one, alone if whole else rest, last, history, leans=leans and whole)

            yield from within(ask, limit, way)
        else:
            yield from self._by_kind(ask, alone, last, history, leans=leans)

    def _by_kind(
        self, ask: Ask, alone: str, last: Answer | None, history: Sequence[Answer], *, leans: bool = False
    ) -> Events:
        """The way of a question by what is wanted of the documents.

        Args:
            ask: the question.
            alone: its words without the document that they name.
            last: the last answer that quotes something; None where there is none.
            history: all earlier answers.
            leans: whether it leans on them.
        """
        asked = ask.question
        if asked.whole and asked.whole.asked is Asked.UNSAID:
            yield from left_unsaid(ask, asked.whole, last.citations if last else ())
        elif asked.whole and asked.whole.document:
            yield from about_documents(ask, asked.whole.document)
        elif asked.whole and not asked.whole.articles[0]:
            yield from over_all(ask, asked.whole)
        elif asked.request in (Request.LOOK_UP, Request.WHOLE):
            yield from self._follow_up(ask, last, history) if leans else looked_up(ask, alone)
        elif asked.request is Request.SUMMARY:
            yield from summarise(ask, history)
        else:
            yield from small_talk(ask)

    def _follow_up(self, ask: Ask, last: Answer | None, history: Sequence[Answer]) -> Events:
        lean = lean_of(ask.question, last, history)
        way = look_up if lean.why else lambda one: looked_up(one, one.question.standalone)
        return follow_up(ask, lean, way, self._others(ask, history))

    def _others(self, ask: Ask, history: Sequence[Answer]) -> Iterator[Question]:
        """What else a follow-up may mean."""
        hear, said = self.models.understander, corrected(visible(ask.question.text))
        for other in readings(said, ask.question.standalone, history, hear, self.models.rewriter):
            yield replace(understand(other, (), hear), text=ask.question.text)

    def _alone(self, asked: Question, alone: str) -> Question:
        """The question without the document that it names; of two times that it offers, as asked after the time."""
        if when := which_time(alone):
            return replace(understand(when, (), self.models.understander), text=asked.text)
        if alone == asked.standalone:
            return asked
        return replace(understand(alone, (), self.models.understander), text=asked.text, standalone=asked.standalone)

    def _abroad(self, text: str, language: str, history: Sequence[Answer], ask: Ask) -> Events:
        """The way of a question in another language than English."""
        question = understand_foreign(ask.question.standalone, language, history)
        asked = replace(ask, question=replace(ask.question, text=text, standalone=question.standalone))
        last = last_cited(history, ask)
        with mapped_model_errors():
            if question.standalone == ask.question.standalone or last is None:
                yield from answer_abroad(asked, question)
                return
            own = understand_foreign(ask.question.standalone, language)
            near = replace(asked, question=ask.question, scope=lean_of(ask.question, last).sources)
            attempts = ([answer_abroad(near, own)] if own.words else []) + [answer_abroad(asked, question)]
            yield from first_found(attempts, lambda found: _speaks_of(own, found) or not own.words)

    def _two_articles(self, asked: Question, index: Index, scope: frozenset[str] | None) -> tuple[str, str] | None:
        """The two articles that a question compares; None where it names no two that are there."""
        names = asked.whole.articles if asked.whole and asked.whole.articles[0] else ()
        found = tuple(article_named(name, index, scope, self.models.embedder) for name in names)
        return (found[0], found[1]) if len(found) == 2 and found[0] and found[1] else None


def _limit(ask: Ask, alone: str) -> Limit | None:
    """The time that a question is limited to; None for one that has its own way with times, or is no question."""
    asked = ask.question
    if asked.whole and asked.whole.document or asked.request not in (Request.LOOK_UP, Request.WHOLE, Request.SUMMARY):
        return None
    limit = limit_of(ask, alone)
    return limit if limit and (limit.asked.filters or asked.request is Request.LOOK_UP) else None


def _speaks_of(own: ForeignQuestion, found: Evidence) -> bool:
    told = " ".join(c.quote for c in found.citations).lower()
    return any(word.lower in told for word in own.words)
