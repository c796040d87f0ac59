"""Workers that are processes of this machine: `--workers 4`."""

from __future__ import annotations

import subprocess

from rag.index.crew.hands import Lost
from rag.index.talk import Gone, hear, hear_part, tell
from rag.reading.processes import start

_MODULE = "rag.index.crew.process"


class Processes:
    """Starts processes; satisfies `Agency`.

    Args:
        count: how many there are to be.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def open(self) -> int:
        """There is nothing to get ready."""
        return self._count

    def hire(self) -> Process:
        """A further process.

        Raises:
            Lost: the system starts none.
        """
        try:
            return Process(start(_MODULE))
        except OSError as problem:
            raise Lost(f"the system starts no process ({problem.strerror})") from problem

    def close(self) -> None:
        """Each process is ended by itself."""


class Process:
    """One of them; satisfies `Hand`."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child

    def begin(self, order: str) -> str:
        """Hand over the order."""
        return self._asked("begin", order=order)[0]

    def work(self, suffix: str, data: bytes, sha256: str) -> tuple[str, bytes]:
        """Hand over a file."""
        return self._asked("work", data, suffix=suffix, sha256=sha256)

    def dismiss(self) -> None:
        """End it."""
        self._child.kill()
        self._child.wait()

    def _asked(self, kind: str, part: bytes = b"", **values: str) -> tuple[str, bytes]:
        assert self._child.stdin and self._child.stdout
        try:
            tell(self._child.stdin, kind, part, **values)
            return hear(self._child.stdout)["problem"], hear_part(self._child.stdout)
        except Gone:
            code = self._child.wait()
            raise Lost(f"was ended from outside (signal {-code})" if code < 0 else "broke off") from None
