"""A language model behind a server that speaks OpenAI's protocol; satisfies `LLM`.

What it may say is limited while decoding as far as the server can: by a JSON schema, a grammar, or not at all. Servers
differ in which they take, so the first request tries one after the other, and the next ones begin with what was taken.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import Any, Literal

from models.complaints import AskedWrongly
from models.errors import ModelError, ServerFailed
from models.protocols import Message
from models.server import Call, Server

Limit = Literal["schema", "grammar", "json", "none"]

_WINDOW = 4_096  # tokens of the prompts that are written here; servers don't say how many theirs has
_POLL = 0.05  # seconds between two looks at `should_stop` while no word comes
_BYTES_A_TOKEN = 2.0  # fewer than in prose of any language in an alphabet, figures taken one by one included
_AROUND = 8  # tokens of a message's frame
_LONGEST_TOKEN = 64  # characters; what never stops is cut by this


class ServerLLM:
    """A model that a server runs.

    Args:
        server: which.
        model: the model's name; None for the only one that it has.
    """

    def __init__(self, server: Server, model: str | None = None) -> None:
        self._server = server
        self._model = model
        self._taken: dict[bool, Limit] = {}  # what it took before, with a schema and without
        self._dropped: set[str] = set()  # settings that it doesn't know

    @cached_property
    def name(self) -> str:
        """The model's name; asked for where it wasn't given.

        Raises:
            ServerFailed: it has none, or several.
        """
        return self._model or self._server.only_model("--llm-model")

    @property
    def identity(self) -> str:
        """What a calibration is stored under: a server doesn't tell which file it runs."""
        return f"{self.name} at {self._server.address.host}"

    @property
    def recipient(self) -> str | None:
        """The machine that texts are sent to; None where that is this one."""
        return self._server.address.recipient

    @property
    def trained(self) -> bool:
        """It has not learnt Unsaid's own prompt."""
        return False

    @property
    def context_tokens(self) -> int:
        """Longest prompt plus completion that is written, in tokens."""
        return _WINDOW

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """An upper estimate: the protocol has no way to ask."""
        return sum(_AROUND + math.ceil(len(m.content.encode("utf-8", "replace")) / _BYTES_A_TOKEN) for m in messages)

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        grammar: str | None = None,
        schema: Mapping[str, Any] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """Yield the completion piece by piece; see `LLM.stream`.

        Raises:
            ServerFailed: there is none.
        """
        call, pieces = Call(), SimpleQueue[str | ModelError | None]()
        ask = self._asks(messages, max_tokens, grammar, schema)
        worker = threading.Thread(target=_work, args=(lambda: ask(call), pieces), name="llm-server", daemon=True)
        worker.start()
        room = max_tokens * _LONGEST_TOKEN
        try:
            while room > 0 and not (should_stop and should_stop()):
                try:
                    piece = pieces.get(timeout=_POLL)
                except Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                room -= len(piece)
                yield piece
        finally:
            call.hang_up()

    def _asks(
        self, messages: Sequence[Message], max_tokens: int, grammar: str | None, schema: Mapping[str, Any] | None
    ) -> Callable[[Call], Iterator[str]]:
        """A request that is made when it is given a call."""

        def ask(call: Call) -> Iterator[str]:
            said = [{"role": m.role, "content": m.content} for m in messages]
            body = {"model": self.name, "messages": said, "stream": True, "temperature": 0, "seed": 0}
            limits = [limit for limit in self._limits(schema is not None) if _given(limit, grammar, schema)]
            while limits:
                whole = {**body, "max_tokens": max_tokens, **_limited(limits[0], grammar, schema)}
                for name in self._dropped:
                    whole.pop(name, None)
                if "max_tokens" in self._dropped:
                    whole["max_completion_tokens"] = max_tokens
                try:
                    yield from map(_text, self._server.events(call, "/chat/completions", whole))
                except AskedWrongly as problem:
                    unknown = {n for n in ("seed", "temperature", "max_tokens") if n in problem.said and n in whole}
                    if not unknown and len(limits) == 1:
                        raise
                    self._dropped |= unknown
                    limits = limits if unknown else limits[1:]
                else:
                    self._taken[schema is not None] = limits[0]
                    return

        return ask

    def _limits(self, by_schema: bool) -> Sequence[Limit]:
        known: tuple[Limit, ...] = ("schema", "grammar", "json", "none") if by_schema else ("grammar", "none")
        taken = self._taken.get(by_schema)
        return known[known.index(taken) :] if taken else known


def _work(ask: Callable[[], Iterator[str]], pieces: SimpleQueue[str | ModelError | None]) -> None:
    """Ask and pass on what comes; runs in a thread of its own. It does not wait for a slow reader."""
    try:
        for piece in ask():
            pieces.put(piece)
        pieces.put(None)
    except ModelError as problem:
        pieces.put(problem)
    except Exception as problem:  # what a reply is made of may be anything at all
        pieces.put(ServerFailed(f"The server's reply can't be read ({problem!r}).", "Use another server."))


def _given(limit: Limit, grammar: str | None, schema: Mapping[str, Any] | None) -> bool:
    return {"schema": schema, "grammar": grammar, "json": schema, "none": True}[limit] is not None


def _limited(limit: Limit, grammar: str | None, schema: Mapping[str, Any] | None) -> dict[str, Any]:
    """How a request says what may be replied: by OpenAI's protocol, as llama.cpp's servers add to it, or not at all."""
    if limit == "schema":
        named = {"name": "reply", "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    if limit == "grammar":
        return {"grammar": grammar}
    return {"response_format": {"type": "json_object"}} if limit == "json" else {}


def _text(chunk: dict[str, Any]) -> str:
    """The words in a piece of a reply; none in one that tells of something else."""
    for choice in chunk.get("choices") or ():
        part = choice.get("delta") or choice.get("message") or {}
        return str(part.get("content") or "")
    return ""
