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
from ui.web.metrics import Measures
from ui.web.rights import PRINCIPAL, Rights

if TYPE_CHECKING:
    from rag.assistant import Assistant

Source = Annotated[str, Path(description="an article's name, with its slashes", examples=["minutes/2024-05-03.txt"])]
_EVENTS = (
    "One object; or, with `stream`, server-sent events: retrieved, evidence, draft (unverified), answered, problem."
)


def routes(rights: Rights, health: Callable[[Assistant], Health], counts: Measures) -> APIRouter:
    """The router over what each may see.

    Args:
        rights: gives each the assistant that answers them and keeps their articles.
        health: says how one is.
        counts: what counts.
    """
    router = APIRouter(prefix="/api/v1")
    _asking(router, rights, counts)
    _corpus(router, rights, counts)
    _articles(router, rights)

    @router.get("/health", summary="Whether it answers", response_model=Health)
    def healthy(request: Request) -> Health:
        """What is there for whoever asks."""
        return health(rights.by(request.scope))

    return router


def _asking(router: APIRouter, rights: Rights, counts: Measures) -> None:
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
    def ask(asked: AskRequest, request: Request) -> Response:
        """Not finding an answer is no error: then `status` is `not_mentioned`, and `absence` what was searched."""
        history, assistant = answers_of(asked.history), rights.by(request.scope)
        if asked.stream:
            begin = lambda: assistant.stream(asked.question, history, asked.sources)  # noqa: E731
            events = as_events(begin, counts.answered)
            return StreamingResponse(events, media_type=MEDIA_TYPE, headers={"cache-control": "no-store"})
        answer = assistant.ask(asked.question, history, asked.sources)
        counts.answered(answer)
        return JSONResponse(answer.to_dict())


def _corpus(router: APIRouter, rights: Rights, counts: Measures) -> None:
    kept = Kept(looked=counts.kept)

    async def reply(
        request: Request, asked: BaseModel, find: Callable[[Assistant], Mentions | Ledger | Coverage | Comparison]
    ) -> Response:
        asks, assistant = request.scope[PRINCIPAL], rights.by(request.scope)
        key = (asks.id, asks.collections, type(asked).__name__, asked.model_dump_json())
        make = lambda: bytes(JSONResponse(find(assistant).to_dict()).body)  # noqa: E731
        body = await kept.get(assistant.generation(), key, make)
        return Response(body, media_type="application/json")

    @router.post("/mentions", summary="Which articles mention a topic, and which don't", response_model=Mentions)
    async def mentions(asked: MentionsRequest, request: Request) -> Response:
        """Every sentence that holds it, as written or in another form; what is only close in meaning is apart."""
        return await reply(request, asked, lambda theirs: theirs.mentions(asked.topic, asked.sources))

    @router.post("/unsaid", summary="What the articles say to be unsaid", response_model=Ledger)
    async def unsaid(asked: UnsaidRequest, request: Request) -> Response:
        """Declined, undecided, unknown, not discussed, denied, not allowed, not yet."""
        wanted = (asked.topics, asked.speakers, asked.kinds, asked.sources)
        return await reply(request, asked, lambda theirs: theirs.unsaid(*wanted))

    @router.post("/coverage", summary="Topics by articles", response_model=Coverage)
    async def coverage(asked: CoverageRequest, request: Request) -> Response:
        """Which article says, denies or leaves open which topic, and which is silent."""
        return await reply(request, asked, lambda theirs: theirs.coverage(asked.topics, asked.sources))

    @router.post("/compare", summary="What one article has that another leaves out", response_model=Comparison)
    async def compare(asked: CompareRequest, request: Request) -> Response:
        """And what the other adds, and where both say something different."""
        return await reply(request, asked, lambda theirs: theirs.compare(asked.a, asked.b))


def _articles(router: APIRouter, rights: Rights) -> None:
    @router.get("/articles", summary="What is indexed", response_model=Articles)
    def articles(request: Request) -> Response:
        """And the files that could not become articles, each with the reason."""
        assistant = rights.by(request.scope)
        skipped = [{"path": path, "reason": reason} for path, reason in assistant.skipped()]
        return JSONResponse({"articles": [asdict(a) for a in assistant.articles()], "skipped": skipped})

    @router.post("/articles", status_code=201, summary="Add a file", response_model=IndexReport)
    def added(article: NewArticle, request: Request) -> Response:
        """A copy is kept in the index folder; a file of a name that is there already gets a number."""
        return JSONResponse(asdict(add(rights.by(request.scope), article)), status_code=201)

    @router.get("/articles/{source:path}", summary="An article's text", response_model=Document)
    def article(
        request: Request,
        source: Source,
        start: Annotated[int, Query(ge=0, description="the first code point")] = 0,
        end: Annotated[int | None, Query(ge=0, description="just past the last one; none: to the end")] = None,
    ) -> Response:
        """Offsets of citations point into the whole text; with `start` and `end` only that part of it comes."""
        found: dict[str, Any] = asdict(rights.by(request.scope).document(source))
        return JSONResponse({**found, "text": found["text"][start:end]})

    @router.delete("/articles/{source:path}", summary="Take an article out", response_model=IndexReport)
    def removed(source: Source, request: Request) -> Response:
        """A file of the person's own stays where it is."""
        assistant = rights.by(request.scope)
        assistant.document(source)  # the roots of an index are no articles, and not to be named here
        return JSONResponse(asdict(assistant.remove(source)))

    @router.post("/rebuild", summary="Look at all files again", response_model=IndexReport)
    def rebuilt(request: Request) -> Response:
        """Questions are answered from the index as it was until the new one is complete."""
        return JSONResponse(asdict(rights.by(request.scope).rebuild()))
