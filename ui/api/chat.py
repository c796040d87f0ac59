"""`/v1` as OpenAI's clients speak it: other chat programs use Unsaid as a model named "unsaid".

The last message of the user is the question. A reply is sent when it is settled, never a draft: what has gone out this
way cannot be taken back. Follow-ups lean on earlier answers of the same conversation, as `Earlier` remembers them
for whoever they went to.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from rag.types import Answer, Answered
from rag.ways.stream import EventStream
from ui.api.chat_values import MODEL, ChatRequest, Earlier, Reply, question_of, replied
from ui.api.events import MEDIA_TYPE, steps, untold
from ui.api.problems import Problem, error_body, of_error, problem
from ui.web.rights import PRINCIPAL, Rights

_NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}  # none that anybody counts or pays


class ChatRefused(Exception):
    """A request that this door can't do.

    Args:
        told: why, and what can be done.
    """

    def __init__(self, told: Problem) -> None:
        super().__init__(told.detail)
        self.told = told


def chat_routes(rights: Rights, answered: Callable[[Answer], None] = untold) -> APIRouter:
    """The router over what each may see; it remembers answers for follow-ups.

    Args:
        rights: gives each their assistant.
        answered: told every answer.
    """
    router = APIRouter(prefix="/v1", include_in_schema=False)  # its description is OpenAI's
    earlier = Earlier()
    model = {"id": MODEL, "object": "model", "created": int(time.time()), "owned_by": "unsaid"}

    @router.get("/models")
    def models() -> Response:
        return JSONResponse({"object": "list", "data": [model]})

    @router.get("/models/{name}")
    def one(name: str) -> Response:
        _known(name)
        return JSONResponse(model)

    @router.post("/chat/completions")
    async def complete(asked: ChatRequest, request: Request) -> Response:
        _known(asked.model)
        if asked.n > 1:
            raise ChatRefused(problem("BadRequest", 400, "There is one answer to a question.", "Leave n out."))
        who, assistant = request.scope[PRINCIPAL].id, rights.by(request.scope)
        question, history = question_of(asked.messages, earlier, who)
        base = str(request.base_url)

        def start() -> EventStream:
            return assistant.stream(question, history)

        def settled(answer: Answer) -> Reply:
            reply = replied(answer, base)
            answered(answer)
            earlier.keep(who, reply.content, answer)
            return reply

        if asked.stream:
            usage = bool((asked.stream_options or {}).get("include_usage"))
            return StreamingResponse(_chunks(start, settled, usage), media_type=MEDIA_TYPE)
        answer = await _answer(start)
        return JSONResponse(_whole(settled(answer), answer))

    return router


def openai_error(error: Exception) -> tuple[int, dict[str, Any]]:
    """An error as these clients read it: its status and body."""
    told = error.told if isinstance(error, ChatRefused) else of_error(error)
    return told.status, error_body(told)


def _known(name: str) -> None:
    if name != MODEL:
        raise ChatRefused(problem("UnknownModel", 404, f"There is no model “{name[:80]}”.", f"Use “{MODEL}”."))


async def _answer(start: Callable[[], EventStream]) -> Answer:
    async for event in steps(start):
        if isinstance(event, Answered):
            return event.answer
    raise AssertionError("a stream ends with Answered")


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _whole(reply: Reply, answer: Answer) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.content, "refusal": None, "annotations": list(reply.annotations)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_head("chat.completion"), "choices": [choice], "usage": _NO_TOKENS, "unsaid": answer.to_dict()}


async def _chunks(
    start: Callable[[], EventStream], settled: Callable[[Answer], Reply], usage: bool
) -> AsyncIterator[bytes]:
    """The same as a stream: at once that an answer is coming, then the answer, line by line."""
    head = _head("chat.completion.chunk")

    def chunk(delta: dict[str, Any], end: str | None = None, **more: Any) -> bytes:  # noqa: ANN401
        choice = {"index": 0, "delta": delta, "finish_reason": end, "logprobs": None}
        return _written({**head, "choices": [choice], **more})

    try:
        yield chunk({"role": "assistant", "content": ""})
        answer = await _answer(start)
        reply = await to_thread.run_sync(settled, answer)
        for line in reply.content.splitlines(keepends=True):
            yield chunk({"content": line})
        yield chunk({"annotations": list(reply.annotations)}, "stop", unsaid=answer.to_dict())
        if usage:
            yield _written({**head, "choices": [], "usage": _NO_TOKENS})
    except Exception as error:  # the reply has begun: there is no other place left to say it
        yield _written(openai_error(error)[1])
    yield b"data: [DONE]\n\n"


def _written(data: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "replace")
