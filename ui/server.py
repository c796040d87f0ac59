"""The page's server: on this machine only, quiet towards the world, guarded against other sites."""

from __future__ import annotations

import atexit
import errno
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from ui.guard import Guard
from ui.offline import go_offline
from ui.web.access import Access
from ui.web.calls import Calls
from ui.web.origin import LOOPBACK
from ui.web.peer import can_tell
from ui.web.upload_folder import opened
from ui.web.uploads import Uploads

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from ui.page.protocols import Asks

_LOG = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"
_TRIES = 20  # ports after the first one
_BIGGEST_UPLOAD = "20mb"  # an article; books of plain text stay below it
_BUSY = (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))
_EVERYWHERE = ("0.0.0.0", "::", "")
_FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]


def create_app(
    assistant: Asks,
    *,
    hosts: Sequence[str] = LOOPBACK,
    access: Access | None = None,
    uploads: Uploads | None = None,
) -> FastAPI:
    """The page as an ASGI application; models begin to load in the background.

    Args:
        assistant: what answers and keeps the articles.
        hosts: the names and addresses, without port, that the page answers to.
        access: the key that opens the page, and who has shown it; else a new one.
        uploads: where files lie on their way into the index; else a folder that goes with this process.
    """
    go_offline()
    uploads = uploads or _shared_uploads()
    os.environ["GRADIO_TEMP_DIR"] = str(uploads.folder)  # before Gradio is imported, which reads it then, too
    import gradio as gr
    from fastapi import FastAPI

    from ui.page.actions import Actions
    from ui.page.blocks import build
    from ui.page.carrier import forget_tab, functions, tidy_tab

    actions = Actions(assistant)
    page = build(actions, uploads)
    access = access or Access()
    access.left, access.rested, access.ended = partial(forget_tab, page), partial(tidy_tab, page), uploads.drop
    bare = {"openapi_url": None, "docs_url": None, "redoc_url": None}
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    calls = Calls(functions(page), access)
    app.add_middleware(Guard, access=access, uploads=uploads, calls=calls, hosts=hosts)
    actions.readiness.start()
    mounted = gr.mount_gradio_app(
        app,
        page,
        path="/",
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        footer_links=[],
        max_file_size=_BIGGEST_UPLOAD,
        allowed_paths=[],
        show_error=False,
        app_kwargs=bare,
        theme=_theme(),
        css_paths=[_ASSETS / "page.css"],
        js=(_ASSETS / "page.js").read_text(encoding="utf-8"),
    )
    page.has_launched = page.is_running = True  # else Gradio does not check the paths that it is given
    return mounted  # type: ignore[no-any-return]


def serve(
    assistant: Asks,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    allowed_hosts: Sequence[str] = (),
    say: Callable[[str], None] = _LOG.warning,
) -> None:
    """Serve the page until it is interrupted, by Ctrl+C, SIGTERM or SIGHUP.

    Args:
        assistant: what answers and keeps the articles.
        host: the address to bind. Another than loopback opens the page to the network, for whoever has the
            key: it is warned of, and without `allowed_hosts` only a single address can be bound, which is
            then the one name.
        port: the first port to try; a busy one is said and the next is taken.
        allowed_hosts: further names and addresses that the page answers to.
        say: told what the person should know, one line each.

    Raises:
        RagError: the host cannot be served safely, or no port is free.
    """
    hosts = _hosts(host, allowed_hosts, say)
    access = Access()
    with _ended_by_signals(), _listen(host, port, say) as listening, opened() as uploads:
        app = create_app(assistant, hosts=hosts, access=access, uploads=uploads)
        for line in _addresses(host, listening.getsockname()[1], access.key):
            say(line)
        run(app, listening)


def run(app: FastAPI, listening: socket.socket) -> None:
    """Run an application on a bound socket, with this server's limits on connections, until it is ended."""
    running = server(app)
    with _hung_up(running):
        running.run(sockets=[listening])


def server(app: FastAPI) -> uvicorn.Server:
    """An application's server, with limits on slow and too many connections; trusts no header about who asks."""
    import uvicorn

    from ui.web.connections import Connection

    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
    )


@cache
def _shared_uploads() -> Uploads:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(opened())


@contextmanager
def _ended_by_signals() -> Iterator[None]:
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


def _addresses(host: str, port: int, key: str) -> list[str]:
    """What to say about where the page is: the address that suffices here, and the one that always does."""
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if host in LOOPBACK and can_tell():
        return [
            f"Unsaid is at {url} (Ctrl+C ends it)",
            f"From a container, or where it asks for a key: {url}/?key={key}",
        ]
    return [f"Unsaid is at {url}/?key={key} (Ctrl+C ends it)"]


def _hosts(host: str, allowed: Sequence[str], say: Callable[[str], None]) -> tuple[str, ...]:
    """The names that the page answers to when bound to `host`."""
    if host in LOOPBACK:
        return (*LOOPBACK, *allowed)
    if host in _EVERYWHERE and not allowed:
        raise RagError(
            f"Binding {host or 'every address'} would open your articles to every network that this machine is in.",
            "Give the one address to bind, or leave the option out to stay on this machine.",
        )
    say("Warning: whoever has the address with its key can read your articles from that network, unencrypted.")
    return (*LOOPBACK, *(() if host in _EVERYWHERE else (host,)), *allowed)


def _listen(host: str, port: int, say: Callable[[str], None]) -> socket.socket:
    """A bound socket on the first free port from `port` on."""
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


def _theme() -> Any:  # noqa: ANN401 — gradio has no types
    import gradio as gr

    return gr.themes.Default(
        primary_hue="teal",
        neutral_hue="slate",
        font=[gr.themes.Font(name) for name in _FONT],
        font_mono=[gr.themes.Font(name) for name in _MONO],
        radius_size="md",
    )
