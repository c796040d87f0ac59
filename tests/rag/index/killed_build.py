"""Rebuild an index and die at the given moment, as `kill -9` would make it. Run by test_kill.py."""

from __future__ import annotations

import os
import signal
import sys

from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.types import Progress

index, root, moment = sys.argv[1:4]
seen = 0


def die(progress: Progress) -> None:
    global seen
    if progress.stage == moment.split(":")[0]:
        if seen == int(moment.split(":")[1]):
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1


if moment.startswith("syscall:"):  # die at the n-th time that something is renamed or made durable
    limit = int(moment.split(":")[1])

    def count(event: str, arguments: tuple[object, ...]) -> None:
        global seen
        if event in ("os.rename", "os.mkdir", "shutil.rmtree", "open") and index in str(arguments):
            if seen == limit:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

    sys.addaudithook(count)

build_index([root], index, progress=die, embedder=TinyEmbedder())
