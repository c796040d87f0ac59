"""Connections that take their time: a request must be there within seconds, and only so many may wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from uvicorn.protocols.http.h11_impl import H11Protocol

from ui.web.calls import Refused
from ui.web.peer import OF_CONNECTION

Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]

HEAD = 10.0  # seconds for a request's head, from the first moment of the connection or after a reply
BODY = 30.0  # seconds for a body of JSON
UPLOAD = 300.0  # seconds for an upload
MOST = 200  # connections at once; a page of the browser holds up to six


class Connection(H11Protocol):
    """uvicorn's connection, dropped when a request's head does not come, and refused when there are too many."""

    head_seconds = HEAD
    most = MOST
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A new connection."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, OF_CONNECTION: {}}
        if len(self.connections) > self.most:
            transport.abort()
            return
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """A reply was sent; the next head may come."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self._await_head()

    def _await_head(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        self._watch = self.loop.call_later(self.head_seconds, self._drop, self.cycle)

    def _drop(self, before: object) -> None:
        """End the connection if no request has begun since."""
        if self.cycle is before and not self.transport.is_closing():
            self.transport.abort()


async def whole_body(receive: Receive, most: int, seconds: float = BODY) -> bytes:
    """A request's body.

    Raises:
        Refused: it is longer than `most` bytes, or is not there within `seconds`.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refused(400, "The request broke off.")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > most:
                    raise Refused(413, f"At most {most // 1_000_000:,} MB can be sent at once.")
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        raise Refused(408, "The request took too long to arrive.") from None


class Timed:
    """A `receive` that gives up: after `seconds` it tells of a disconnect, and `expired` is true.

    Args:
        receive: what is waited for.
        seconds: for the whole body.
    """

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive = receive
        self._seconds = seconds
        self._until = asyncio.get_running_loop().time() + seconds
        self._complete = False
        self.expired = False

    async def __call__(self) -> MutableMapping[str, Any]:
        """The next message."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self.expired = True
            return {"type": "http.disconnect"}
        self._complete = not message.get("more_body", False)
        return message
