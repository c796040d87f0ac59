"""The page's server: on this machine only, quiet towards the world, guarded against other sites."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from ui.guard import Guard
from ui.offline import go_offline
from ui.web.access import Access
from ui.web.calls import Calls
from ui.web.origin import LOOPBACK
from ui.web.peer import can_tell
from ui.web.place import Place, place_of
from ui.web.serving import ended_by_signals, listen, run, server
from ui.web.tokens import Tokens, default_path, refuse_without
from ui.web.upload_folder import opened
from ui.web.uploads import Uploads

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ui.page.protocols import Asks

__all__ = ["create_app", "run", "serve", "server"]

_LOG = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"
_STYLES = ("page.css", "room.css", "talks.css", "reader.css", "corpus.css")
_SCRIPTS = (
    "page.js",
    "sources.js",
    "room.js",
    "talks.js",
    "parts.js",
    "reader.js",
)  # each a function; run in this order
_FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]


def create_app(
    assistant: Asks,
    *,
    place: Place | None = None,
    access: Access | None = None,
    uploads: Uploads | None = None,
    filed: bool = False,
) -> FastAPI:
    """The page as an ASGI application; models begin to load in the background.

    Args:
        assistant: what answers and keeps the articles.
        place: the names that the page answers to; else those of this computer alone.
        access: the key that opens the page, and who has shown it; else a new one.
        uploads: where files lie on their way into the index; else a folder that goes with this process.
        filed: whether conversations are kept in the index folder, instead of in the browser.
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
    page = build(actions, uploads, filed=filed)
    access = access or Access()
    access.left, access.rested, access.ended = partial(forget_tab, page), partial(tidy_tab, page), uploads.drop
    bare = {"openapi_url": None, "docs_url": None, "redoc_url": None}
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    calls = Calls(functions(page), access)
    app.add_middleware(Guard, access=access, uploads=uploads, calls=calls, place=place)
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
        max_file_size=uploads.limits.size,  # a file that is too large to be read is named with its cure like any other
        allowed_paths=[],
        show_error=False,
        app_kwargs=bare,
        theme=_theme(),
        css_paths=[_ASSETS / name for name in _STYLES],
        js=_script(),
    )
    page.has_launched = page.is_running = True  # else Gradio does not check the paths that it is given
    return mounted  # type: ignore[no-any-return]


def serve(
    assistant: Asks,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    names: Sequence[str] = (),
    public_url: str | None = None,
    tokens: Path | None = None,
    filed: bool = False,
    say: Callable[[str], None] = _LOG.warning,
) -> None:
    """Serve the page until it is interrupted, by Ctrl+C, SIGTERM or SIGHUP.

    Args:
        assistant: what answers and keeps the articles.
        host: the address to bind. Another than loopback opens the page to the network, for holders of a token of the
            role admin: it is warned of, and without `names` only a single address can be bound, which is then the one
            name.
        port: the first port to try; a busy one is said and the next is taken.
        names: further names and addresses that the page answers to.
        public_url: the address, without a path, at which a proxy answers for it.
        tokens: the file of tokens; else the person's own.
        filed: whether conversations are kept in the index folder, instead of in the browser.
        say: told what the person should know, one line each.

    Raises:
        RagError: the host cannot be served safely, or no port is free.
    """
    place = place_of(host, names, public_url, say=say)
    if place.root_path:
        raise RagError(
            "The page needs a name of its own.", "Leave the path away: --public-url https://docs.example.org"
        )
    known = Tokens(tokens or default_path())
    if place.shared:
        refuse_without(known, "admin")
        if filed:
            raise RagError(
                "Everybody who opens the page would see the conversations in the index folder.",
                "Leave --conversations index away: each browser keeps its own.",
            )
    access = Access(tokens=known)
    with ended_by_signals(), listen(host, port, say) as listening, opened() as uploads:
        app = create_app(assistant, place=place, access=access, uploads=uploads, filed=filed)
        for line in _addresses(host, listening.getsockname()[1], None if place.shared else access.key):
            say(line)
        run(app, listening)


def _script() -> str:
    """All of the page's scripts as the one function that Gradio runs."""
    functions = [(_ASSETS / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return "() => {\n" + "\n".join(f"({function})();" for function in functions) + "\n}"


@cache
def _shared_uploads() -> Uploads:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(opened())


def _addresses(host: str, port: int, key: str | None) -> list[str]:
    """What to say about where the page is: the address that suffices here, and the one that always does."""
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if key is None:
        return [f"Unsaid is at {url}/?key=TOKEN, for holders of a token of the role admin (Ctrl+C ends it)"]
    if host in LOOPBACK and can_tell():
        return [
            f"Unsaid is at {url} (Ctrl+C ends it)",
            f"From a container, or where it asks for a key: {url}/?key={key}",
        ]
    return [f"Unsaid is at {url}/?key={key} (Ctrl+C ends it)"]


def _theme() -> Any:  # noqa: ANN401 — gradio has no types
    import gradio as gr

    return gr.themes.Default(
        primary_hue="teal",
        neutral_hue="slate",
        font=[gr.themes.Font(name) for name in _FONT],
        font_mono=[gr.themes.Font(name) for name in _MONO],
        radius_size="md",
    )
