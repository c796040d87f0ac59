"""The OpenAPI description, with the problems that every operation may end in."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ui.api.problems import MEDIA_TYPE, Problem

_ABOUT = (
    "Questions to a person's own documents, answered with exact quotes. Offsets are code points of the article's text. "
    "The person who started the server is answered, by the key that the terminal shows or, on Linux, as the system "
    "says whose connection it is; and whoever holds a token. Tokens of the role read change nothing."
)
_ALWAYS = {
    "400": "The host name is not this server's, or the request broke off",
    "401": "Neither the person who started it nor a holder of a token",
    "403": "Another site sends it, or the token may only read",
    "409": "There is no index yet, or no article in it",
    "429": "More than this token may ask; `Retry-After` says when to try again",
    "500": "The index is damaged or of another kind, or a defect",
    "503": "The index is being rebuilt, or a model is missing",
}
_BODY = {
    "408": "The body took too long",
    "413": "The body is too long",
    "415": "The body is no JSON",
    "422": "Not as the schema says, or nothing that could be answered",
}


def described(app: FastAPI) -> dict[str, Any]:
    """The application's schema, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version=app.openapi_version,
            description=_ABOUT,
            routes=app.routes,
        )
        schemas = schema["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"key": []}, {}]
        for path, methods in schema["paths"].items():
            for operation in methods.values():
                _problems(path, operation)
        _plain_tuples(schema)
        app.openapi_schema = schema
    return app.openapi_schema


def _problems(path: str, operation: dict[str, Any]) -> None:
    wanted = dict(_ALWAYS)
    if "requestBody" in operation or "parameters" in operation:
        wanted |= _BODY
    wanted["404"] = "No article is called that"
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation["responses"].pop("422", None)
    for status, description in sorted(wanted.items()):
        operation["responses"][status] = {"description": description, "content": content}


def _plain_tuples(part: Any) -> None:  # noqa: ANN401 — any part of a schema
    """Describe a tuple of one kind as a list of so many: tools that read older schemas know no other form."""
    if isinstance(part, dict):
        kinds = part.get("prefixItems")
        if kinds and all(kind == kinds[0] for kind in kinds):
            part["items"] = part.pop("prefixItems")[0]
        for inner in part.values():
            _plain_tuples(inner)
    elif isinstance(part, list):
        for inner in part:
            _plain_tuples(inner)
