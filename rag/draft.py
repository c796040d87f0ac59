"""Draft: let the LLM say the chosen quotes in one sentence that points at them; keep it if it is true to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.protocols import LLM, EvidenceModel
from rag.compose import Composition, Quote, opening
from rag.index.reader import Index
from rag.language.words import content_stems
from rag.prompts import draft_grammar, draft_prompt
from rag.question import Question
from rag.types import Claim
from rag.verify import Failure, Source, verify

MAX_TOKENS = 96  # about 60 words; a longer draft is cut and then fails verification
_POINTER = re.compile(r"\[s(\d{1,3})\]")


@dataclass(frozen=True)
class Drafted:
    """The LLM's sentence without its pointers, and the places (0-based) that it points at."""

    text: str
    pointers: tuple[int, ...]


def stream_draft(
    question: Question, chosen: Sequence[Quote], llm: LLM, should_stop: Callable[[], bool] | None = None
) -> Iterator[str]:
    """The LLM's words as they come, after the Yes or No that the evidence decides.

    Prompts that do not fit its window yield nothing.
    """
    sentences = [text for text, _ in _numbered(chosen)]
    messages = draft_prompt(question.standalone, sentences, trained=llm.trained)
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return
    grammar = draft_grammar(len(sentences), _lead(opening(question, chosen[0].stance)))
    yield from llm.stream(messages, max_tokens=MAX_TOKENS, grammar=grammar, should_stop=should_stop)


def _numbered(chosen: Sequence[Quote]) -> list[tuple[str, int]]:
    """The sentences of all quotes in order, each with the place of its quote."""
    return [(q.text[s.start - q.start : s.end - q.start], n) for n, q in enumerate(chosen) for s in q.sentences]


def _lead(words: str) -> str:
    """ "Yes, …", "No, …", "Undecided: …"."""
    return words and (f"{words}," if words in ("Yes", "No") else f"{words}:")


def parse(raw: str, count: int) -> Drafted:
    """Split a finished draft into prose and pointers; pointers outside 1…`count` are dropped."""
    pointers = dict.fromkeys(int(n) - 1 for n in _POINTER.findall(raw))
    text = " ".join(_POINTER.sub("", raw).split())
    return Drafted(text, tuple(p for p in pointers if 0 <= p < count))


def settle(
    raw: str,
    question: Question,
    chosen: Sequence[Quote],
    composed: Composition,
    index: Index,
    reader: EvidenceModel | None,
) -> tuple[Composition | None, Drafted, tuple[Failure, ...]]:
    """What a finished draft becomes: an answer in the LLM's words, or None with the checks it failed."""
    numbered = _numbered(chosen)
    drafted = parse(raw, len(numbered))
    cited = [chosen[n] for n in dict.fromkeys(numbered[p][1] for p in drafted.pointers)]
    stance = chosen[0].stance
    source = Source(
        tuple(q.text for q in cited),
        _around(index, cited),
        stance,
        opening(question, stance),
        " ".join(q.text[q.answer.start - q.start : q.answer.end - q.start] for q in cited if q.answer),
    )
    failures = verify(drafted.text, question, source, reader)
    return (None if failures else _supported(drafted, composed, cited)), drafted, failures


def _around(index: Index, cited: Sequence[Quote]) -> frozenset[str]:
    stems: set[str] = set()
    for quote in cited:
        whole = index.article_sentences(quote.source)
        stems |= content_stems(quote.title or "")
        for sentence in whole[max(0, quote.sentences[0].position - 1) : quote.sentences[-1].position + 2]:
            stems |= content_stems(sentence.text)
    return frozenset(stems)


def _supported(drafted: Drafted, composed: Composition, cited: Sequence[Quote]) -> Composition:
    """The LLM's verified sentence with the citations it points at, renumbered from 1."""
    by_place = {(c.source, c.start): c for c in composed.citations}
    citations = tuple(replace(by_place[q.source, q.start], n=n) for n, q in enumerate(cited, start=1))
    markers = "".join(f"[{c.n}]" for c in citations)
    text = f"{drafted.text} {markers}"
    claim = Claim(text, tuple(c.n for c in citations), "supported", cited[0].stance)
    return Composition(text, (claim,), citations)
