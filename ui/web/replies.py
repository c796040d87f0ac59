"""Replies of the server's own, and what is laid over those of Gradio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from ui.web.calls import Refused

Message: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Header: TypeAlias = tuple[bytes, bytes]

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
_EVERYWHERE: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
HEADERS: tuple[Header, ...] = ((b"content-security-policy", _POLICY.encode()), *_EVERYWHERE)
# What was uploaded is never a page of this origin: it is saved, not shown, and if shown it can do nothing.
FILE_HEADERS: tuple[Header, ...] = (
    (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'"),
    (b"content-disposition", b"attachment"),
    (b"content-type", b"application/octet-stream"),
    (b"cache-control", b"no-store"),
    *_EVERYWHERE,
)
_ANEW = b'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Unsaid</title>'


def with_headers(send: Send, headers: Sequence[Header]) -> Send:
    """A `send` that sets these headers on every reply, in place of others of the same names."""
    ours = {name for name, _ in headers}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [h for h in message.get("headers", ()) if h[0].lower() not in ours]
            message["headers"] = [*kept, *headers]
        await send(message)

    return sending


def looked_at(send: Send, look: Callable[[int, bytes], str | None]) -> Send:
    """A `send` that shows a whole reply (status, body) to `look` before it goes out.

    Where `look` returns words, they are said instead, as a refusal (413).
    """
    starts: list[Message] = []
    parts: list[bytes] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            starts.append(message)
            return
        parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        words = look(starts[0]["status"], b"".join(parts))
        if words is not None:
            raise Refused(413, words)
        await send(starts[0])
        await send({"type": "http.response.body", "body": b"".join(parts)})

    return sending


def unless(send: Send, condition: Callable[[], bool]) -> Send:
    """A `send` that keeps still once the condition holds."""

    async def sending(message: Message) -> None:
        if not condition():
            await send(message)

    return sending


@contextmanager
def quiet_if(condition: Callable[[], bool]) -> Iterator[None]:
    """Drop what an application raises because it was cut off on purpose."""
    try:
        yield
    except Exception:  # whatever it is: it is raised again unless the cut was ours
        if not condition():
            raise


async def text(send: Send, status: int, words: str) -> None:
    """A reply in words."""
    await _whole(send, status, words.encode(), [(b"content-type", b"text/plain; charset=utf-8")])


async def anew(send: Send) -> None:
    """A page that does nothing but open the start page, as the browser's own wish."""
    await _whole(send, 200, _ANEW, [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")])


async def see_start(send: Send, cookie: bytes) -> None:
    """To the start page, with a cookie, and the key out of the address."""
    headers = [(b"location", b"/"), (b"set-cookie", cookie), (b"cache-control", b"no-store")]
    await _whole(send, 303, b"", headers)


async def _whole(send: Send, status: int, body: bytes, headers: Sequence[Header]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
