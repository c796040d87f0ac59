"""The page's doorkeeper: every request passes here before Gradio sees it.

In this order: does it call the server by its own name, does another site send it, is there such a
route, is it the person's own, and is what it asks for theirs to ask.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

from ui.web import replies
from ui.web.access import OWNER, Access, Session, cookie_name
from ui.web.calls import Caller, Calls, Refused
from ui.web.connections import UPLOAD, Timed, whole_body
from ui.web.opening import at_once
from ui.web.origin import host_name, is_cross_site, is_followed_link, is_own_page
from ui.web.place import Place
from ui.web.routes import FILE, START, Route, found
from ui.web.uploads import Uploads

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

SESSION = "unsaid.session"  # where a request's scope names its session, for the page's own functions
_LONGEST = 24_000_000  # bytes of a call: a pasted text of 20 MB, and what JSON adds to it


@dataclass
class _Request:
    """One request and what was found out about it."""

    scope: Scope
    receive: Receive
    send: Send
    headers: dict[bytes, str]
    route: Route
    parts: dict[str, str]
    session: Session

    def query(self, name: str) -> str:
        """A value of the query, "" where there is none."""
        return _query(self.scope).get(name, "")


class Guard:
    """ASGI middleware: refuses wrong hosts (400), other sites and strangers (403) and what is off (404).

    Args:
        app: what is guarded.
        access: whose requests are answered.
        uploads: the files on their way into the index.
        calls: what may be asked of the page's functions.
        place: the names that the page answers to, and how a proxy is spoken to.
    """

    def __init__(self, app: App, access: Access, uploads: Uploads, calls: Calls, place: Place | None = None) -> None:
        self._app = app
        self._access = access
        self._uploads = uploads
        self._calls = calls
        self._place = place or Place()
        self._special: dict[str, Callable[[_Request], Awaitable[None]]] = {
            "/gradio_api/queue/join": self._join,
            "/gradio_api/call/{api_name}": self._call,
            "/gradio_api/call/{api_name}/{event_id}": self._reply,
            "/gradio_api/cancel": self._cancel,
            "/gradio_api/queue/data": self._events,
            "/gradio_api/heartbeat/{session_hash}": self._heartbeat,
            "/gradio_api/upload": self._upload,
            "/gradio_api/file={path_or_url:path}": self._file,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "websocket":  # Gradio has none
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":  # the server's life, from its start to its end
            try:
                await self._app(scope, receive, send)
            finally:
                self._access.end()
        else:
            is_file = str(scope["path"]).startswith(FILE.rstrip("="))
            send = replies.with_headers(send, replies.FILE_HEADERS if is_file else replies.HEADERS)
            try:
                await self._admit(scope, receive, send)
            except Refused as refusal:
                await replies.text(send, refusal.status, refusal.words)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or raise why not."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        method, path = str(scope["method"]), str(scope["path"])
        host = headers.get(b"host", "")
        if host_name(host) not in self._place.hosts:
            raise Refused(400, "This page does not go by that host name.")
        scope["scheme"] = self._place.scheme(host)
        start = (method, path) == ("GET", START)
        if start and (opener := self._access.opener(_query(scope).get("key", ""))) is not None:
            await replies.see_start(send, self._cookie(headers, scope["scheme"], opener))
            return
        if is_cross_site(headers, scope["scheme"]):
            if not (start and is_followed_link(headers) and not scope["query_string"]):
                raise _other_site()
            await replies.anew(send)  # what the browser then asks for is its own wish
            return
        match = found(method, path)
        if match is None:
            raise Refused(404, "There is nothing here.")
        session = self._access.session(headers)
        if start:
            _uncompressed(scope)
            send = at_once(send)
        if start and session is None:
            await self._begin(scope, receive, send, headers)
        elif session is None:
            raise _stranger()
        else:
            route, parts = match
            scope[SESSION] = session.name
            _cut_query(scope, route)
            request = _Request(scope, receive, send, headers, route, parts, session)
            await self._special.get(route.template, self._pass)(request)

    async def _begin(self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, str]) -> None:
        """The start page for a browser that has no session yet."""
        if self._place.shared or not self._access.is_person(scope.get("client"), scope.get("server")):
            raise _stranger()
        scope["query_string"] = b""
        await self._app(scope, receive, replies.with_headers(send, [(b"set-cookie", self._cookie(headers))]))

    def _cookie(self, headers: dict[bytes, str], scheme: str = "http", by: str = OWNER) -> bytes:
        secure = "; Secure" if scheme == "https" else ""
        return f"{cookie_name(headers)}={self._access.open(by)}; HttpOnly; SameSite=Strict; Path=/{secure}".encode()

    # ── routes of their own ─────────────────────────────────────────────────────────────────
    async def _pass(self, request: _Request) -> None:
        await self._app(request.scope, request.receive, request.send)

    async def _pass_body(self, request: _Request, body: bytes, send: Send | None = None) -> None:
        """Pass a request on with another body."""
        headers = [h for h in request.scope["headers"] if h[0].lower() not in (b"content-length", b"content-type")]
        size = str(len(body)).encode()
        request.scope["headers"] = [*headers, (b"content-type", b"application/json"), (b"content-length", size)]
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return waiting.pop() if waiting else await request.receive()

        await self._app(request.scope, receive, send or request.send)

    def _caller(self, request: _Request) -> Caller:
        page = is_own_page(request.headers, request.scope["scheme"])
        return Caller(request.session, self._uploads.of(request.session.name), page)

    async def _join(self, request: _Request) -> None:
        body = await whole_body(request.receive, _LONGEST)
        await self._pass_body(request, self._calls.joined(body, self._caller(request)))

    async def _call(self, request: _Request) -> None:
        body = await whole_body(request.receive, _LONGEST)
        call = self._calls.named(request.parts["api_name"], body, self._caller(request))
        _uncompressed(request.scope)

        def own(status: int, reply: bytes) -> str | None:
            if status == 200:
                self._access.owns(request.session, str(json.loads(reply)["event_id"]))
            return None

        await self._pass_body(request, call, replies.looked_at(request.send, own))

    async def _reply(self, request: _Request) -> None:
        event = request.parts["event_id"]
        if not self._access.has(request.session, event):
            raise Refused(404, "There is no such call.")
        try:
            await self._pass(request)
        finally:
            self._access.close(request.session, event)

    async def _cancel(self, request: _Request) -> None:
        body = await whole_body(request.receive, _LONGEST)
        await self._pass_body(request, self._calls.cancelled(body, request.session))

    async def _events(self, request: _Request) -> None:
        tab = self._calls.tab({"session_hash": request.query("session_hash")}, request.session)
        try:
            await self._pass(request)
        finally:
            self._access.rested(tab)

    async def _heartbeat(self, request: _Request) -> None:
        tab = self._calls.tab(request.parts, request.session)
        with self._access.held(request.session, tab):
            await self._pass(request)
        if not request.session.open:
            self._uploads.drop(request.session.name)

    async def _upload(self, request: _Request) -> None:
        length = request.headers.get(b"content-length", "")
        if not length.isdecimal():
            raise Refused(411, "An upload has to say how long it is.")
        name = request.session.name
        _uncompressed(request.scope)

        def note(status: int, reply: bytes) -> str | None:
            return self._uploads.arrived(name, json.loads(reply)) if status == 200 else None

        with self._uploads.arriving(name, int(length)) as refusal:
            if refusal is not None:
                raise Refused(413, refusal)
            receive = Timed(request.receive, UPLOAD)
            send = replies.unless(request.send, lambda: receive.expired)
            with replies.quiet_if(lambda: receive.expired):
                await self._app(request.scope, receive, replies.looked_at(send, note))
            if receive.expired:
                raise Refused(408, "The upload took too long to arrive.")

    async def _file(self, request: _Request) -> None:
        if request.parts["path_or_url"] not in self._uploads.of(request.session.name):
            raise Refused(404, "There is nothing here.")
        await self._pass(request)


# Made anew each time: an exception that is raised again keeps the frames of every time before.
def _other_site() -> Refused:
    return Refused(403, "Other sites may not talk to this page.")


def _stranger() -> Refused:
    return Refused(
        403,
        "This page belongs to the person who started it. If that is you, open the address with the key that the "
        "terminal shows, or with your token; programs send it as: Authorization: Bearer KEY",
    )


def _query(scope: Scope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1")))


def _cut_query(scope: Scope, route: Route) -> None:
    """Leave of a query what the route needs."""
    kept = {name: value for name, value in _query(scope).items() if name in route.query}
    scope["query_string"] = urlencode(kept).encode()


def _uncompressed(scope: Scope) -> None:
    """Have a reply come as it is, so that it can be read on its way."""
    scope["headers"] = [h for h in scope["headers"] if h[0].lower() != b"accept-encoding"]
