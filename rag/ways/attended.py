"""Who was at a meeting, and who wasn't, by the head of its minutes.

"Apologies: Cllr Hart" holds no word of "Who was absent?". It counts where one document alone has such a head, or one
alone is of the meeting that is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.compose import Composition, marked
from rag.asking.attended_asked import Attended
from rag.language.attendance import Roll, rolls
from rag.language.words import content_stems
from rag.types import Citation, Claim, Document, Stance
from rag.ways.ask import Ask

_HEAD = 600  # characters in which a document says which meeting it is of
_ABSENT = ("absent", "apologies")
_LABELS = ("present", "apologies")
_ANY = content_stems("meeting session minutes last")


def attendance(ask: Ask, asked: Attended) -> Composition | None:
    """The lines that answer, quoted; None where no document or several may be meant, or none names who is asked after.

    Args:
        ask: the question.
        asked: who is asked after.
    """
    sources = {s.source: None for label in _LABELS for s in ask.index.find(label, ask.scope)}
    documents = [ask.index.document(source) for source in sources]
    found = [(of, lines) for of in documents if _is_meant(of, asked) and (lines := rolls(of.text))]
    if len(found) != 1:
        return None
    [(document, lines)] = found
    if not asked.name:
        chosen = [roll for roll in lines if roll.part in asked.parts]
        return _composed(document, chosen, "", "stated") if chosen else None
    named = [roll for roll in lines if roll.holds(asked.name)]
    away = {roll.part in _ABSENT for roll in named}
    if len(away) != 1:
        return None
    so = asked.there is not away.pop()
    return _composed(document, named[:1], "Yes: " if so else "No: ", "stated" if so else "denied")


def _is_meant(document: Document, asked: Attended) -> bool:
    known = content_stems(f"{document.title or ''} {document.text[:_HEAD]}")
    return content_stems(asked.meeting) - _ANY <= known


def _composed(document: Document, chosen: Sequence[Roll], lead: str, stance: Stance) -> Composition:
    claims, citations = [], []
    for n, roll in enumerate(chosen, start=1):
        quote = document.text[roll.span.start : roll.span.end]
        citations.append(Citation(n, document.source, document.title, quote, roll.span.start, roll.span.end, 1.0))
        claims.append(Claim(f"{lead if n == 1 else ''}{marked(quote)} [{n}]", (n,), "quoted", stance))
    return Composition(" ".join(c.text for c in claims), tuple(claims), tuple(citations))
