"""A server of ours in a thread, on a free loopback port; coroutines in threads of their own."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import anyio


@contextmanager
def running(app: Any) -> Iterator[str]:
    """Yields its address; it ends with the block."""
    from ui.web.serving import server

    of = server(app)
    of.config.port, of.config.timeout_graceful_shutdown = 0, 1
    thread = threading.Thread(target=of.run, daemon=True)
    thread.start()
    while not of.started:
        thread.join(0.02)
        assert thread.is_alive(), "the server ended before it had started"
    try:
        yield f"http://127.0.0.1:{of.servers[0].sockets[0].getsockname()[1]}"
    finally:
        of.should_exit = True
        thread.join(5)


def served(assistant: Any, access: Any = None) -> AbstractContextManager[str]:
    """The page on a free loopback port; yields its address."""
    from ui.server import create_app

    return running(create_app(assistant, access=access))


def by_itself(run: Callable[[], Awaitable[Any]]) -> Any:
    """What a coroutine returns, in a thread of its own: a browser's tests leave an event loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(anyio.run, run).result()
