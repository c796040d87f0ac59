"""One question on its way, and how it ends: every way hands its finding over here."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from models.protocols import LLM, Embedder, EvidenceModel, FloatArray, Judge, Understander
from rag.answering.absence import absence, wording
from rag.answering.compose import Composition
from rag.answering.verifier import Verifier
from rag.answering.votes import Votes
from rag.asking.question import Question
from rag.index.reader import Index
from rag.language.tongue import ENGLISH, SPOKEN
from rag.language.which import name_of
from rag.types import Absence, Answer, Answered, Event, Evidence, Sentence
from rag.ways.explain import Clock
from rag.ways.stream import Stops

EXTRACTIVE = "extractive"  # `Answer.model` when no word of the text is an LLM's

Events: TypeAlias = Generator[Event, None, None]
Fits: TypeAlias = Callable[[Sentence], bool]


@dataclass(frozen=True)
class Models:
    """The models that a question meets.

    Args:
        embedder: the one that made the index.
        llm: writes drafts; None where there is none.
        drafts: whether it does.
        reader: reads the retrieved passages; None to go by rules and similarity alone.
        understander: reads what is asked, and what a follow-up leaves out; None to go by fixed wordings alone.
        judge: a second opinion on what the reader finds likeliest; None to do without.
        rewriter: makes follow-ups stand alone; None to go by what the understander marks.
        own_words: whether drafts may say it otherwise than the quote, where reader and judge verify them.
        votes: who decides where the reader and a model of one's own differ; None to give the reader the veto.
    """

    embedder: Embedder
    llm: LLM | None
    drafts: bool
    reader: EvidenceModel | None
    understander: Understander | None = None
    judge: Judge | None = None
    rewriter: LLM | None = None
    own_words: bool = False
    votes: Votes | Literal["stored"] | None = None

    @property
    def checks(self) -> Verifier | None:
        """What verifies a statement by its text; None where the reader or the judge is missing."""
        return Verifier(self.reader, self.judge) if self.reader is not None and self.judge is not None else None

    @property
    def verifier(self) -> Verifier | None:
        """What lets drafts in the model's own words pass; None without, or where a model for them is missing."""
        return self.checks if self.own_words and self.llm and self.llm.trained else None


@dataclass(frozen=True)
class Within:
    """Which sentences may answer a question that is limited to a time; `sources` are the documents of that time."""

    fits: Fits
    sources: frozenset[str]


@dataclass(frozen=True)
class Ask:
    """One question on its way: what it asks, of which articles, by which models, since when, until when.

    `within`: which sentences may answer; None for all in scope.
    """

    question: Question
    index: Index
    scope: frozenset[str] | None
    models: Models
    clock: Clock
    stopped: Stops
    within: Within | None = None

    def text_of(self, source: str) -> str:
        """The text of an article."""
        return self.index.document(source).text


@dataclass(frozen=True)
class NotMentioned:
    """Nothing to cite: the words for it, and the search that they rest on."""

    text: str
    absence: Absence


Finding: TypeAlias = Composition | NotMentioned


def end(ask: Ask, found: Finding) -> Events:
    """The last events of a question whose answer no language model words."""
    if isinstance(found, NotMentioned):
        yield Evidence(())
        yield Answered(not_mentioned(ask, found))
        return
    ask.clock.mark("first_quote")
    yield Evidence(found.citations)
    yield Answered(answered(ask, found))


def answered(ask: Ask, composed: Composition, model: str = EXTRACTIVE) -> Answer:
    """The answer that a composition is."""
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


def not_mentioned(ask: Ask, found: NotMentioned) -> Answer:
    """The answer that a search without a finding is."""
    asked = ask.question
    return Answer(
        asked.text,
        asked.standalone,
        "not_mentioned",
        found.text,
        (),
        (),
        found.absence,
        EXTRACTIVE,
        ask.clock.timings(),
    )


def searched(ask: Ask, query: FloatArray) -> NotMentioned:
    """What a search of everything in scope shows of a question that nothing answers.

    Args:
        ask: the question.
        query: its vector, shape (dimension,).
    """
    found = absence(ask.question, query, ask.index, ask.scope, ask.models.embedder)
    return NotMentioned(in_their_language(ask, wording(found, sorted(ask.scope) if ask.scope else None)), found)


def in_their_language(ask: Ask, words: str) -> str:
    """An English absence; where all that was searched is in one other language, with the advice to ask in that."""
    languages = ask.index.languages(ask.scope)
    only = next(iter(languages)) if len(languages) == 1 else ENGLISH
    if only not in SPOKEN or len(languages[only]) < ask.index.article_count(ask.scope):
        return words
    name, one = name_of(only), len(languages[only]) == 1
    return f"{words} {'It is' if one else 'They are'} in {name}: a question in {name} finds more."
