"""A server that speaks OpenAI's protocol: requests with time-outs and retries, and what goes wrong in words.

The one place that connects to a model's server. Each call has a connection of its own, so that it can be hung up on at
any moment, also while the server is still reading; that costs a millisecond on the same machine. What has begun to
come is never asked for again. Redirects are not followed: the address is the one that was agreed to.
"""

from __future__ import annotations

import os
import random
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.address import Address
from models.complaints import Complaints
from models.errors import ServerFailed

if TYPE_CHECKING:
    import httpx

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses that may be others in a moment
_LONGEST_WAIT = 30.0  # seconds that a server may ask to be waited for
_LONGEST_REPLY = 64_000_000  # characters of one reply
_RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)  # linger for no time


@dataclass(frozen=True)
class Patience:
    """How long to wait for a server, in seconds, and how often to try."""

    connect: float = 5.0
    reply: float = 300.0  # between two pieces of a reply: a model on a CPU may read a prompt for minutes
    tries: int = 4
    pause: float = 0.5  # before the second try; twice as long before each further one


class Call:
    """One request on its way. `hang_up` may be called from any thread, at any time."""

    def __init__(self) -> None:
        self.hung_up = threading.Event()
        self._socket: socket.socket | None = None

    def follow(self, event: str, info: Mapping[str, Any]) -> None:
        """Keep hold of the connection; httpx tells of each step."""
        stream = info.get("return_value")
        if stream is not None and event.endswith(".complete") and hasattr(stream, "get_extra_info"):
            self._socket = stream.get_extra_info("socket")
            if self.hung_up.is_set():
                self.hang_up()

    def hang_up(self) -> None:
        """End the request; whoever waits for a reply is woken.

        The connection is reset when it is closed: a server whose words nobody had room for would else go on waiting
        for room, as long as the system remembers the connection (a minute on Linux).
        """
        self.hung_up.set()
        if self._socket is not None:
            with suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                self._socket.shutdown(socket.SHUT_RDWR)


class Server:
    """A server at an address.

    Args:
        address: where.
        key: what it is shown as a bearer token; None for none. It is shown to nobody else.
        key_variable: the environment variable that the key is from, for the cure.
        patience: how long to wait.
    """

    def __init__(
        self, address: Address, key: str | None = None, key_variable: str = "", patience: Patience | None = None
    ) -> None:
        self.address = address
        self._key = (key or "").strip()
        self._patience = patience or Patience()
        self._wrong = Complaints(address.host, self._key, key_variable, self._patience.reply)

    def models(self) -> tuple[str, ...]:
        """The names of the models that it says it has.

        Raises:
            ServerFailed: it doesn't say.
        """
        try:
            return tuple(str(model["id"]) for model in self.whole("GET", "/models")["data"])
        except (KeyError, TypeError) as problem:
            raise self._wrong.other_protocol() from problem

    def only_model(self, option: str) -> str:
        """The model that is meant where none is named.

        Args:
            option: what names one, for the cure.

        Raises:
            ServerFailed: it has none, or several.
        """
        names = self.models()
        if len(names) == 1:
            return names[0]
        has = f"has {len(names)} models" if names else "names no model"
        listed = f" It has: {', '.join(names[:20])}." if names else ""
        raise ServerFailed(f"The server {self.address.host} {has}.", f"Say which: {option} NAME.{listed}")

    def whole(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 — JSON
        """A reply as JSON.

        Raises:
            ServerFailed: there is none.
        """
        call = Call()
        with self._reply(call, method, path, body) as reply:
            text = "".join(self._bounded(reply.iter_text(), call))
        return self._wrong.json(text)

    def events(self, call: Call, path: str, body: Mapping[str, Any]) -> Iterator[Any]:
        """The JSON objects of a reply that comes as server-sent events; of any other reply its one object.

        Args:
            call: to hang up by.
            path: below the address.
            body: what is sent.

        Raises:
            ServerFailed: it refuses, breaks off or speaks otherwise. Not once `call` was hung up on.
        """
        with self._reply(call, "POST", path, body) as reply:
            pieces = self._bounded(reply.iter_text(), call)
            if not reply.headers.get("content-type", "").startswith("text/event-stream"):
                yield self._wrong.json("".join(pieces))
                return
            for line in _lines(pieces):
                if not line.startswith("data:"):
                    continue
                if (data := line[5:].strip()) == "[DONE]":
                    return
                yield self._wrong.json(data)
            raise self._wrong.ended_early()

    def _bounded(self, pieces: Iterator[str], call: Call) -> Iterator[str]:
        """What comes, up to a length and until the call is hung up on.

        A socket that is shut down is read on until nothing is left in it: a server that sends faster than is read
        leaves something every time, and would be read for ever.
        """
        total = 0
        for piece in pieces:
            if call.hung_up.is_set():
                return
            total += len(piece)
            if total > _LONGEST_REPLY:
                raise ServerFailed(f"The server {self.address.host} sends without end.", "Use another server.")
            yield piece

    @contextmanager
    def _reply(self, call: Call, method: str, path: str, body: Mapping[str, Any] | None) -> Iterator[httpx.Response]:
        """The reply to a request, once its status says that it is one."""
        import httpx

        try:
            with self._client() as client:
                request = client.build_request(
                    method, f"{self.address.url}{path}", json=body, extensions={"trace": call.follow}
                )
                reply = self._sent(client, request, call)
                try:
                    yield reply
                finally:
                    reply.close()
        except httpx.HTTPError as problem:
            raise self._wrong.failed(problem) from problem

    def _client(self) -> httpx.Client:
        import httpx

        p = self._patience
        return httpx.Client(
            headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
            timeout=httpx.Timeout(p.reply, connect=p.connect),
            trust_env=not self.address.is_here,  # a proxy would take what is for this machine elsewhere
            follow_redirects=False,
        )

    def _sent(self, client: httpx.Client, request: httpx.Request, call: Call) -> httpx.Response:
        """Send a request, again after a while where that may help."""
        import httpx

        for left in reversed(range(self._patience.tries)):
            asked_for = 0.0
            try:
                reply = client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.RemoteProtocolError):
                if not left or call.hung_up.is_set():
                    raise
            else:
                if reply.is_success:
                    return reply
                if not left or reply.status_code not in _PASSING or self._wrong.asked_wrongly(reply):
                    raise self._wrong.refused(reply)
                asked_for = _seconds(reply.headers.get("retry-after"))
                reply.close()
            pause: float = self._patience.pause * 2 ** (self._patience.tries - 1 - left)
            # Not all at the same moment: whoever waits for a busy server is seldom alone.
            if call.hung_up.wait(max(asked_for, pause * random.uniform(0.5, 1.0))):
                raise httpx.RemoteProtocolError("hung up")
        raise AssertionError("the last try returns or raises")


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines of a text that comes in pieces, the last one with or without its end."""
    begun: list[str] = []
    for piece in pieces:
        first, *others = piece.split("\n")
        begun.append(first)
        if others:
            yield "".join(begun)
            yield from others[:-1]
            begun = [others[-1]]
    yield "".join(begun)


def _seconds(header: str | None) -> float:
    try:
        return min(_LONGEST_WAIT, max(0.0, float(header or 0)))
    except ValueError:
        return 0.0  # a date; ours is as good a guess
