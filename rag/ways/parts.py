"""A question that asks two things is answered in two parts, each looked up by itself; what isn't found is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.choose import choose
from rag.answering.compose import Composition, quoted
from rag.asking.parts import stands_alone
from rag.asking.understand import understand
from rag.evidence import weigh
from rag.evidence.abstention import enough
from rag.evidence.named_list import with_named_list
from rag.evidence.reranking import reranked
from rag.types import Answer, Citation, Claim, Passage, Retrieved
from rag.ways.ask import Ask, Events, answered, end
from rag.ways.look_up import look_up
from rag.ways.reckon import sum_of

_PERSON = re.compile(r"\b(?:he|she|him|his|hers?)\b", re.I)
_NUMBER = re.compile(r"(?<!\\)\[(\d+)\]")


def answer_parts(ask: Ask, parts: Sequence[str]) -> Events:
    """Both answers, or the one that is found with the part that isn't; where none is, the whole question is looked up.

    Args:
        ask: the question.
        parts: the questions that it consists of; a later one may speak of "it".
    """
    found: list[Composition | None] = []
    passages: list[Passage] = []
    history: list[Answer] = []
    scope = ask.scope
    for part in parts:
        if found and not stands_alone(part):  # "How many people died?" is asked of where the dam broke
            if not found[0]:
                break
            scope = frozenset(c.source for c in found[0].citations)
        own = replace(ask, question=understand(part, history, ask.models.understander), scope=scope)
        composed, retrieved = _looked_up(own)
        passages += [p for p in retrieved if p not in passages]
        found.append(composed)
        # "he" may be named by the answer alone; "it" is what the question is about
        history.append(answered(own, composed if composed and _PERSON.search(parts[-1]) else Composition("", (), ())))
    if not any(found) or len(found) < len(parts):
        yield from look_up(ask)
        return
    ask.clock.mark("retrieve")
    yield Retrieved(tuple(passages))
    yield from end(ask, joined(parts, found))


def _looked_up(ask: Ask) -> tuple[Composition | None, tuple[Passage, ...]]:
    question, index, models = ask.question, ask.index, ask.models
    query = models.embedder.embed_query(question.standalone)
    passages = reranked(question.words, query, index, ask.scope, models.embedder)
    weighed = weigh(question, query, passages, index, models.embedder, models.reader, models.judge)
    if (summed := sum_of(ask, weighed.sentences)) is not None:
        return summed, passages
    weighed = with_named_list(question, weighed, index)
    chosen = choose(question, weighed, index) if enough(question, weighed, index, ask.scope) else ()
    return (quoted(question, chosen) if chosen else None), passages


def joined(parts: Sequence[str], found: Sequence[Composition | None]) -> Composition:
    """The answers in a row, each quote once, and what isn't said.

    Args:
        parts: the questions.
        found: their answers, None where there is none.
    """
    citations: list[Citation] = []
    claims: list[Claim] = []
    missing: list[str] = []
    for part, composed in zip(parts, found, strict=True):
        if composed is None:
            missing.append(f"No answer was found to “{part}”.")
            continue
        numbers: dict[int, int] = {}
        for citation in composed.citations:
            held = next((c for c in citations if _holds(c, citation)), None)
            if held is None:
                held = replace(citation, n=len(citations) + 1)
                citations.append(held)
            numbers[citation.n] = held.n
        for claim in composed.claims:
            own = tuple(dict.fromkeys(numbers[n] for n in claim.citations))
            if claim.verdict == "quoted" and any(set(own) <= set(c.citations) for c in claims):
                continue
            claims.append(replace(claim, text=_renumbered(claim.text, numbers), citations=own))
    text = " ".join([*(c.text for c in claims), *missing])
    return Composition(text, tuple(claims), tuple(citations))


def _holds(one: Citation, other: Citation) -> bool:
    """Whether a quote holds another."""
    return one.source == other.source and one.start <= other.start and other.end <= one.end


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    return _NUMBER.sub(lambda m: f"[{numbers.get(int(m[1]), int(m[1]))}]", text)
