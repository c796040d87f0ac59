"""A question's whole way, from its words to the settled answer."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, Embedder, EvidenceModel, FloatArray
from rag.absence import absence, wording
from rag.compose import Composition, Quote, choose, quoted, summary
from rag.corpus.answer import Asking, NotMentioned, answer_whole
from rag.corpus.answer_mentioned import asks_the_evidence, stands_there
from rag.corpus.compared import answer_compared
from rag.corpus.comparison import compare
from rag.corpus.questions import WholeQuestion, named_articles, whole_question
from rag.draft import brief, settle, stream_draft
from rag.evidence import Weighed, Weighing, weigh
from rag.explain import Clock, trace
from rag.index.reader import Index
from rag.language.variants import name_in
from rag.language.words import content_stems, stem
from rag.model_errors import mapped_model_errors
from rag.question import Question, Request
from rag.replies import reply
from rag.requests import said_about, summary_topic
from rag.retrieve import retrieve
from rag.scope import article_named, named_scope, scope_of
from rag.stream import Stops
from rag.summarise import summarise, summarise_topic
from rag.types import Absence, Answer, Answered, Draft, Event, Evidence, Retrieved, Sentence
from rag.understand import understand

EXTRACTIVE = "extractive"  # `Answer.model` when no word of the text is an LLM's
_THIS_ONE = re.compile(r"\b(?:it|this|that|the\s+(?:\w+\s+)?(?:article|text|story|report|piece|document))\b", re.I)

Events = Generator[Event, None, None]


@dataclass(frozen=True)
class Ask:
    """One question on its way: what it asks, of which articles, since when."""

    question: Question
    index: Index
    scope: frozenset[str] | None
    clock: Clock

    def text_of(self, source: str) -> str:
        """The text of an article."""
        return self.index.document(source).text


@dataclass(frozen=True)
class Pipeline:
    """The steps with their models.

    Args:
        embedder: the one that made the index.
        llm: writes drafts.
        drafts: whether it does.
        reader: reads the retrieved passages; None to go by rules and similarity alone.
    """

    embedder: Embedder
    llm: LLM
    drafts: bool
    reader: EvidenceModel | None

    def events(
        self, text: str, history: Sequence[Answer], sources: Sequence[str] | None, index: Index, stopped: Stops
    ) -> Events:
        """Everything that happens to a question; the last event is its answer."""
        clock = Clock()
        asked = understand(text, history)
        scope = scope_of(index, sources)
        with mapped_model_errors():
            pair = self._two_articles(asked, index, scope)
            if pair:
                yield from self._compare(Ask(asked, index, scope, clock), pair)
                return
            alone, scope = named_scope(asked.standalone, index, scope, self.embedder)
            if alone != asked.standalone:
                asked = replace(understand(alone), text=text, standalone=asked.standalone)
            ask = Ask(asked, index, scope, clock)
            if asked.request is Request.WHOLE and not named_articles(alone):
                yield from self._whole(ask, alone, stopped)
            elif asked.request in (Request.LOOK_UP, Request.WHOLE):
                yield from self._look_up(ask, stopped, about=said_about(alone))
            elif asked.request is Request.SUMMARY:
                yield from self._summary(replace(ask, scope=_spoken_of(ask, history)), alone)
            else:
                yield Retrieved(())
                yield Evidence(())
                yield Answered(_not_mentioned(ask, *reply(asked.request, index, scope)))

    def _look_up(
        self, ask: Ask, stopped: Stops, counted: WholeQuestion | None = None, about: str | None = None
    ) -> Events:
        """Find the answer; where there is none, `counted` may be counted, and what is said `about` a thing be told."""
        asked, index, clock = ask.question, ask.index, ask.clock
        query = self.embedder.embed_query(asked.standalone)
        passages = retrieve(asked, query, index, ask.scope)
        clock.mark("retrieve")
        yield Retrieved(passages)

        weighed = weigh(asked, query, passages, index, self.embedder, self.reader)
        chosen = choose(asked, weighed, ask.text_of) if enough(ask, weighed) else ()
        if not chosen:
            if counted:
                yield from self._settle(ask, answer_whole(Asking(counted, index, ask.scope, self.embedder)))
                return
            if about and (told := summarise_topic(understand(about), index, ask.scope, self.embedder)):
                yield from self._settle(ask, self._summed_up(ask, told))
                return
            yield Evidence(())
            yield Answered(self._absent(ask, query), trace(asked, passages, weighed, []))
            return
        composed = quoted(asked, chosen)
        clock.mark("first_quote")
        yield Evidence(composed.citations)

        checks: list[tuple[str, str]] = []
        settled = None
        if self.drafts:
            settled = yield from self._drafted(ask, chosen, composed, checks, stopped)
        worded = settled is not None and settled.claims[0].verdict == "supported"
        yield Answered(
            _answered(ask, settled or composed, self.llm.name if worded else EXTRACTIVE),
            trace(asked, passages, weighed, checks),
        )

    def _drafted(
        self,
        ask: Ask,
        chosen: Sequence[Quote],
        composed: Composition,
        checks: list[tuple[str, str]],
        stopped: Stops,
    ) -> Generator[Event, None, Composition | None]:
        """Stream the LLM's draft; return the composition that it becomes, or None if it fails a check."""
        raw = ""
        told = brief(ask.question, chosen, self.reader, ask.text_of)
        if told is None:
            return None
        for delta in stream_draft(told, self.llm, stopped):
            ask.clock.mark("first_token")
            raw += delta
            yield Draft(delta)
        settled, drafted, failures = settle(raw, told, composed)
        checks += [
            ("asked to say", told.told),
            ("draft", drafted.text),
            *((f"failed: {f.check}", f.detail) for f in failures),
        ]
        return settled

    def _summary(self, ask: Ask, alone: str) -> Events:
        """A summary; `alone` is the question without the article that it names."""
        topic = summary_topic(alone)
        if topic is None or "this article" in topic:
            sentences = summarise(ask.index, ask.scope, self.embedder)
        else:
            sentences = summarise_topic(understand(topic), ask.index, ask.scope, self.embedder)
        yield Retrieved(())
        if not sentences:
            yield Evidence(())
            about = ask.question if topic is None else replace(ask.question, topics=understand(topic).topics)
            query = self.embedder.embed_query(topic or ask.question.standalone)
            yield Answered(self._absent(replace(ask, question=about), query))
            return
        yield from self._settle(ask, self._summed_up(ask, sentences))

    def _summed_up(self, ask: Ask, sentences: Sequence[Sentence]) -> Composition:
        return summary(sentences, {s.source: ask.index.document(s.source).title for s in sentences})

    def _whole(self, ask: Ask, alone: str, stopped: Stops) -> Events:
        """A question that only all articles together answer; `alone` is it without the article that it names."""
        whole = whole_question(alone)
        assert whole is not None
        if asks_the_evidence(whole, ask.index, ask.scope):
            yield from self._look_up(ask, stopped, whole if stands_there(whole, ask.index, ask.scope) else None)
            return
        yield Retrieved(())
        yield from self._settle(ask, answer_whole(Asking(whole, ask.index, ask.scope, self.embedder)))

    def _two_articles(self, asked: Question, index: Index, scope: frozenset[str] | None) -> tuple[str, str] | None:
        """The two articles that a question compares; None where it names no two that are there."""
        names = named_articles(asked.standalone)
        found = tuple(article_named(name, index, scope, self.embedder) for name in names)
        return (found[0], found[1]) if len(found) == 2 and found[0] and found[1] else None

    def _compare(self, ask: Ask, pair: tuple[str, str]) -> Events:
        """What one article has that another leaves out, and where they differ."""
        whole = whole_question(ask.question.standalone)
        assert whole is not None
        yield Retrieved(())
        found = compare(*pair, ask.index, self.embedder, self.reader)
        yield from self._settle(ask, answer_compared(whole.asked, found, ask.index))

    def _settle(self, ask: Ask, found: Composition | NotMentioned) -> Events:
        if isinstance(found, NotMentioned):
            yield Evidence(())
            yield Answered(_not_mentioned(ask, found.text, found.absence))
            return
        ask.clock.mark("first_quote")
        yield Evidence(found.citations)
        yield Answered(_answered(ask, found, EXTRACTIVE))

    def _absent(self, ask: Ask, query: FloatArray) -> Answer:
        found = absence(ask.question, query, ask.index, ask.scope, self.embedder)
        return _not_mentioned(ask, wording(found, sorted(ask.scope) if ask.scope else None), found)


def _answered(ask: Ask, composed: Composition, model: str) -> Answer:
    asked = ask.question
    return Answer(
        asked.text,
        asked.standalone,
        "answered",
        composed.text,
        composed.claims,
        composed.citations,
        None,
        model,
        ask.clock.timings(),
    )


def _not_mentioned(ask: Ask, words: str, found: Absence) -> Answer:
    asked = ask.question
    return Answer(asked.text, asked.standalone, "not_mentioned", words, (), (), found, EXTRACTIVE, ask.clock.timings())


def _spoken_of(ask: Ask, history: Sequence[Answer]) -> frozenset[str] | None:
    """The articles that a summary is wanted of: "it" is the one that was quoted last, if all are asked."""
    cited = history[-1].citations if history else ()
    if ask.scope is None and cited and _THIS_ONE.search(ask.question.text) and cited[0].source in ask.index.sources():
        return frozenset({cited[0].source})
    return ask.scope


def enough(ask: Ask, weighed: Weighing) -> bool:
    """Whether there is an answer: it is likely enough, and what it is asked about stands in scope at all.

    Every name must; of a topic that may or may not have been discussed, at least one word.
    """
    asked = ask.question
    if not weighed.enough or not all(_named(name, weighed.sentences, ask) for name in asked.named):
        return False
    return not asked.discussed or any(ask.index.find(word, ask.scope) for word in asked.discussed)


def _named(name: str, weighed: Sequence[Weighed], ask: Ask) -> bool:
    """Whether a name, or a variant of it among the weighed sentences, stands anywhere in scope."""
    if any(name_in(stem(name), content_stems(w.sentence.text)) for w in weighed):
        return True
    return bool(ask.index.find(name, ask.scope))
