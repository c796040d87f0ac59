"""The page's server: on this machine only, quiet towards the world, guarded against other sites."""

from __future__ import annotations

import errno
import logging
import os
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from ui.guard import LOOPBACK, Guard
from ui.offline import go_offline

if TYPE_CHECKING:
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


def create_app(assistant: Asks, *, hosts: Sequence[str] = LOOPBACK) -> FastAPI:
    """The page as an ASGI application; models begin to load in the background.

    Args:
        assistant: what answers and keeps the articles.
        hosts: the names and addresses, without port, that the page answers to.
    """
    go_offline()
    import gradio as gr
    from fastapi import FastAPI

    from ui.page.actions import Actions
    from ui.page.blocks import build

    actions = Actions(assistant)
    bare = {"openapi_url": None, "docs_url": None, "redoc_url": None}
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Guard, hosts=hosts)
    actions.readiness.start()
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app,
        build(actions),
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


def serve(
    assistant: Asks,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    allowed_hosts: Sequence[str] = (),
    open_browser: bool = False,
    say: Callable[[str], None] = _LOG.warning,
) -> None:
    """Serve the page until it is interrupted.

    Args:
        assistant: what answers and keeps the articles.
        host: the address to bind. Another than loopback opens the articles to the network: it is warned of,
            and without `allowed_hosts` only a single address can be bound, which is then the one name.
        port: the first port to try; a busy one is said and the next is taken.
        allowed_hosts: further names and addresses that the page answers to.
        open_browser: open the person's browser once the page is there.
        say: told what the person should know, one line each.

    Raises:
        RagError: the host cannot be served safely, or no port is free.
    """
    hosts = _hosts(host, allowed_hosts, say)
    listening = _listen(host, port, say)
    here = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{here}"
    with tempfile.TemporaryDirectory(prefix="unsaid-") as uploads:  # readable by this person alone, gone afterwards
        os.environ["GRADIO_TEMP_DIR"] = uploads
        app = create_app(assistant, hosts=hosts)
        import uvicorn

        say(f"Unsaid is at {url} (Ctrl+C ends it)")
        if open_browser:
            threading.Timer(1.0, webbrowser.open, [url]).start()
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=2)
        with listening:
            uvicorn.Server(config).run(sockets=[listening])


def _hosts(host: str, allowed: Sequence[str], say: Callable[[str], None]) -> tuple[str, ...]:
    """The names that the page answers to when bound to `host`."""
    if host in LOOPBACK:
        return (*LOOPBACK, *allowed)
    if host in _EVERYWHERE and not allowed:
        raise RagError(
            f"Binding {host or 'every address'} would open your articles to every network that this machine is in.",
            "Give the one address to bind, or leave the option out to stay on this machine.",
        )
    say(f"Warning: everyone who can reach {host or 'this machine'} can read your articles; there is no password.")
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
