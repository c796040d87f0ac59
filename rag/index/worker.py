"""The process that rebuilds; started by `Workshop`, never by hand.

It reads, cuts and writes. Models stay with the parent, in its one lock of computation: texts go there to be counted,
and to be embedded while the next files are read. When the parent goes, so does this process, and leaves what is
current as it is.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import IO, Any

import numpy as np

from models.protocols import EmbedderInfo, FloatArray
from rag.errors import RagError
from rag.index.crew.hiring import at_work
from rag.index.crew.spool import delete_spool
from rag.index.layout import Layout
from rag.index.messages import ordered
from rag.index.steps import build_generation
from rag.index.stores import store_of
from rag.index.talk import Gone, hear, hear_part, tell, told
from rag.reading.processes import pipes
from rag.types import Progress

_CURE = "Try again; what was indexed before is untouched."


def main() -> None:
    """Carry out orders until the parent has no more."""
    source, sink = pipes()
    os.umask(0o077)  # what is written is the person's alone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both; the parent decides
    try:
        while True:
            _carry_out(hear(source), source, sink)
    except Gone:
        return


def _carry_out(message: dict[str, Any], source: IO[bytes], sink: IO[bytes]) -> None:
    folder, wish, info, settings = ordered(message)
    layout, embedder = Layout(folder), ParentsEmbedder(info, source, sink)
    try:
        store = store_of(folder)
        with store.writing(), at_work(message["crew"], layout, info, settings) as crew:
            report = build_generation(layout, wish, embedder, settings, _teller(sink), crew=crew, store=store)
            delete_spool(layout)
    except Gone:
        raise
    except RagError as problem:
        tell(sink, "problem", **told(problem))
    except Exception as problem:  # a defect of ours: the parent says so, and this process is there for the next order
        what = f"The rebuild failed ({type(problem).__name__}: {problem})."
        tell(sink, "problem", error="RagError", problem=what, cure=_CURE, trace=traceback.format_exc())
    else:
        tell(sink, "report", report=asdict(report))


def _teller(sink: IO[bytes]) -> Callable[[Progress], None]:
    def teller(progress: Progress) -> None:
        tell(sink, "progress", progress=asdict(progress))

    return teller


class ParentsEmbedder:
    """The parent's embedder, at the other end of the pipes; satisfies `Embeds`."""

    def __init__(self, info: EmbedderInfo, source: IO[bytes], sink: IO[bytes]) -> None:
        self.info = info
        self._source = source
        self._sink = sink
        self._counts: deque[list[int]] = deque()
        self._vectors: deque[FloatArray] = deque()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's own tokens."""
        tell(self._sink, "count", texts=list(texts))
        while not self._counts:
            self._hear()
        return self._counts.popleft()

    def begin(self, texts: Sequence[str]) -> None:
        """Send texts; the parent embeds them beside what happens here."""
        tell(self._sink, "embed", texts=list(texts))

    def collect(self) -> FloatArray:
        """The vectors of those sent first, shape (texts, dimension)."""
        while not self._vectors:
            self._hear()
        return self._vectors.popleft()

    def _hear(self) -> None:
        message = hear(self._source)
        if message["kind"] == "counts":
            self._counts.append(message["counts"])
        else:
            rows = np.frombuffer(hear_part(self._source), dtype=np.float32)
            self._vectors.append(rows.reshape(-1, self.info.dimension))


if __name__ == "__main__":
    main()
