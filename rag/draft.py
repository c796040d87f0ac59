"""Draft: let the LLM say the chosen quotes in one sentence that points at them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.protocols import LLM
from rag.prompts import draft_grammar, draft_prompt
from rag.question import Question

MAX_TOKENS = 96  # about 60 words; a longer draft is cut and then fails verification
_POINTER = re.compile(r"\[s(\d{1,3})\]")


@dataclass(frozen=True)
class Drafted:
    """The LLM's sentence without its pointers, and the places (0-based) that it points at."""

    text: str
    pointers: tuple[int, ...]


def stream_draft(
    question: Question, quotes: Sequence[str], llm: LLM, should_stop: Callable[[], bool] | None = None
) -> Iterator[str]:
    """The LLM's words as they come. Prompts that do not fit its window yield nothing."""
    messages = draft_prompt(question.standalone, quotes)
    if llm.count_tokens(messages) + MAX_TOKENS > llm.context_tokens:
        return
    yield from llm.stream(messages, max_tokens=MAX_TOKENS, grammar=draft_grammar(len(quotes)), should_stop=should_stop)


def parse(raw: str, count: int) -> Drafted:
    """Split a finished draft into prose and pointers; pointers outside 1…`count` are dropped."""
    pointers = dict.fromkeys(int(n) - 1 for n in _POINTER.findall(raw))
    text = " ".join(_POINTER.sub("", raw).split())
    return Drafted(text, tuple(p for p in pointers if 0 <= p < count))
