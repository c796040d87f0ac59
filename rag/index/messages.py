"""What a rebuild's two processes say to each other: JSON messages, vectors as raw float32 after theirs.

parent → child   order · counts · vectors (+ one part)
child → parent   progress · count · embed · report · problem
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from models.protocols import EmbedderInfo
from rag import errors
from rag.errors import RagError
from rag.index.before import Wish
from rag.reading.processes import receive, send
from rag.settings import Settings
from rag.types import IndexReport

_PAIRS = ("skipped", "notes")  # of a report: lists of pairs


class Gone(Exception):
    """The other process is no longer there."""


def tell(pipe: IO[bytes], kind: str, part: bytes | None = None, **values: Any) -> None:  # noqa: ANN401 — JSON
    """Send a message.

    Raises:
        Gone: nobody reads it.
    """
    parts = [json.dumps({"kind": kind, **values}).encode(), *([] if part is None else [part])]
    try:
        send(pipe, *parts)
    except (OSError, ValueError) as problem:
        raise Gone from problem


def hear(pipe: IO[bytes]) -> dict[str, Any]:
    """The next message.

    Raises:
        Gone: there won't be one.
    """
    message: dict[str, Any] = json.loads(hear_part(pipe))
    return message


def hear_part(pipe: IO[bytes]) -> bytes:
    """The raw part that follows a message.

    Raises:
        Gone: there won't be one.
    """
    try:
        part = receive(pipe)
    except (OSError, ValueError) as problem:
        raise Gone from problem
    if part is None:
        raise Gone
    return part


def order(folder: Path, wish: Wish, info: EmbedderInfo, settings: Settings) -> dict[str, Any]:
    """A rebuild's order as JSON."""
    return {
        "folder": str(folder),
        "given": [str(p) for p in wish.given],
        "replace": wish.replace,
        "exclude": [str(p) for p in wish.exclude],
        "drop": [str(p) for p in wish.drop],
        "embedder": asdict(info),
        "settings": asdict(settings),
    }


def ordered(message: Mapping[str, Any]) -> tuple[Path, Wish, EmbedderInfo, Settings]:
    """The inverse of `order`."""
    given, exclude, drop = (tuple(map(Path, message[key])) for key in ("given", "exclude", "drop"))
    wish = Wish(given, message["replace"], exclude, drop)
    return Path(message["folder"]), wish, EmbedderInfo(**message["embedder"]), Settings(**message["settings"])


def reported(message: Mapping[str, Any]) -> IndexReport:
    """A report after its journey through JSON."""
    lists: dict[str, Any] = {
        key: tuple(map(tuple, value)) if key in _PAIRS else tuple(value) for key, value in message["report"].items()
    }
    return IndexReport(**lists)


def told(problem: RagError) -> dict[str, Any]:
    """An error as JSON."""
    return {"error": type(problem).__name__, "problem": problem.problem, "cure": problem.cure}


def problem(message: Mapping[str, Any]) -> RagError:
    """An error after its journey through JSON."""
    kind = getattr(errors, message["error"], RagError)
    error: RagError = kind(message["problem"], message["cure"])
    if message.get("trace"):
        error.add_note(message["trace"])
    return error
