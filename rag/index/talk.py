"""Messages between processes of Unsaid: JSON, raw parts, and errors that keep their kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from rag import errors
from rag.errors import RagError
from rag.reading.processes import receive, send


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
