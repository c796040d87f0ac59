"""Compose an answer out of chosen quotes: what stands before them, their numbers, their claims.

Nothing here is generated. The answer to a yes/no question begins with Yes or No only where that is sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answering.quote import Quote
from rag.asking.question import Form, Question
from rag.evidence.polarity import Said
from rag.types import Citation, Claim, Sentence, Span, Stance

_MARKER = re.compile(r"\[(?=\d+\])")
_LEAD: dict[Said, str] = {"yes": "Yes", "no": "No", "open": "Undecided"}
_OFFERED = re.compile(  # "Is hiring or buying cheaper?" is answered with one of them
    r"^(?:is|are|was|were|do|does|did|has|have|had|will|can)\b.{1,80}?\bor\b(?![ ](?:more|less|so|not)\b).{1,80}?"
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|bigger|cheaper|dearer|longer|shorter|better|worse|earlier|later)\b"
    r"|\b(?:rise[ ]or[ ]fall|up[ ]or[ ]down|increase[ ]or[ ]decrease|grow[ ]or[ ]shrink)\b",
    re.I,
)
TEXT_SAYS = "The text says"  # before the quote where Yes and No aren't sure


@dataclass(frozen=True)
class Composition:
    """What an answer says and what it rests on."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


def cite(chosen: Sequence[Quote]) -> tuple[Citation, ...]:
    """Numbered citations of the quotes."""
    return tuple(
        Citation(n, q.source, q.title, q.text, q.start, q.end, round(q.support, 4), q.answer, _spans(q))
        for n, q in enumerate(chosen, start=1)
    )


def _spans(quote: Quote) -> tuple[Span, ...]:
    return (Span(quote.start, quote.end), *quote.also) if quote.also else ()


def quoted(question: Question, chosen: Sequence[Quote]) -> Composition:
    """The answer made of quotes alone."""
    citations = cite(chosen)
    claims = []
    for quote, citation in zip(chosen, citations, strict=True):
        stance = quote.stance if question.form is not Form.OPEN else _plain(quote)
        said_first = citation.n == 1 and not _OFFERED.search(question.asked)
        lead = (opening(quote) or _unsure(question)) if said_first else ""
        more = f" and {quote.more} more" if quote.more else ""
        said = escaped(quote.told) if quote.told else marked(citation.quote)
        text = f"{lead and f'{lead}: '}{said} [{citation.n}]{more}"
        claims.append(Claim(text, (citation.n,), "supported" if quote.told else "quoted", stance))
    return Composition(" ".join(c.text for c in claims), tuple(claims), citations)


def opening(quote: Quote) -> str:
    """How the answer to a yes/no question begins: Yes, No, or that it is undecided; nothing where that isn't sure."""
    return _LEAD[quote.said] if quote.said else ""


def _unsure(question: Question) -> str:
    return TEXT_SAYS if question.form is Form.POLAR else ""


def summary(sentences: Sequence[Sentence], titles: Mapping[str, str | None]) -> Composition:
    """A summary made of quotes alone, in their order."""
    citations = tuple(
        Citation(n, s.source, titles[s.source], s.text, s.start, s.end, 1.0) for n, s in enumerate(sentences, start=1)
    )
    claims = tuple(Claim(f"{marked(c.quote)} [{c.n}]", (c.n,), "quoted", "stated") for c in citations)
    return Composition(" ".join(c.text for c in claims), claims, citations)


def _plain(quote: Quote) -> Stance:
    """For an open question a quote is an answer; only an openness that it declares is passed on."""
    return "undecided" if quote.stance == "undecided" else "stated"


def escaped(quote: str) -> str:
    """A quote with its brackets kept apart from citations."""
    return _MARKER.sub(r"\\[", quote)


def marked(quote: str) -> str:
    """A quote in quotation marks, unless it holds marks of its own, with its brackets kept apart from citations."""
    safe = escaped(quote)
    return safe if any(mark in quote for mark in '“”"') else f"“{safe}”"
