"""Summaries over many documents by a stronger model: each document is told by itself, then all of them together.

The quotes that stand for a summary without such a model come first and stay where it says less (`summed_up`); what it
says is verified sentence by sentence (`rag.answering.digest`).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace

from models.protocols import LLM
from rag.answering.compose import Composition
from rag.answering.digest import OF_EACH, summed_up, told_of_all, told_of_one
from rag.answering.prompts import evidence_prompt
from rag.answering.reply_form import MAX_SENTENCES, Reply, Told
from rag.answering.synthesis import Part, Shown, Verified
from rag.answering.verifier import Verifier
from rag.answering.verify import Failure
from rag.asking.understand import understand
from rag.types import Event, Sentence
from rag.ways.ask import Ask
from rag.ways.central import by_document, by_document_about
from rag.ways.consult import MAX_TOKENS, replied
from rag.ways.telling import described


@dataclass(frozen=True)
class Digesting:
    """Who tells it, who verifies it, and of what it is."""

    llm: LLM
    verifier: Verifier
    topic: str | None  # None: of all that the documents say


@dataclass(frozen=True)
class Digested:
    """The summary in the model's words; None where the quotes stand. And what to say of it in the trace."""

    composition: Composition | None
    checks: tuple[tuple[str, str], ...] = ()


@dataclass
class _Told:
    """What was told so far: of which documents, and what failed."""

    documents: list[tuple[str, tuple[Part, ...]]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def digest(ask: Ask, by: Digesting, quotes: Composition) -> Generator[Event, None, Digested]:
    """Map, then reduce. Only the words of the last step are drafts: those before it are told by nobody.

    Args:
        ask: the question.
        by: the model, what verifies it, and the topic.
        quotes: the summary without it.
    """
    documents = _documents(ask, by)
    titles = {of[0].source: ask.index.document(of[0].source).title for of in documents}
    every = tuple(s for of in documents for s in of)
    shown = Shown(every, titles, {s.id: 1.0 for s in every})  # as of quotes that sum up
    told, first = _Told(), 0
    for sentences in documents:
        if ask.stopped():
            return Digested(None)
        reply = yield from _of_one(ask, by, sentences, silent=len(documents) > 1)
        if reply is not None and reply.answered:
            most = OF_EACH if len(documents) > 1 else MAX_SENTENCES
            found = told_of_one(_moved(reply, first), shown, ask.question, by.verifier, most=most)
            told.failures += found.failures
            if found.parts:
                told.documents.append((sentences[0].source, found.parts))
        first += len(sentences)
    whole = yield from _of_all(ask, by, told, shown)
    if whole is None:
        return Digested(None, _checks("", told.failures))
    text = " ".join(part.text for part in whole.parts)
    return Digested(summed_up(whole, shown, quotes), _checks(text, [*told.failures, *whole.failures]))


def _documents(ask: Ask, by: Digesting) -> list[tuple[Sentence, ...]]:
    """What the model is to read of each document."""
    if by.topic is None:
        found = by_document(ask.index, ask.scope, ask.models.embedder)
    else:
        found = by_document_about(understand(by.topic), ask.index, ask.scope, ask.models.embedder)
    return [of for of in found if of]


def _of_one(
    ask: Ask, by: Digesting, sentences: Sequence[Sentence], *, silent: bool
) -> Generator[Event, None, Reply | None]:
    wanted = f"What does this document say about {by.topic}?" if by.topic else "What does this document mainly say?"
    about = described(ask.index.document(sentences[0].source))
    return (yield from _asked(ask, by.llm, wanted, [(about, [s.text for s in sentences])], silent=silent))


def _of_all(ask: Ask, by: Digesting, told: _Told, shown: Shown) -> Generator[Event, None, Verified | None]:
    parts = [part for _, of in told.documents for part in of]
    if not parts:
        return None
    if len(told.documents) == 1:
        return Verified(tuple(parts), ())
    documents = [(described(ask.index.document(s)), [part.text for part in of]) for s, of in told.documents]
    reply = yield from _asked(ask, by.llm, ask.question.standalone, documents, silent=False)
    if reply is None or not reply.answered:
        return None
    return told_of_all(reply, parts, shown, ask.question, by.verifier)


def _asked(
    ask: Ask, llm: LLM, wanted: str, documents: Sequence[tuple[str, Sequence[str]]], *, silent: bool
) -> Generator[Event, None, Reply | None]:
    """A model's reply to numbered sentences; None for one that isn't of the form, or where it has no room for them."""
    messages = evidence_prompt(wanted, documents)
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return None
    drafts = replied(ask, llm, messages, sum(len(of) for _, of in documents), polar=False)
    while True:
        try:
            event = next(drafts)
        except StopIteration as done:
            reply: Reply | None = done.value
            return reply
        if not silent:
            yield event


def _moved(reply: Reply, by: int) -> Reply:
    """A reply with its places counted among the sentences of all documents."""
    sentences = tuple(Told(t.text, tuple(None if p is None else p + by for p in t.places)) for t in reply.sentences)
    return replace(reply, decisive=tuple(p + by for p in reply.decisive), sentences=sentences)


def _checks(text: str, failures: Sequence[Failure]) -> tuple[tuple[str, str], ...]:
    return (("model", text or "tells nothing"), *((f"failed: {f.check}", f.detail) for f in failures))
