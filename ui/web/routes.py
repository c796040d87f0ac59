"""The routes of Gradio that the page needs. Whatever is not in this table does not exist.

docs/security.md tells of every route of the pinned version what it does and why it is on or off; a
test compares both with the version that is installed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

START = "/"
FILE = "/gradio_api/file="
_WORD = r"[A-Za-z0-9_-]{1,64}"
_NAME = r"(?!\.)[A-Za-z0-9_@.,+()~\[\]-]+"
_PATH = rf"{_NAME}(?:/{_NAME})*"  # of Gradio's own files


@dataclass(frozen=True)
class Route:
    """One route that is on: Gradio's own template, what a path must look like, and the query names that are kept."""

    method: str
    template: str
    path: re.Pattern[str]
    query: frozenset[str] = field(default_factory=frozenset)


def _route(method: str, template: str, *query: str, **parts: str) -> Route:
    pattern = re.escape(template)
    for name, form in parts.items():
        pattern = re.sub(rf"\\{{{name}(?::path)?\\}}", lambda _, n=name, f=form: f"(?P<{n}>{f})", pattern)  # type: ignore[misc]
    return Route(method, template, re.compile(pattern), frozenset(query))


ON = (
    _route("GET", START),
    _route("GET", "/config"),
    _route("GET", "/theme.css"),
    _route("GET", "/favicon.ico"),
    _route("GET", "/manifest.json"),
    _route("GET", "/static/{path:path}", path=_PATH),
    _route("GET", "/assets/{path:path}", path=_PATH),
    _route("GET", "/gradio_api/info"),
    _route("GET", "/gradio_api/heartbeat/{session_hash}", session_hash=_WORD),
    _route("POST", "/gradio_api/queue/join"),
    _route("GET", "/gradio_api/queue/data", "session_hash"),
    _route("POST", "/gradio_api/call/{api_name}", api_name=_WORD),
    _route("GET", "/gradio_api/call/{api_name}/{event_id}", api_name=_WORD, event_id=_WORD),
    _route("POST", "/gradio_api/cancel"),
    _route("POST", "/gradio_api/upload", "upload_id"),
    _route("GET", "/gradio_api/upload_progress", "upload_id"),
    _route("GET", "/gradio_api/file={path_or_url:path}", path_or_url=r".+"),
)


def found(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a request and the parts of its path; None where there is nothing."""
    for route in ON:
        match = route.path.fullmatch(path) if route.method == method else None
        if match:
            return route, match.groupdict()
    return None
