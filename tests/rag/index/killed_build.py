"""Rebuild an index and die at the given step, as `kill -9` would make it. Run by test_kill.py.

It does what the process that rebuilds does, in this one.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tiny_embedder import TinyEmbedder

from rag.index.ahead import AtOnce
from rag.index.before import Wish
from rag.index.layout import Layout, sole_writer
from rag.index.steps import build_generation
from rag.settings import Settings
from rag.types import Progress

# (event that Python audits, end of the path it is about, the how-manieth time): what is about to happen then.
STEPS = {
    "the old articles are copied": ("open", "/articles.sqlite", 2),  # the first checks their hash
    "the articles are changed": ("sqlite3.connect", "/articles.sqlite", 2),  # the first opens the old ones
    "what was written is hashed": ("open", "/articles.sqlite", 4),
    "the manifest is written": ("open", "/manifest.json", 2),
    "its files are made durable": ("open", "/articles.sqlite", 5),
    "it gets its name": ("os.rename", "", 1),
    "the pointer is written": ("open", "/.CURRENT", 1),
    "the pointer is made durable": ("open", "/.CURRENT", 2),
    "the pointer is swapped": ("os.rename", "", 2),
    "the swap is made durable": ("open", "/index", 1),
    "the oldest is cleared away": ("os.remove", "/manifest.json", 1),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_step(event: str, end: str, times: int, folder: str) -> None:
    """Die at the n-th event of a kind about a path below (or at) the index folder."""
    seen = 0

    def count(name: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        path = str(arguments[0]).split("?")[0] if arguments else ""
        if name == event and folder in path and path.endswith(end):
            seen += 1
            if seen == times:
                die()

    sys.addaudithook(count)


def at_call(limit: int, folder: str) -> None:
    """Die at the n-th time that anything in the index folder is opened, made, renamed or deleted."""
    seen = 0

    def count(name: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if name in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "open", "sqlite3.connect") and folder in str(
            arguments
        ):
            if seen == limit:
                die()
            seen += 1

    sys.addaudithook(count)


def main(index: str, root: str, moment: str) -> None:
    def progress(at: Progress) -> None:
        if f"{at.stage} {at.done}" == moment:
            die()

    if moment in STEPS:
        at_step(*STEPS[moment], index)
    elif moment.startswith("call "):
        at_call(int(moment.split()[1]), index)
    layout = Layout(Path(index))
    with sole_writer(layout):
        build_generation(layout, Wish((Path(root),)), AtOnce(TinyEmbedder()), Settings(), progress)


if __name__ == "__main__":
    main(*sys.argv[1:4])
