"""Child processes of Unsaid: started from this very code, talked to by length-prefixed messages over pipes.

A child ends with its parent, whatever ended that: Linux kills it, and elsewhere a thread of its own sees the parent go.
"""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TypeAlias

_HOME = str(Path(__file__).parents[2])  # where the packages lie
_LENGTH = struct.Struct(">Q")  # goes before every message
_PARENT = "UNSAID_PARENT"  # tells a child who started it
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_Order: TypeAlias = "tuple[Callable[[], subprocess.Popen[bytes]], Future[subprocess.Popen[bytes]]]"
_LOOK = 0.5  # seconds between two looks at the parent


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run a module of Unsaid in a child; its standard input and output are the pipes to it.

    The folder that the person happens to be in is no place to import from (`-P`).
    """
    path = os.pathsep.join(filter(None, (_HOME, os.environ.get("PYTHONPATH"))))
    # One thread and one arena: each costs address space, which the child's limit counts.
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    environment[_PARENT] = str(os.getpid())
    command = [sys.executable, "-P", "-m", module, *arguments]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    started: Future[subprocess.Popen[bytes]] = Future()
    _orders().put(
        (lambda: subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment), started)
    )
    return started.result()


@lru_cache(maxsize=1)
def _orders() -> SimpleQueue[_Order]:
    """What goes to the thread that starts children and lives as long as this process.

    Linux takes a child's parent for gone when the thread that started it ends.
    """
    orders: SimpleQueue[_Order] = SimpleQueue()

    def carry_out() -> None:
        while True:
            work, started = orders.get()
            try:
                started.set_result(work())
            except BaseException as problem:  # it belongs to whoever gave the order
                started.set_exception(problem)

    threading.Thread(target=carry_out, name="children", daemon=True).start()
    return orders


if hasattr(os, "register_at_fork"):  # a forked process has none of its parent's threads
    os.register_at_fork(after_in_child=_orders.cache_clear)


def pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The child's side: its pipes from and to the parent. Whatever a library prints goes nowhere from here on.

    From here on this process ends when its parent does.
    """
    _end_with_parent()
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    return source, sink


def _end_with_parent() -> None:
    parent = int(os.environ.pop(_PARENT, "0")) or os.getppid()
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before that was said
            os._exit(1)
    elif os.name == "posix":
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    """End this process once it has another parent."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def send(pipe: IO[bytes], *parts: bytes) -> None:
    """Write parts, each after its length.

    Raises:
        OSError: nobody reads any more.
    """
    for part in parts:
        pipe.write(_LENGTH.pack(len(part)))
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one part; None at the end of the pipe."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    part = pipe.read(size)
    return part if len(part) == size else None
