"""A conversation as JSON values, for the browser's storage or a file.

What comes back from there is read like any other outside input: as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.asking.history import leaned_on
from ui.earlier import answer_of
from ui.page.conversation import MAX_TURNS, Conversation
from ui.page.turn import Turn

VERSION = 1


def kept(conversation: Conversation | None) -> dict[str, Any]:
    """The settled turns as JSON values."""
    turns = conversation.turns if conversation is not None else []
    return {
        "version": VERSION,
        "turns": [
            {"sources": None if t.sources is None else list(t.sources), "answer": t.answer.to_dict()}
            for t in turns
            if t.answer is not None
        ],
    }


def restored(value: object) -> Conversation | None:
    """The conversation that was kept; None where nothing was, or what is there cannot be read."""
    if not isinstance(value, Mapping) or value.get("version") != VERSION:
        return None
    try:
        turns = [_turn(number, row) for number, row in enumerate(value["turns"][-MAX_TURNS:])]
        for turn in turns:
            turn.html()  # what cannot be shown was not written by us
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return Conversation.of(turns) if turns else None


def _turn(number: int, row: Mapping[str, Any]) -> Turn:
    answer = answer_of(row["answer"])
    sources = row["sources"]
    if sources is not None and not all(isinstance(s, str) for s in sources):
        raise TypeError("sources are names")
    if not leaned_on([answer]):
        raise ValueError("longer than ours can be")
    return Turn(
        number,
        answer.question,
        None if sources is None else tuple(sources),
        stage="settled",
        citations=answer.citations,
        answer=answer,
    )
