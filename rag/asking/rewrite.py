"""A follow-up said anew by a language model that has learnt to, so that it can be asked without the conversation.

Conversational query rewriting by a generator (Vakulenko et al. 2021, WSDM, section 3.2). It may only use words that
were said: what it says beyond them is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.protocols import LLM, Message
from rag.language.negation import has_cue
from rag.language.words import content_stems
from rag.types import Answer

LEARNT = "Make the last question stand alone."
REMEMBERED = 3  # questions before a follow-up that it learnt to look at
_REPLY = 300  # characters of each reply
_MOST_TOKENS = 64
_DIGITS = re.compile(r"\d+")


def rewrite_prompt(question: str, said: Sequence[tuple[str, str]]) -> list[Message]:
    """The conversation that asks for a follow-up that stands alone.

    Args:
        question: the follow-up.
        said: earlier questions, as they stand alone where that is known, each with what was answered; oldest first.
    """
    lines = []
    for asked, answered in said[-REMEMBERED:]:
        lines.append(f"Question: {' '.join(asked.split())}")
        if answered:
            lines.append(f"Answer: {' '.join(answered.split())[:_REPLY]}")
    return [
        Message("system", LEARNT),
        Message("user", "\n".join([*lines, f"Last question: {' '.join(question.split())}"])),
    ]


def rewritten(question: str, history: Sequence[Answer], rewriter: LLM) -> str | None:
    """The question as it stands alone; None where the model adds nothing, invents or drops something.

    Args:
        question: what was asked, tidied.
        history: earlier answers, oldest first; not empty.
        rewriter: has learnt to answer `rewrite_prompt`.
    """
    said = [(a.standalone_question, a.citations[0].quote if a.citations else "") for a in history[-REMEMBERED:]]
    text = " ".join("".join(rewriter.stream(rewrite_prompt(question, said), max_tokens=_MOST_TOKENS)).split())
    own, known = content_stems(question), content_stems(" ".join([question, *(part for of in said for part in of)]))
    new = content_stems(text)
    faithful = own < new <= known and set(_DIGITS.findall(text)) <= set(_DIGITS.findall(f"{question} {said}"))
    return text if text and faithful and has_cue(text) == has_cue(question) else None
