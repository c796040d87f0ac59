"""Rebuild an index on a server and die at the n-th call of it, as `kill -9` would make it. Run by test_milvus_kill.py."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tiny_embedder import TinyEmbedder

from rag.index.ahead import AtOnce
from rag.index.before import Wish
from rag.index.layout import Layout
from rag.index.milvus.client import Client
from rag.index.steps import build_generation
from rag.index.stores import store_of
from rag.settings import Settings


def main(folder: str, root: str, calls: int) -> None:
    seen = 0

    def count(frame, event, _):
        nonlocal seen
        if event == "call" and frame.f_code in WRITES:
            if seen == calls:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

    store = store_of(Path(folder))
    sys.setprofile(count)
    with store.writing():
        build_generation(
            Layout(Path(folder)), Wish((Path(root),)), AtOnce(TinyEmbedder()), Settings(), lambda _: None, store=store
        )


WRITES = {f.__code__ for f in (Client.put, Client.delete)}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
