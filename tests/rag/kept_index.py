"""Indexes of every store, and a Milvus server of the tests' own (milvus-lite) that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from importlib.util import find_spec
from pathlib import Path

from tiny_embedder import TinyEmbedder

from rag.index.ahead import AtOnce
from rag.index.before import Wish
from rag.index.layout import Layout
from rag.index.reader import Index
from rag.index.steps import build_generation
from rag.index.stores import choose_store, store_of
from rag.settings import Settings
from rag.types import IndexReport

ARTICLES = {
    "cafe.md": '# The café\n\nIt sells coffee. AND OR NOT NEAR are words here. He said "a" and "b".',
    "china.txt": "China’s economy grew. The ﬂoor was wet. It cost 1,000 dollars.\nNothing else was agreed upon.",
    "crimea.txt": "Peskow spoke on Monday. Sanctions were not discussed. The recog­nition of Crimea was left open.",
    "molkerei.txt": "Die neue Molkerei wurde gebaut. Sie kostet 3.500 Euro und steht in Köln. "
    "Der Bürgermeister freute sich über das Gebäude am Rhein.",
    "tokyo.txt": "東京の新しい駅は明日開きます。市長は喜んでいます。駅の費用はまだ分かりません。",
    "towns.txt": "The mayor of the town spoke. " * 3 + "The harbour was closed. Whether it opens again was left open.",
}


# The server goes when the tests do, whatever ended them.
_SERVE = """
import ctypes, signal, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
from milvus_lite.cmdline import main
main()
"""


class Server:
    """A Milvus server of the tests' own, in a process that can be killed."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-c", _SERVE, "server", "--data-dir", str(self.data)]
        self._run = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for _ in range(600):
            with socket.socket() as here:
                if here.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        if self._run:
            self._run.send_signal(signal.SIGKILL)
            self._run.wait()
            self._run = None

    def address(self, name: str | None = None) -> str:
        return f"milvus://127.0.0.1:{self.port}/{name or 't' + uuid.uuid4().hex[:12]}"


def lacks_milvus() -> str | None:
    missing = [name for name in ("pymilvus", "milvus_lite") if find_spec(name) is None]
    return f"{' and '.join(missing)} not installed" if missing else None


class Kept:
    """An index of one store, rebuilt in this process."""

    def __init__(self, base: Path, address: str | None) -> None:
        self.base, self.root, self.folder, self.address = base, base / "root", base / "index", address
        self.root.mkdir(parents=True)
        if address:
            choose_store(self.folder, address)

    def write(self, **articles: str) -> None:
        for name, text in articles.items():
            self.file(name).write_text(text, "utf-8")

    def file(self, name: str) -> Path:
        return self.root / name.replace("__", ".")

    def build(self, *given: Path, embedder=None, progress=lambda _: None, store=None, **wish) -> IndexReport:
        store, made_by = store or store_of(self.folder), AtOnce(embedder or TinyEmbedder())
        with store.writing():
            return build_generation(
                Layout(self.folder), Wish(given, **wish), made_by, Settings(), progress, store=store
            )

    def open(self) -> Index:
        return Index.open(self.folder, TinyEmbedder().info)


def everything(opened: Index, words=("beta", "1,000", "the", "left"), phrases=("beta left", "the", "1,000")) -> dict:
    """All that an index answers, to be compared."""
    query = TinyEmbedder().embed_query(" ".join(words))
    some = frozenset(opened.sources()[:2])
    sources = opened.sources()
    return {
        "documents": [opened.document(s) for s in sources],
        "sentences": [opened.article_sentences(s) for s in sources],
        "listed": opened.articles(),
        "records": [(opened.record(s).chunks, opened.record(s).notes) for s in sources],
        "dense": [opened.dense(query, k, scope) for k in (1, 9) for scope in (None, some)],
        "lexical": [opened.lexical(words, k, scope) for k in (1, 9) for scope in (None, some)],
        "find": [opened.find(p, scope) for p in phrases for scope in (None, some)],
        "frequencies": [opened.document_frequency(p) for p in phrases],
        "vocabulary": sorted(opened.vocabulary()),
        "abroad": sorted(opened.stored.vocabulary_abroad()),
        "unsaid": opened.unsaid(None),
        "languages": dict(opened.languages()),
        "searched": opened.searched(None),
        "skipped": opened.skipped(),
        "passages": opened.passages(range(opened.manifest.chunks)),
        "vectors": opened.vectors_from(0, opened.manifest.chunks).tolist(),
    }


os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # a killed server is what the tests want
