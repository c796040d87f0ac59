"""What leaves this computer for a question: the models that are elsewhere are watched, and the answer names them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.address import Sends
from models.protocols import LLM, Embedder, EmbedderInfo, FloatArray, Identified, Message
from rag.types import Answered, Event
from rag.ways.ask import Events, Models


def recipients(models: Models) -> tuple[str, ...]:
    """The other machines that texts may be sent to; none where all models are on this one."""
    hosts = (_recipient(model) for model in (models.embedder, models.llm, models.rewriter))
    return tuple(dict.fromkeys(host for host in hosts if host))


def with_recipients(models: Models, events: Callable[[Models], Events]) -> Generator[Event, None, None]:
    """The events of a question, its answer with the machines that something of it was sent to.

    Args:
        models: those that it meets.
        events: makes its events with them.
    """
    if not recipients(models):
        yield from events(models)
        return
    sent: dict[str, None] = {}
    for event in events(_watched(models, sent)):
        if isinstance(event, Answered) and sent:
            event = replace(event, answer=replace(event.answer, sent_to=tuple(sent)))
        yield event


def with_store(host: str | None, events: Events) -> Generator[Event, None, None]:
    """The events of a question that was looked up on another machine, its answer with that one; None for this one."""
    for event in events:
        if isinstance(event, Answered) and host:
            sent = dict.fromkeys((*event.answer.sent_to, host))
            event = replace(event, answer=replace(event.answer, sent_to=tuple(sent)))
        yield event


def _recipient(model: object) -> str | None:
    return model.recipient if isinstance(model, Sends) else None


def _watched(models: Models, sent: dict[str, None]) -> Models:
    def llm(model: LLM | None) -> LLM | None:
        host = _recipient(model)
        return _WatchedLLM(model, host, sent) if model is not None and host else model

    host = _recipient(models.embedder)
    embedder = _WatchedEmbedder(models.embedder, host, sent) if host else models.embedder
    return replace(models, embedder=embedder, llm=llm(models.llm), rewriter=llm(models.rewriter))


@dataclass(frozen=True)
class _WatchedLLM:
    """A language model elsewhere; satisfies `LLM`."""

    of: LLM
    recipient: str
    sent: dict[str, None]

    @property
    def name(self) -> str:
        return self.of.name

    @property
    def identity(self) -> str:
        return self.of.identity if isinstance(self.of, Identified) else self.of.name

    @property
    def trained(self) -> bool:
        return self.of.trained

    @property
    def context_tokens(self) -> int:
        return self.of.context_tokens

    def count_tokens(self, messages: Sequence[Message]) -> int:
        return self.of.count_tokens(messages)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        grammar: str | None = None,
        schema: Mapping[str, Any] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        self.sent[self.recipient] = None
        return self.of.stream(messages, max_tokens=max_tokens, grammar=grammar, schema=schema, should_stop=should_stop)


@dataclass(frozen=True)
class _WatchedEmbedder:
    """An embedder elsewhere; satisfies `Embedder`."""

    of: Embedder
    recipient: str
    sent: dict[str, None]

    @property
    def info(self) -> EmbedderInfo:
        return self.of.info

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.of.count_tokens(texts)

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        self.sent[self.recipient] = None
        return self.of.embed(texts, progress)

    def embed_query(self, text: str) -> FloatArray:
        self.sent[self.recipient] = None
        return self.of.embed_query(text)
