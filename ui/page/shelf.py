"""Several conversations: each with a name, the newest first. Values alone; where they are kept is said elsewhere.

What comes back from a browser's storage or from a file is read like any other outside input: a conversation as a whole
or not at all, and one that cannot be read does not spoil the others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from rag.types import Answer
from ui.page.conversation import Conversation
from ui.page.keeping import kept, restored

MOST = 200  # conversations; the oldest go
LONGEST_NAME = 120  # characters
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Talk:
    """A conversation that can be opened again."""

    id: str  # twelve hexadecimal digits
    name: str  # as its person called it, else its first question
    at: str  # ISO 8601, when it last went on
    turns: Mapping[str, Any]  # as `keeping.kept` writes them

    def conversation(self) -> Conversation | None:
        """What was said; None where it cannot be read."""
        return restored(self.turns)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Its answers, oldest first."""
        found = self.conversation()
        return found.answers() if found is not None else ()


Shelf = tuple[Talk, ...]


def name_of(words: str) -> str:
    """A name of one line, cut where it is too long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 2]} …"


def talk_of(conversation: Conversation, shelf: Shelf) -> Talk | None:
    """A conversation as it is now; None where nothing in it has been answered.

    It is as new as before where nothing was added to it.
    """
    turns = json.loads(json.dumps(kept(conversation)))  # as it comes back from where it is kept
    if not turns["turns"]:
        return None
    before = found(shelf, conversation.id)
    if before is not None and before.turns == turns:
        return replace(before, name=conversation.name or before.name)
    name = conversation.name or name_of(conversation.answers()[0].question)
    return Talk(conversation.id, name, datetime.now(UTC).isoformat(timespec="seconds"), turns)


def found(shelf: Shelf, id_: object) -> Talk | None:
    """The conversation of that id."""
    return next((t for t in shelf if t.id == id_), None)


def put(shelf: Shelf, talk: Talk) -> Shelf:
    """With this conversation, in the place of what it was before; the newest first."""
    return ordered([talk, *(t for t in shelf if t.id != talk.id)])


def without(shelf: Shelf, id_: object) -> Shelf:
    """Without the conversation of that id."""
    return tuple(t for t in shelf if t.id != id_)


def ordered(talks: Iterable[Talk]) -> Shelf:
    """The newest first, and no more than there is room for."""
    return tuple(sorted(talks, key=lambda t: (t.at, t.id), reverse=True)[:MOST])


def as_json(talk: Talk) -> str:
    """A conversation as it is stored."""
    return json.dumps(asdict(talk), ensure_ascii=False)


def read(rows: object) -> Shelf:
    """The conversations that were stored, each as JSON text or as the value of it; what can't be read is left out."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return ()
    talks = [t for t in map(_read, rows) if t is not None]
    return ordered({t.id: t for t in talks}.values())


def _read(row: object) -> Talk | None:
    try:
        value = json.loads(row) if isinstance(row, str) else row
        if not isinstance(value, Mapping):
            return None
        talk = Talk(value["id"], name_of(value["name"]), value["at"], value["turns"])
        datetime.fromisoformat(talk.at)
        whole = _ID.fullmatch(talk.id) and talk.name and talk.conversation() is not None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    return talk if whole else None
