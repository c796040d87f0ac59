"""Messages as OpenAI's clients send them, and an answer as they read it. Pure but for what `Earlier` remembers."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, Field

from rag.errors import BadQuestion
from rag.types import Answer
from ui.export import as_text

MODEL = "unsaid"
_MOST = 512  # answers remembered of one person; each a few kilobytes
_MOST_OF_ALL = 8 * _MOST
_MARKER = re.compile(r"(\\?)\[(\d{1,3})\]")


class Message(BaseModel):
    """One message; what else a client sends of it plays no part."""

    role: str
    content: str | list[dict[str, Any]] | None = None

    @property
    def words(self) -> str:
        """Its text, whether it comes whole or in parts."""
        if isinstance(self.content, str):
            return self.content
        parts = [part.get("text") for part in self.content or () if part.get("type") == "text"]
        return "\n".join(part for part in parts if isinstance(part, str))


class ChatRequest(BaseModel):
    """A request; temperatures, tools and the like play no part and are passed over."""

    model: str
    messages: list[Message] = Field(max_length=10_000)
    stream: bool = False
    stream_options: dict[str, Any] | None = None
    n: int = 1


@dataclass(frozen=True)
class Reply:
    """An answer as a message: its text, with the citations' list beneath, and each marker's place as annotations."""

    content: str
    annotations: tuple[dict[str, Any], ...]


class Earlier:
    """The answers that went out, by whom to and their text: clients send a conversation's text back, and no more of it.

    What went to one is never found by another, who might send the same text.
    """

    def __init__(self) -> None:
        self._answers: dict[str, OrderedDict[str, Answer]] = {}
        self._lock = threading.Lock()

    def keep(self, who: str, content: str, answer: Answer) -> None:
        """Remember an answer; where there are too many, the oldest goes of whoever has most."""
        with self._lock:
            theirs = self._answers.setdefault(who, OrderedDict())
            theirs[content.strip()] = answer
            theirs.move_to_end(content.strip())
            if len(theirs) > _MOST:
                theirs.popitem(last=False)
            if sum(map(len, self._answers.values())) > _MOST_OF_ALL:
                most = max(self._answers, key=lambda one: len(self._answers[one]))
                self._answers[most].popitem(last=False)
                if not self._answers[most]:
                    del self._answers[most]

    def of(self, who: str, contents: Sequence[str]) -> list[Answer]:
        """Those of these messages that are answers to the same person, in their order."""
        with self._lock:
            theirs: Mapping[str, Answer] = self._answers.get(who, {})
            return [theirs[text] for text in (c.strip() for c in contents) if text in theirs]


def question_of(messages: Sequence[Message], earlier: Earlier, who: str) -> tuple[str, list[Answer]]:
    """The question, and the earlier answers to `who` that it may lean on.

    Raises:
        BadQuestion: no message is the user's.
    """
    last = next((i for i in reversed(range(len(messages))) if messages[i].role == "user"), None)
    if last is None:
        raise BadQuestion("No message is the user's.", "Send the question as the last message, of the role user.")
    return messages[last].words, earlier.of(who, [m.words for m in messages[:last] if m.role == "assistant"])


def replied(answer: Answer, base: str) -> Reply:
    """An answer as a message.

    Args:
        answer: the answer.
        base: this server's address, with the slash at its end; below it lies each cited passage.
    """
    cited = {c.n: c for c in answer.citations}
    annotations = []
    shorter = 0  # by the backslashes that `as_text` takes away
    for marker in _MARKER.finditer(answer.text):
        if marker[1]:
            shorter += 1
        elif found := cited.get(int(marker[2])):
            place = {"start_index": marker.start() - shorter, "end_index": marker.end() - shorter}
            url = f"{base}api/v1/articles/{quote(found.source)}?start={found.start}&end={found.end}"
            citation = {**place, "title": found.title or found.source, "url": url}
            annotations.append({"type": "url_citation", "url_citation": citation})
    return Reply(as_text(answer), tuple(annotations))
