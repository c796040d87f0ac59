"""The tiny embedder behind a real server, so that workers in other processes can load it; it notes what it embeds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from speaking_server import Asked, Reply, SpeakingServer, plain
from tiny_embedder import TinyEmbedder

from models import load_embedder
from models.protocols import Embedder


class TinyServer:
    """`before` is called with the texts of each request, before they are embedded; a reply of its own is given in place of vectors."""

    def __init__(self, before: Callable[[list[str]], Reply | None] = lambda _: None):
        self.before = before
        self.embedded: list[str] = []
        self._noting = threading.Lock()
        self._tiny = TinyEmbedder()
        self.speaking = SpeakingServer(self._speak)
        self.url = f"{self.speaking.url}#tiny"

    def _speak(self, asked: Asked) -> Reply:
        texts = asked.body["input"]
        if texts != ["a"]:  # which is how the vectors' length is asked for
            if reply := self.before(texts):
                return reply
            with self._noting:
                self.embedded += texts
        rows = [self._tiny.embed_query(text) for text in texts]
        return plain({"data": [{"index": n, "embedding": [float(x) for x in row]} for n, row in enumerate(rows)]})

    def embedder(self) -> Embedder:
        return load_embedder(self.url)


@contextmanager
def tiny_server() -> Iterator[TinyServer]:
    server = TinyServer()
    with server.speaking.running():
        yield server
