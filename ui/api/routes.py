"""The routes of `/api/v1`: each a method of the assistant, its values as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from rag.corpus.values import Comparison, Coverage, Ledger, Mentions
from rag.types import Answer, Document, IndexReport
from ui.api import examples
from ui.api.added import add
from ui.api.events import EVENT, MEDIA_TYPE, as_events
from ui.api.guard import PRINCIPAL
from ui.api.kept import Kept
from ui.api.values import (
    Articles,
    AskRequest,
    CompareRequest,
    CoverageRequest,
    Health,
    MentionsRequest,
    NewArticle,
    UnsaidRequest,
)
from ui.earlier import answers_of

if TYPE_CHECKING:
    from rag.assistant import Assistant

Source = Annotated[str, Path(description="an article's name, with its slashes", examples=["minutes/2024-05-03.txt"])]
_EVENTS = (
    "One object; or, with `stream`, server-sent events: retrieved, evidence, draft (unverified), answered, problem."
)


def routes(assistant: Assistant, health: Callable[[], Health]) -> APIRouter:
    """The router over an assistant.

    Args:
        assistant: what answers and keeps the articles.
        health: says how it is.
    """
    router = APIRouter(prefix="/api/v1")
    _asking(router, assistant)
    _corpus(router, assistant)
    _articles(router, assistant)
    router.add_api_route("/health", health, summary="Whether it answers", response_model=Health)
    return router


def _asking(router: APIRouter, assistant: Assistant) -> None:
    @router.post(
        "/ask",
        summary="Ask the articles",
        response_description=_EVENTS,
        response_model=Answer,
        responses={
            200: {
                "content": {
                    "application/json": {"example": examples.ANSWER},
                    MEDIA_TYPE: {"schema": EVENT},
                }
            }
        },
    )
    def ask(asked: AskRequest) -> Response:
        """Not finding an answer is no error: then `status` is `not_mentioned`, and `absence` what was searched."""
        history = answers_of(asked.history)
        if asked.stream:
            begin = lambda: assistant.stream(asked.question, history, asked.sources)  # noqa: E731
            return StreamingResponse(as_events(begin), media_type=MEDIA_TYPE, headers={"cache-control": "no-store"})
        return JSONResponse(assistant.ask(asked.question, history, asked.sources).to_dict())


def _corpus(router: APIRouter, assistant: Assistant) -> None:
    kept = Kept()

    async def reply(
        request: Request, asked: BaseModel, find: Callable[[], Mentions | Ledger | Coverage | Comparison]
    ) -> Response:
        who, what = request.scope[PRINCIPAL].id, asked.model_dump_json()
        make = lambda: bytes(JSONResponse(find().to_dict()).body)  # noqa: E731
        body = await kept.get(assistant.generation(), (who, type(asked).__name__, what), make)
        return Response(body, media_type="application/json")

    @router.post("/mentions", summary="Which articles mention a topic, and which don't", response_model=Mentions)
    async def mentions(asked: MentionsRequest, request: Request) -> Response:
        """Every sentence that holds it, as written or in another form; what is only close in meaning is apart."""
        return await reply(request, asked, lambda: assistant.mentions(asked.topic, asked.sources))

    @router.post("/unsaid", summary="What the articles say to be unsaid", response_model=Ledger)
    async def unsaid(asked: UnsaidRequest, request: Request) -> Response:
        """Declined, undecided, unknown, not discussed, denied, not allowed, not yet."""
        find = lambda: assistant.unsaid(asked.topics, asked.speakers, asked.kinds, asked.sources)  # noqa: E731
        return await reply(request, asked, find)

    @router.post("/coverage", summary="Topics by articles", response_model=Coverage)
    async def coverage(asked: CoverageRequest, request: Request) -> Response:
        """Which article says, denies or leaves open which topic, and which is silent."""
        return await reply(request, asked, lambda: assistant.coverage(asked.topics, asked.sources))

    @router.post("/compare", summary="What one article has that another leaves out", response_model=Comparison)
    async def compare(asked: CompareRequest, request: Request) -> Response:
        """And what the other adds, and where both say something different."""
        return await reply(request, asked, lambda: assistant.compare(asked.a, asked.b))


def _articles(router: APIRouter, assistant: Assistant) -> None:
    @router.get("/articles", summary="What is indexed", response_model=Articles)
    def articles() -> Response:
        """And the files that could not become articles, each with the reason."""
        skipped = [{"path": path, "reason": reason} for path, reason in assistant.skipped()]
        return JSONResponse({"articles": [asdict(a) for a in assistant.articles()], "skipped": skipped})

    @router.post("/articles", status_code=201, summary="Add a file", response_model=IndexReport)
    def added(article: NewArticle) -> Response:
        """A copy is kept in the index folder; a file of a name that is there already gets a number."""
        return JSONResponse(asdict(add(assistant, article)), status_code=201)

    @router.get("/articles/{source:path}", summary="An article's text", response_model=Document)
    def article(
        source: Source,
        start: Annotated[int, Query(ge=0, description="the first code point")] = 0,
        end: Annotated[int | None, Query(ge=0, description="just past the last one; none: to the end")] = None,
    ) -> Response:
        """Offsets of citations point into the whole text; with `start` and `end` only that part of it comes."""
        found: dict[str, Any] = asdict(assistant.document(source))
        return JSONResponse({**found, "text": found["text"][start:end]})

    @router.delete("/articles/{source:path}", summary="Take an article out", response_model=IndexReport)
    def removed(source: Source) -> Response:
        """A file of the person's own stays where it is."""
        assistant.document(source)  # the roots of an index are no articles, and not to be named here
        return JSONResponse(asdict(assistant.remove(source)))

    @router.post("/rebuild", summary="Look at all files again", response_model=IndexReport)
    def rebuilt() -> Response:
        """Questions are answered from the index as it was until the new one is complete."""
        return JSONResponse(asdict(assistant.rebuild()))
