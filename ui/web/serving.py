"""A server's life: the address that it binds, the names that it answers to, its limits, and how it ends."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from rag.errors import RagError
from ui.web.origin import LOOPBACK

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_TRIES = 20  # ports after the first one
_BUSY = (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))
_EVERYWHERE = ("0.0.0.0", "::", "")


def run(app: FastAPI, listening: socket.socket, *, own_logs: bool = True) -> None:
    """Run an application on a bound socket, with this server's limits on connections, until it is ended.

    Args:
        app: the application.
        listening: the socket.
        own_logs: whether the server's library writes its logs in its own way, or as all others are written.
    """
    running = server(app, own_logs=own_logs)
    with _hung_up(running):
        running.run(sockets=[listening])


def server(app: FastAPI, *, own_logs: bool = True) -> uvicorn.Server:
    """An application's server, with limits on slow and too many connections; trusts no header about who asks."""
    import uvicorn

    from ui.web.connections import Connection

    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            log_level="warning",
            log_config=uvicorn.config.LOGGING_CONFIG if own_logs else None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
    )


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Have SIGTERM and SIGHUP end the program like Ctrl+C does: what it has open is closed, uploads are deleted."""

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is not threading.main_thread():  # only there can it be said
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _hung_up(running: uvicorn.Server) -> Iterator[None]:
    """Have SIGHUP end a server as SIGTERM does, which uvicorn sees to itself: between two requests.

    An exception raised in the middle of a request would be taken for the request's failure, and the server would go on.
    """
    if not hasattr(signal, "SIGHUP") or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        came.append(number)
        running.should_exit = True

    before = signal.signal(signal.SIGHUP, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
    if came:
        signal.raise_signal(came[0])


def hosts_of(host: str, allowed: Sequence[str], say: Callable[[str], None]) -> tuple[str, ...]:
    """The names that a server answers to when bound to `host`.

    Raises:
        RagError: it would be open to every network.
    """
    if host in LOOPBACK:
        return (*LOOPBACK, *allowed)
    if host in _EVERYWHERE and not allowed:
        raise RagError(
            f"Binding {host or 'every address'} would open your articles to every network that this machine is in.",
            "Give the one address to bind, or the name that it is to answer to: --name my-machine",
        )
    say("Warning: what is asked and answered crosses that network unencrypted. A proxy can do that: deploy/nginx.conf")
    return (*LOOPBACK, *(() if host in _EVERYWHERE else (host,)), *allowed)


def listen(host: str, port: int, say: Callable[[str], None]) -> socket.socket:
    """A bound socket on the first free port from `port` on.

    Raises:
        RagError: there is none, or the address is not to be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + _TRIES, 65_536)) if port else (0,):
        listening = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(128)
        except PermissionError as problem:
            listening.close()
            raise RagError(f"Port {candidate} may not be used.", "Choose one above 1023: --port 7860") from problem
        except socket.gaierror as problem:
            listening.close()
            raise RagError(f"There is no host {host}.", "Leave --host out to stay on this machine.") from problem
        except OSError as problem:
            listening.close()
            if problem.errno not in _BUSY:
                raise RagError(f"The address {host} is not one of this machine.", "Leave --host out.") from problem
            say(f"Port {candidate} is busy, trying {candidate + 1}.")
            continue
        return listening
    raise RagError(f"No port from {port} to {port + _TRIES - 1} is free.", "Choose another: --port 8900")
