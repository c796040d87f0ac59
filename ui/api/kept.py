"""Replies that are the same for as long as the articles are: worked out once, kept, and never shown to another person.

What all articles say of a topic depends on nothing but the articles: the same request of the same person gets the same
bytes until the index changes. One that comes while the first is being worked on waits for it instead of doing it again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable

from anyio import to_thread

MOST_BYTES = 32_000_000  # of all replies together; the one that was not asked for longest goes first
_LARGEST = MOST_BYTES // 8  # of one


class Kept:
    """Keeps replies of one generation of the index; for the event loop's thread alone.

    Args:
        most: bytes of all replies together.
        looked: told whether a reply that was asked for was kept, or being worked out already.
    """

    def __init__(self, most: int = MOST_BYTES, looked: Callable[[bool], None] = lambda _: None) -> None:
        self._looked = looked
        self._most, self._largest = most, min(_LARGEST, most)
        self._generation = ""
        self._replies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._coming: dict[Hashable, asyncio.Task[bytes]] = {}

    async def get(self, generation: str, asked: Hashable, make: Callable[[], bytes]) -> bytes:
        """A reply, worked out in another thread where it isn't kept; what goes wrong there is raised to all who wait.

        Args:
            generation: of the index; replies of another are forgotten, with all that they quote.
            asked: who asks for what.
            make: works it out.
        """
        if generation != self._generation:
            self._generation, self._size = generation, 0
            self._replies.clear()
        key = (generation, asked)
        if (reply := self._replies.get(key)) is not None:
            self._replies.move_to_end(key)
            self._looked(True)
            return reply
        task = self._coming.get(key)
        self._looked(task is not None)
        if task is None:
            task = self._coming[key] = asyncio.create_task(to_thread.run_sync(make))
            task.add_done_callback(lambda done: self._done(generation, key, done))
        return await asyncio.shield(task)  # whoever hangs up takes it from nobody

    def _done(self, generation: str, key: Hashable, task: asyncio.Task[bytes]) -> None:
        del self._coming[key]
        if task.cancelled() or task.exception() is not None or generation != self._generation:
            return
        reply = task.result()
        if len(reply) > self._largest:
            return
        self._replies[key] = reply
        self._size += len(reply)
        while self._size > self._most:
            self._size -= len(self._replies.popitem(last=False)[1])
