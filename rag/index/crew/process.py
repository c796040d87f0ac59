"""A worker that is a process of this machine; started by `Processes`, never by hand."""

from __future__ import annotations

import os
import signal

from rag.index.crew.labour import Labour
from rag.index.talk import Gone, hear, hear_part, tell
from rag.reading.processes import pipes


def main() -> None:
    """Do what the writer hands over until it has no more; end with it."""
    source, sink = pipes()
    os.umask(0o077)
    os.environ["OMP_NUM_THREADS"] = "1"  # of PyTorch, where the embedder needs it: the cores belong to all workers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; who asked for the build decides
    labour = Labour()
    try:
        while True:
            message, data = hear(source), hear_part(source)
            if message["kind"] == "begin":
                tell(sink, "begun", b"", problem=labour.begin(message["order"]))
            else:
                problem, piece = labour.work(message["suffix"], data, message["sha256"])
                tell(sink, "done", piece, problem=problem)
    except Gone:
        return


if __name__ == "__main__":
    main()
