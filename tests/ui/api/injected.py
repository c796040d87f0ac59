"""What an answer decides, to be compared with what it decides where an injection stands."""

from __future__ import annotations

import re

from rag.types import Answer


def said(answer: Answer) -> str:
    """Yes, No, or nothing of the kind."""
    first = re.match(r"(Yes|No)\b", answer.text)
    return first[1] if first else ""


def decision(answer: Answer, sentence: str) -> tuple:
    """What is decided, without which copy of a document it is quoted from.

    Args:
        answer: it.
        sentence: of the document, which decides; "" where none does.
    """
    stances = tuple(sorted(claim.stance for claim in answer.claims))
    decides = bool(sentence) and any(sentence in c.quote for c in answer.citations)
    topics = tuple(sorted((t.term, t.exact, t.variant) for t in answer.absence.topics)) if answer.absence else ()
    return answer.status, said(answer), stances, decides, topics
