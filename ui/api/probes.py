"""Two questions that anybody may ask of a running server: does it live, and can it be asked. Nothing else is told.

Those who look after servers ask by an address, as often as they like, and hold no token.
"""

from __future__ import annotations

from collections.abc import Callable

from ui.guard import Scope, Send

LIVES, READY = "/healthz", "/readyz"


class Probes:
    """Answers them.

    Args:
        ready: whether the models are loaded.
    """

    def __init__(self, ready: Callable[[], bool]) -> None:
        self._ready = ready

    async def answer(self, scope: Scope, send: Send) -> bool:
        """Answer a request where it is one of the two; whether it was."""
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        if scope["method"] not in ("GET", "HEAD") or path not in (LIVES, READY):
            return False
        well = path == LIVES or self._ready()
        body = b'{"status": "ok"}' if well else b'{"status": "loading"}'
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        if not well:
            headers.append((b"retry-after", b"5"))
        await send({"type": "http.response.start", "status": 200 if well else 503, "headers": headers})
        await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})
        return True
