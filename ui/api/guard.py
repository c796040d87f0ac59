"""The doorkeeper of the doors for programs: every request passes here first.

The same questions as the page's, in the same order: does it call the server by its own name, does another site send
it, is it the person's own. There are no cookies here: a program shows the key, or the system itself says that the
connection is the person's.
"""

from __future__ import annotations

from collections.abc import Sequence

from ui.api.problems import MEDIA_TYPE, problem
from ui.guard import App, Message, Receive, Scope, Send
from ui.web import replies
from ui.web.access import Access
from ui.web.calls import Refused
from ui.web.connections import UPLOAD, whole_body
from ui.web.origin import LOOPBACK, host_name, is_cross_site

LONGEST = 30_000_000  # bytes of a body: an article of 20 MB, and what its encoding adds
_JSON = "application/json"
_TITLES = {
    400: "WrongHost", 401: "Stranger", 403: "OtherSite", 408: "TooSlow", 413: "TooLong", 415: "NotJson",
}  # fmt: skip
_STRANGER = (
    "This server belongs to the person who started it. If that is you, send the key that the terminal shows: "
    "Authorization: Bearer KEY"
)


class ApiGuard:
    """ASGI middleware: refuses wrong hosts (400), strangers (401), other sites (403), slow, long and strange bodies.

    Args:
        app: what is guarded.
        access: whose requests are answered.
        hosts: the names and addresses, without port, that the server answers to.
    """

    def __init__(self, app: App, access: Access, hosts: Sequence[str] = LOOPBACK) -> None:
        self._app = app
        self._access = access
        self._hosts = frozenset(h.lower().strip("[]") for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = replies.with_headers(send, replies.HEADERS)
        try:
            await self._admit(scope, receive, send)
        except Refused as refusal:
            await _refuse(send, refusal)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or raise why not."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if host_name(headers.get(b"host", "")) not in self._hosts:
            raise Refused(400, "This server does not go by that host name.")
        if is_cross_site(headers, scope["scheme"]):
            raise Refused(403, "Other sites may not talk to this server.")
        if not self._is_known(headers, scope):
            raise Refused(401, _STRANGER)
        body = await whole_body(receive, LONGEST, UPLOAD) if scope["method"] not in ("GET", "HEAD") else b""
        # A browser sends JSON to another site only after asking, which is refused above; plain forms it just sends.
        if body and headers.get(b"content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise Refused(415, f"A body has to be {_JSON}.")
        await self._app(scope, _again(body, receive), send)

    def _is_known(self, headers: dict[bytes, str], scope: Scope) -> bool:
        scheme, _, word = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._access.is_key(word.strip()):
            return True
        return self._access.is_person(scope.get("client"), scope.get("server"))


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body which was read already, and then what else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving


async def _refuse(send: Send, refusal: Refused) -> None:
    told = problem(_TITLES.get(refusal.status, "Refused"), refusal.status, refusal.words, "See docs/api.md.")
    body = told.body()
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    if refusal.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
