"""A request's place in the queue: it waits for its turn, leaves when its client hangs up, and never waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from ui.api.refusals import busy
from ui.guard import Message, Receive, Send
from ui.web.calls import Refused
from ui.web.turns import Full, Turn, Turns

LEASE = 120.0  # seconds that one may keep others waiting; then they go on beside it
_EVENTS = b"text/event-stream"
Work = Callable[[Receive, Send], Awaitable[None]]


async def in_turn(
    turns: Turns, who: str, receive: Receive, send: Send, work: Work, begun: Callable[[float], None]
) -> None:
    """Do some work when it is its turn.

    Args:
        turns: the queue.
        who: whose work it is.
        receive: of the request, whose body has been read: what comes now is the client's hanging up.
        send: of its reply. With the beginning of a reply that comes as a whole the work is over, however slowly the
            client reads it.
        work: what is done.
        begun: told how many seconds it waited, when its turn has come.

    Raises:
        Refused: the queue is full (503, with the wait), or the client has hung up.
    """
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[bool] = loop.create_future()

    def settle(may: bool) -> None:
        if not settled.done():
            settled.set_result(may)

    def told(may: bool) -> None:  # in whichever thread made the place free
        loop.call_soon_threadsafe(settle, may)

    try:
        turn = turns.join(who, told)
    except Full as full:
        raise busy(full.waiting, full.seconds) from None
    lease: asyncio.TimerHandle | None = None
    try:
        if turn.begun is None:
            await _wait(turns, settled, receive)
        begun(turn.waited)
        lease = loop.call_later(LEASE, turn.leave)
        await work(receive, _leaving(send, turn))
    finally:
        if lease is not None:
            lease.cancel()
        turn.leave()


async def _wait(turns: Turns, settled: asyncio.Future[bool], receive: Receive) -> None:
    gone: asyncio.Future[Message] = asyncio.ensure_future(receive())
    try:
        either: set[asyncio.Future[Any]] = {settled, gone}
        await asyncio.wait(either, timeout=turns.longest, return_when=asyncio.FIRST_COMPLETED)
        if settled.done() and settled.result():
            return
        if gone.done():
            raise Refused(400, "The request broke off.")
        state = turns.state
        raise busy(state.waiting, turns.seconds(state.waiting))
    finally:
        gone.cancel()


def _leaving(send: Send, turn: Turn) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kinds = [value for name, value in message.get("headers", ()) if name.lower() == b"content-type"]
            if not any(kind.startswith(_EVENTS) for kind in kinds):
                turn.leave()
        await send(message)

    return sending
