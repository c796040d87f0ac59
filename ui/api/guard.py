"""The doorkeeper of the doors for programs: every request passes here first, and is noted in the audit log.

In this order: does it call the server by its own name, does another site send it, who asks, may they do that, do they
ask too much; and whatever keeps the models busy then waits for its turn. There are no cookies here: a program shows a
token or the key, or the system itself says that the connection is the person's.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from ui.api.operations import MCP, Operation, methods, operation, tool_of, waits
from ui.api.probes import Probes
from ui.api.queueing import Work, in_turn
from ui.api.refusals import not_so, not_yours, reads_only, refuse, stranger, too_many, watches_only
from ui.guard import App, Message, Receive, Scope, Send
from ui.web import replies
from ui.web.audit import Audit
from ui.web.calls import Refused
from ui.web.connections import UPLOAD, whole_body
from ui.web.logs import REQUESTS
from ui.web.metrics import Measures, Uncounted
from ui.web.origin import host_name, is_cross_site
from ui.web.place import Place
from ui.web.principals import Principal, Principals
from ui.web.rates import STRANGERS, Rates
from ui.web.rights import ASKS, PRINCIPAL
from ui.web.turns import Turns

_JSON = "application/json"
_NOTED = 600  # lines of the audit log a minute that strangers may cause


@dataclass
class _Seen:
    """What was found out about a request, for the audit log."""

    who: str = "stranger"
    role: str = ""
    operation: str = "-"
    pattern: str = "-"  # the same without a tool's name, which a client may make up
    path: str = ""  # without a root path; not noted
    status: int = 500
    waited: float = 0.0  # seconds for its turn


class ApiGuard:
    """ASGI middleware: refuses wrong hosts (400), strangers (401), other sites and what is not theirs (403), too much.

    Args:
        app: what is guarded.
        principals: whose requests are answered.
        place: the names that the server answers to.
        rates: how often each may ask.
        audit: where every request is noted; None: nowhere.
        turns: the queue of what keeps the models busy.
        measures: what counts.
        probes: what those are told who look whether it runs; None: nothing.
    """

    def __init__(
        self,
        app: App,
        principals: Principals,
        place: Place,
        rates: Rates | None = None,
        audit: Audit | None = None,
        turns: Turns | None = None,
        measures: Measures | None = None,
        probes: Probes | None = None,
    ) -> None:
        self._app = app
        self._principals = principals
        self._place = place
        self._rates = rates or Rates()
        self._audit = audit
        self._turns = turns or Turns()
        self._measures = measures or Uncounted()
        self._probes = probes or Probes(lambda: True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, seen = time.perf_counter(), _Seen()
        send = replies.with_headers(_watched(send, seen), replies.HEADERS)
        if await self._probes.answer(scope, send):
            return
        try:
            await self._admit(scope, receive, send, seen)
        except Refused as refusal:
            await refuse(send, refusal, seen.path)
        finally:
            self._note(seen, time.perf_counter() - begun)

    def _note(self, seen: _Seen, seconds: float) -> None:
        """Tell audit log, figures and log of a request."""
        self._measures.asked(seen.pattern, seen.status, seconds)
        if not seen.role and self._rates.wait("strangers noted", _NOTED):
            return
        if self._audit is not None:
            self._audit.note(seen.who, seen.role, seen.operation, seen.status, seconds * 1_000)
        figures = {"ms": round(seconds * 1_000, 1), "waited_ms": round(seen.waited * 1_000, 1)}
        told = {"operation": seen.pattern, "status": seen.status, **figures}
        REQUESTS.info("request", extra={"figures": told})

    async def _admit(self, scope: Scope, receive: Receive, send: Send, seen: _Seen) -> None:
        """Let a request in, or raise why not."""
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, seen.path = headers.get(b"host", ""), self._place.settle(scope)
        if host_name(host) not in self._place.hosts:
            raise Refused(400, "This server does not go by that host name.")
        scope["scheme"] = self._place.scheme(host)
        if is_cross_site(headers, scope["scheme"]):
            raise Refused(403, "Other sites may not talk to this server.")
        of = operation(str(scope["method"]), seen.path)
        seen.operation = seen.pattern = of.name if of else "-"
        asks = self._known(headers, scope)
        seen.who, seen.role = asks.name, asks.role
        self._may(asks, of, seen.path)
        if asks.per_minute is None:
            await self._pass(scope, receive, send, headers, asks, of, seen)
            return
        if not self._rates.begin(asks.id):
            raise too_many(1)
        try:
            await self._pass(scope, receive, send, headers, asks, of, seen)
        finally:
            self._rates.end(asks.id)

    def _known(self, headers: dict[bytes, str], scope: Scope) -> Principal:
        asks = self._principals.of(headers, scope)
        if asks is None:
            client = scope.get("client")
            wait = self._rates.wait(f"stranger {client[0] if client else ''}", STRANGERS)
            raise too_many(wait) if wait else stranger()
        if asks.per_minute is not None and (wait := self._rates.wait(asks.id, asks.per_minute)):
            raise too_many(wait)
        return asks

    def _may(self, asks: Principal, of: Operation | None, path: str) -> None:
        """Raise if it is not theirs to do. What is none goes on to the framework's reply for admins alone."""
        if asks.role == "admin":
            return
        if asks.role == "watch" and not (of and of.watched):
            raise watches_only()
        if of is None:
            allowed = methods(path)
            raise not_so(allowed) if allowed else Refused(404, "There is nothing here.")
        if of.role == "watch" and asks.role != "watch":
            raise not_yours()
        if of.role == "admin":
            raise reads_only()

    async def _pass(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        headers: dict[bytes, str],
        asks: Principal,
        of: Operation | None,
        seen: _Seen,
    ) -> None:
        body = b""
        if scope["method"] not in ("GET", "HEAD"):
            body = await whole_body(receive, asks.longest, UPLOAD)
        # A browser sends JSON to another site only after asking, which is refused above; plain forms it just sends.
        if body and headers.get(b"content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise Refused(415, f"A body has to be {_JSON}.")
        tool = tool_of(body) if of is MCP else ""
        seen.operation += f" {tool}" if tool else ""
        scope[PRINCIPAL] = asks

        async def work(receive: Receive, send: Send) -> None:
            set_ = ASKS.set(asks)
            try:
                await self._app(scope, _again(body, receive), send)
            finally:
                ASKS.reset(set_)

        if of is not None and waits(of, tool):
            await self._in_turn(asks, receive, send, work, seen)
        else:
            await work(receive, send)

    async def _in_turn(self, asks: Principal, receive: Receive, send: Send, work: Work, seen: _Seen) -> None:
        def begun(seconds: float) -> None:
            seen.waited = seconds
            self._measures.waited(seconds)

        try:
            await in_turn(self._turns, asks.id, receive, send, work, begun)
        except Refused as refusal:
            if refusal.status == 503:
                self._measures.turned_away()
            raise


def _watched(send: Send, seen: _Seen) -> Send:
    """A `send` that notes the status."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.status = message["status"]
        await send(message)

    return sending


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body which was read already, and then what else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving
