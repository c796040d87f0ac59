"""A question's typed steps as server-sent events: the same stream that the page and `ask` follow."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from typing import Any

from anyio import to_thread

from rag.types import Answer, Answered, Draft, Event, Evidence, Retrieved
from rag.ways.stream import EventStream
from ui.api.problems import of_error

MEDIA_TYPE = "text/event-stream"
EVENT: dict[str, Any] = {  # as the schema describes one
    "type": "object",
    "properties": {
        "event": {"enum": ["retrieved", "evidence", "draft", "answered", "problem"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "data"],
}
_NAMES = {Retrieved: "retrieved", Evidence: "evidence", Draft: "draft", Answered: "answered"}


def untold(_: Answer) -> None:
    """Tell nobody."""


async def steps(start: Callable[[], EventStream], answered: Callable[[Answer], None] = untold) -> AsyncIterator[Event]:
    """The events of a question, each as soon as it happens; whoever stops iterating stops the work.

    Args:
        start: begins the stream; may raise `RagError`, as may the work itself.
        answered: told the answer.
    """
    stream = await to_thread.run_sync(start)
    try:
        while (event := await to_thread.run_sync(_next, stream, abandon_on_cancel=True)) is not None:
            if isinstance(event, Answered):
                answered(event.answer)
            yield event
    finally:
        stream.close()


async def as_events(
    start: Callable[[], EventStream], answered: Callable[[Answer], None] = untold
) -> AsyncIterator[bytes]:
    """The same, written; an error on the way is the last event, a `problem`."""
    try:
        async for event in steps(start, answered):
            yield written(_NAMES[type(event)], data_of(event))
    except Exception as error:  # the reply has begun: there is no other place left to say it
        yield written("problem", of_error(error).model_dump())


def data_of(event: Event) -> dict[str, Any]:
    """An event's JSON object."""
    return event.answer.to_dict() if isinstance(event, Answered) else asdict(event)


def written(name: str, data: dict[str, Any]) -> bytes:
    """One event on the wire; JSON has no line ends of its own."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def _next(stream: EventStream) -> Event | None:
    return next(stream, None)
