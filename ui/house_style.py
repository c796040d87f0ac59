"""A quote's source as one would cite it: title, outlet, date, and the place in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from rag.errors import RagError
from rag.reading.page_starts import page_of
from rag.types import Answer, Citation, Claim, Document
from rag.ways.telling import day_told

Documents: TypeAlias = Callable[[str], Document | None]


def unknown(source: str) -> Document | None:
    """No document, where none can be looked up."""
    return None


def looked_up(document: Callable[[str], Document]) -> Documents:
    """Documents by their source; None for one that is gone.

    Args:
        document: gives one, or raises `RagError`.
    """

    def find(source: str) -> Document | None:
        try:
            return document(source)
        except RagError:
            return None

    return find


def source_told(citation: Citation, documents: Documents) -> str:
    """Title, outlet and date as far as they are known, else the file: "Burst main, The Courier, 3 February 2025"."""
    known = documents(citation.source)
    title = citation.title or (known.title if known else None) or citation.source
    outlet = known.outlet if known else None
    date = day_told(known.date) if known and known.date else None
    return ", ".join(part for part in (title, outlet, date) if part)


def place_told(citation: Citation, documents: Documents = unknown) -> str:
    """The file and where in it: "burst.txt, characters 0–25", "burst.pdf, page 3, characters 4200–4260"."""
    known = documents(citation.source)
    page = page_of(citation.start, known.places.pages) if known else None
    on = f", page {page}" if page else ""
    return f"{citation.source}{on}, characters {citation.start}–{citation.end}"


def cited_as(citation: Citation, documents: Documents) -> str:
    """The source with the place; the file once where it is all that is known."""
    source, place = source_told(citation, documents), place_told(citation, documents)
    return place if source == citation.source else f"{source} ({place})"


def is_worded(claim: Claim, answer: Answer) -> bool:
    """Whether a sentence is a language model's, verified, and no exact quote."""
    return claim.verdict == "supported" and answer.model != "extractive"


def worded_note(answer: Answer) -> str | None:
    """What the mark † means, where some of an answer is a language model's; None where nothing is."""
    if not any(is_worded(claim, answer) for claim in answer.claims):
        return None
    return f"† Worded by the language model {answer.model} and checked against the quotes."


def text_marked(answer: Answer) -> str:
    """An answer's text, with † after each sentence that a language model worded."""
    if worded_note(answer) is None:
        return answer.text
    return " ".join(f"{c.text} †" if is_worded(c, answer) else c.text for c in answer.claims)
