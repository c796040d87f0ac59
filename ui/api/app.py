"""The doors for other programs as one ASGI application."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Route

from rag.errors import IndexEmpty, IndexMissing, RagError
from ui.api.chat import ChatRefused, chat_routes
from ui.api.guard import ApiGuard
from ui.api.operations import MCP, METRICS
from ui.api.probes import Probes
from ui.api.problems import MEDIA_TYPE, Problem, error_body, of_error, of_request, problem
from ui.api.routes import routes
from ui.api.schema import described
from ui.api.values import Health
from ui.mcp.server import over_http
from ui.web.access import Access
from ui.web.audit import Audit
from ui.web.metrics import CONTENT_TYPE, Measures, measures
from ui.web.place import Place
from ui.web.principals import Principals
from ui.web.rates import Rates
from ui.web.rights import Rights
from ui.web.turns import Turns

if TYPE_CHECKING:
    from rag.assistant import Assistant


def create_api(
    assistant: Assistant,
    *,
    place: Place | None = None,
    principals: Principals | None = None,
    rates: Rates | None = None,
    audit: Audit | None = None,
    turns: Turns | None = None,
) -> FastAPI:
    """The application: `/api/v1`, `/v1` and `/mcp`; models begin to load in the background.

    Args:
        assistant: what answers and keeps the articles.
        place: the names that it answers to; else those of this computer alone.
        principals: whose requests are answered; else those of the person who runs it.
        rates: how often holders of tokens may ask.
        audit: where every request is noted.
        turns: the queue of questions.
    """
    loading = threading.Thread(target=_warm, args=(assistant,))  # no daemon: native code that is cut off aborts
    turns, rights = turns or Turns(), Rights(assistant)
    counts = measures(lambda: turns.state)
    agents = over_http(rights, counts.answered)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with agents.run():
            yield

    # The pages that show a schema fetch their scripts from elsewhere; the schema itself is enough.
    app = FastAPI(
        title="Unsaid",
        version=_version(),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.include_router(routes(rights, lambda theirs: _health(theirs, loading), counts))
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    app.include_router(chat_routes(rights, counts.answered))
    app.add_api_route(METRICS.path, _figures(counts), methods=[METRICS.method], include_in_schema=False)
    app.router.routes.append(Route(MCP.path, agents.asgi_app, methods=[MCP.method], include_in_schema=False))
    for kind in (ChatRefused, RagError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _told)
    known = principals or Principals(Access())
    app.add_middleware(
        ApiGuard,
        principals=known,
        place=place or Place(),
        rates=rates,
        audit=audit,
        turns=turns,
        measures=counts,
        probes=Probes(lambda: not loading.is_alive()),
    )
    loading.start()
    return app


def _figures(counts: Measures) -> Callable[[], Awaitable[Response]]:
    async def figures() -> Response:
        return Response(counts.text(), media_type=CONTENT_TYPE)

    return figures


async def _told(request: Request, error: Exception) -> Response:
    """An error as its reply."""
    told = error.told if isinstance(error, ChatRefused) else _problem(error)
    if _path(request).startswith("/v1/"):
        return JSONResponse(error_body(told), 400 if told.status == 422 else told.status)  # which these clients know
    headers = dict(getattr(error, "headers", None) or {})
    if told.status == 503:
        headers["retry-after"] = "5"
    if told.status == 405 and (methods := _methods(request)):
        headers["allow"] = ", ".join(methods)
    return Response(told.body(), told.status, headers, MEDIA_TYPE)


def _path(request: Request) -> str:
    """A request's path below the root path."""
    return str(request.scope["path"]).removeprefix(request.scope.get("root_path", ""))


def _methods(request: Request) -> list[str]:
    """What a path can be asked to do; the framework names only those of the first route that it fits."""
    found: set[str] = set()
    for path, methods in request.app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", ".+", path), _path(request)):
            found |= {method.upper() for method in methods}
    return sorted(found)


def _problem(error: Exception) -> Problem:
    if isinstance(error, RequestValidationError):
        return of_request(error.errors())
    if isinstance(error, HTTPException):
        return problem("NotHere", error.status_code, f"{error.detail}.", "See /api/v1/openapi.json")
    return of_error(error)


def _warm(assistant: Assistant) -> None:
    """Load what can be loaded; what goes wrong is told when something is asked."""
    try:
        assistant.warm_up()
    except RagError:
        return


def _health(assistant: Assistant, loading: threading.Thread) -> Health:
    try:
        count = len(assistant.sources())
    except (IndexMissing, IndexEmpty):
        count = 0
    status: Any = "empty" if not count else "loading" if loading.is_alive() else "ready"
    return Health(status=status, version=_version(), articles=count, lacks=assistant.lacks())


def _version() -> str:
    try:
        return version("unsaid")
    except PackageNotFoundError:  # a checkout that is not installed
        return "0"
