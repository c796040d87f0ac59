"""Child processes of Unsaid: started from this very code, talked to by length-prefixed messages over pipes."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO

_HOME = str(Path(__file__).parents[1])  # where the packages lie
_LENGTH = struct.Struct(">Q")  # goes before every message


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run a module of Unsaid in a child; its standard input and output are the pipes to it.

    The folder that the person happens to be in is no place to import from (`-P`).
    """
    path = os.pathsep.join(filter(None, (_HOME, os.environ.get("PYTHONPATH"))))
    # One thread and one arena: each costs address space, which the child's limit counts.
    environment = {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The child's side: its pipes from and to the parent. Whatever a library prints goes nowhere from here on."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    return source, sink


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
