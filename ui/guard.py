"""Who may talk to the page: this machine's own browser, addressing it by its own name.

A page on another site must not reach a server on loopback, neither by a name that it points at
127.0.0.1 (DNS rebinding: the `Host` is wrong) nor from the person's browser (the `Origin` is).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlsplit

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")

# Gradio's HTML component compiles its template, hence 'unsafe-eval'; what is rendered there is escaped.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


# Gradio serves these whatever it is told; nobody needs them here.
_OFF = ("/gradio_api/openapi.json", "/gradio_api/runs", "/monitoring")


class Guard:
    """ASGI middleware: refuses wrong hosts (400), other sites (403) and what is off (404); adds security headers.

    Args:
        app: what is guarded.
        hosts: the names and addresses, without port, that the page answers to.
    """

    def __init__(self, app: App, hosts: Sequence[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(h.lower().strip("[]") for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in HEADERS}
                kept = [h for h in message.get("headers", ()) if h[0].lower() not in ours]
                message["headers"] = [*kept, *HEADERS]
            await send(message)

        refusal = self._refusal(str(scope.get("method", "GET")), str(scope["path"]), headers)
        if refusal is None:
            await self._app(scope, receive, with_headers)
        else:
            await _refuse(scope, with_headers, *refusal)

    def _refusal(self, method: str, path: str, headers: dict[bytes, str]) -> tuple[int, str] | None:
        host = headers.get(b"host", "")
        if _name(f"//{host}") not in self._hosts:
            return 400, "This page does not go by that host name."
        origin = headers.get(b"origin")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return 403, "Other sites may not talk to this page."
        if headers.get(b"sec-fetch-site", "none") in ("cross-site", "same-site"):
            followed_link = method == "GET" and headers.get(b"sec-fetch-mode") == "navigate"
            if not (followed_link and headers.get(b"sec-fetch-dest") == "document"):
                return 403, "Other sites may not talk to this page."
        return (404, "There is nothing here.") if path.startswith(_OFF) else None


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # brackets that hold no address
        return None


async def _refuse(scope: Scope, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
