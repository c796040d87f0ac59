"""More evidence for a stronger model: the question in other words, or taken apart, is searched for, too.

The reader's answer stays as it is, since only the model is shown what such a search brings up; whether its answer is
given, its votes decide. Code resolves what is found; what the model wrote to find it is never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from models.protocols import LLM
from rag.answering.prompts import REWORD, TAKE_APART, searches_prompt
from rag.answering.searches import read_searches, searches_grammar, searches_schema
from rag.asking.question import Asks, Question
from rag.asking.understand import understand
from rag.index.retrieve import retrieve
from rag.types import Passage
from rag.ways.ask import Ask
from rag.ways.consult import Found

MAX_TOKENS = 240
_EACH = 4  # passages of one search
# "How do the two differ?", "What has changed since May?", "Is the old or the new one cheaper?"
_MORE = r"(?:more|less|fewer|higher|lower|larger|smaller|cheaper|dearer|older|newer|longer|shorter|better|worse)"
_SIDES = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|changed?|changes|developed|evolved|between\b.{1,80}?\band"
    rf"|{_MORE}\b.{{1,80}}?\b(?:than|or)|or\b.{{1,80}}?\b{_MORE})\b",
    re.I,
)


@dataclass(frozen=True)
class Widened:
    """What a model is to read, and what was searched for to find it."""

    passages: tuple[Passage, ...]
    searches: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # those of them that the question was taken apart into

    @property
    def checks(self) -> tuple[tuple[str, str], ...]:
        """For the trace."""
        return tuple(("searched, too", one) for one in self.searches)


def has_sides(question: Question) -> bool:
    """Whether a question is answered by several findings: a comparison, a reason, a change."""
    return question.asks is Asks.REASON or bool(_SIDES.search(question.asked))


def widened(ask: Ask, llm: LLM, passages: Sequence[Passage], found: Found) -> Widened:
    """The passages with those that the model's own searches bring up.

    Args:
        ask: the question.
        llm: the model.
        passages: what retrieval brought up, best first.
        found: what the reader finds there; where that is an answer, only what has several sides is taken apart.
    """
    sides = has_sides(ask.question)
    if found.composition is not None and not sides:
        return Widened(tuple(passages))
    searches = _proposed(ask, llm, TAKE_APART if sides else REWORD)
    more = [_found(ask, one) for one in searches]
    quoted = [p for p in passages if any(map(found.quotes, p.sentences))]  # it is shown them, whatever else
    return Widened(tuple(_once(chain(quoted, _in_turn([passages, *more])))), searches, searches if sides else ())


def _proposed(ask: Ask, llm: LLM, task: str) -> tuple[str, ...]:
    messages = searches_prompt(ask.question.standalone, task)
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return ()
    raw = "".join(
        llm.stream(
            messages,
            max_tokens=MAX_TOKENS,
            grammar=searches_grammar(),
            schema=searches_schema(),
            should_stop=ask.stopped,
        )
    )
    return read_searches(raw, ask.question.standalone)


def _found(ask: Ask, search: str) -> tuple[Passage, ...]:
    wanted = understand(search)
    query = ask.models.embedder.embed_query(wanted.standalone)
    return retrieve(wanted.words, query, ask.index, ask.scope, _EACH)


def _in_turn(rankings: Sequence[Sequence[Passage]]) -> Iterable[Passage]:
    """Each ranking's best, then each one's second, and so on."""
    return (one for one in chain.from_iterable(zip_longest(*rankings)) if one is not None)


def _once(passages: Iterable[Passage]) -> Iterable[Passage]:
    known: set[int] = set()
    for one in passages:
        if one.chunk_id not in known:
            known.add(one.chunk_id)
            yield one
