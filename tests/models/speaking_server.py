"""A real HTTP server that speaks OpenAI's protocol, or whatever a test wants it to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from models.address import address_of
from models.server import Patience, Server

QUICK = Patience(connect=5.0, reply=30.0, tries=3, pause=0.01)


@dataclass
class Reply:
    """What is said to a request; `pieces` are sent one by one as they are made."""

    pieces: Iterable[bytes] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@dataclass
class Asked:
    """A request as it came."""

    path: str
    body: dict
    headers: dict[str, str]


class SpeakingServer:
    """Replies to each request with what `speak` gives; keeps what it was asked."""

    def __init__(self, speak: Callable[[Asked], Reply]):
        self.asked: list[Asked] = []
        self.hung_up = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                asked = Asked(self.path, json.loads(self.rfile.read(length) or b"{}"), dict(self.headers))
                outer.asked.append(asked)
                reply = speak(asked)
                try:
                    self.send_response(reply.status)
                    for name, value in {**reply.headers, "Connection": "close"}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    for piece in reply.pieces:
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    outer.hung_up.set()

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.host = f"127.0.0.1:{self._http.server_port}"
        self.url = f"http://{self.host}/v1"

    def server(self, key: str | None = None, patience: Patience = QUICK) -> Server:
        """Ours for it."""
        return Server(address_of(self.url), key, "UNSAID_LLM_KEY", patience)

    @contextmanager
    def running(self) -> Iterator[SpeakingServer]:
        thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()


def plain(data: object, status: int = 200, **headers: str) -> Reply:
    """A reply of one JSON value."""
    return Reply([json.dumps(data).encode()], status, {"Content-Type": "application/json", **headers})


def said(*words: str, end: bytes = b"data: [DONE]\n\n") -> Reply:
    """A completion as server-sent events, as llama.cpp's servers and OpenAI's send it."""
    chunks = [
        {"choices": [{"delta": {"role": "assistant"}}]},
        *({"choices": [{"delta": {"content": w}}]} for w in words),
    ]
    lines = [f"data: {json.dumps(c)}\n\n".encode() for c in (*chunks, {"choices": [], "usage": {}})]
    return Reply([b": keep-alive\n\n", *lines, end], headers={"Content-Type": "text/event-stream"})


def refused(message: str, status: int = 400) -> Reply:
    """An error as OpenAI tells it."""
    return plain({"error": {"message": message, "type": "invalid_request_error"}}, status)
