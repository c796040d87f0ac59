"""The process that reads files and finds their sentences; started by `Sandbox`, never by hand.

It limits itself before it sees a file: memory, computing time for each file, what it may write; no core is left behind.
"""

from __future__ import annotations

import json
import math
import sys
import time
from array import array
from dataclasses import asdict, replace
from typing import Any

from rag.errors import ArticleUnreadable
from rag.reading import scan
from rag.reading.content import Content
from rag.reading.pdf import Scan
from rag.reading.processes import pipes, receive, send
from rag.reading.readers import GUESSED, READERS, Reader
from rag.text.bounded import split_bounded
from rag.text.identity import identity

_DAMAGED = "If it opens elsewhere, save its text as .txt."
_TOO_MUCH = "Split it into several files; if it opens elsewhere, save its text as .txt."
_MAX_FILE = 64 * 1024**2  # bytes; a library unpacks its model into a temporary file
_LIBRARIES = 64 * 1024**2  # bytes of memory in which code and tables of the libraries lie
_MAX_TEXT = 20_000_000  # characters; no file that may be read holds more


def main(cpu_seconds: int, memory: int, *, scans: bool = False) -> None:
    """Read files until the parent has no more.

    Args:
        cpu_seconds: computing time for a file.
        memory: bytes that this process may hold.
        scans: whether it recognises text in pictures.
    """
    source, sink = pipes()
    confine(memory)
    readers = scan.readers() if scans else READERS
    while True:
        suffix, data = receive(source), receive(source)
        if suffix is None or data is None:
            return
        allow(cpu_seconds)
        reply = _reply(readers[suffix.decode()], suffix.decode(), data)
        text, places = reply.pop("text", ""), array("I", reply.pop("places", ()))
        send(sink, json.dumps(reply).encode(), text.encode(), places.tobytes())
        if reply.get("ends"):
            return


def _reply(read: Reader, suffix: str, data: bytes) -> dict[str, Any]:
    """What a file says, or why it can't be read; `places` are its sentences' starts and ends in turn."""
    try:
        return _article(read(data), suffix)
    except ArticleUnreadable as problem:
        return {"problem": _clean(problem.problem), "cure": problem.cure, "is_scan": isinstance(problem, Scan)}
    except MemoryError:
        return {"problem": "It took more memory to read than an article does.", "cure": _TOO_MUCH, "ends": True}
    except RecursionError:
        return {"problem": "It is nested too deeply to be read.", "cure": _DAMAGED}
    except Exception as problem:  # the libraries meet damaged files with whatever comes up
        return {"problem": f"It is damaged ({type(problem).__name__}).", "cure": _DAMAGED}


def _article(content: Content, suffix: str) -> dict[str, Any]:
    if len(content.text) > _MAX_TEXT:
        raise ArticleUnreadable("It holds more text than an article does.", "Split it into several articles.")
    fields = {**vars(content), "notes": [asdict(note) for note in content.notes]}
    words = ("text", "title", "date", "outlet", "author", "saved_by")
    fields |= {key: _clean(fields[key]) for key in words if fields[key]}
    known = {key: fields[key] for key in words[1:] if key != "outlet"}
    if suffix in GUESSED:
        known["title"] = None
    found = identity(fields["text"], suffix, **known)
    what = asdict(replace(found, places=replace(found.places, pages=fields.pop("pages"))))
    return {
        **fields,
        "identity": what,
        "places": [place for s in split_bounded(fields["text"]) for place in (s.start, s.end)],
    }


def _clean(text: str) -> str:
    """Text that can be stored: no NUL, no half of a surrogate pair."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def confine(memory: int) -> None:
    """From now on, so many bytes of memory, hardly anything written, and no core left behind."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still runs
        return
    # What is limited is memory of its own; the libraries' files come on top, and much more address space.
    for limit, value in (
        (resource.RLIMIT_DATA, memory - _LIBRARIES),
        (resource.RLIMIT_AS, 2 * memory),
        (resource.RLIMIT_FSIZE, _MAX_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # the system knows no such limit
            continue


def allow(seconds: int) -> None:
    """From now on, so many seconds of computing time; after them the system ends the process."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, most))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), scans="scans" in sys.argv[3:])
