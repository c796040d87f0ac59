"""What can go wrong, as `application/problem+json` (RFC 9457), each with its cure: the one edge of this door."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, Field

from rag import errors

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)
_STATUS: Mapping[type[errors.RagError], int] = {
    errors.UnknownSource: 404,
    errors.IndexMissing: 409,
    errors.IndexEmpty: 409,
    errors.ArticleUnreadable: 422,
    errors.BadQuestion: 422,
    errors.IndexBusy: 503,
    errors.ModelMissing: 503,
}
_KINDS = {  # as OpenAI's clients know them
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    503: "service_unavailable_error",
}
_HERE = ", or here: GET /api/v1/articles"  # beside a cure that is a command
_DEFECT = 500  # everything else: it is neither the request's fault nor the moment's


class Problem(BaseModel):
    """What went wrong and what can be done about it."""

    type: str = Field(
        description="urn:unsaid:problem:… by the kind of problem", examples=["urn:unsaid:problem:bad-question"]
    )
    title: str = Field(description="the kind in words", examples=["Bad question"])
    status: int = Field(description="the HTTP status", examples=[422])
    detail: str = Field(description="what is wrong", examples=["The question is empty."])
    cure: str = Field(description="what can be done about it", examples=["Ask something."])

    def body(self) -> bytes:
        """As it is sent."""
        return json.dumps(self.model_dump(), ensure_ascii=True).encode()


def error_body(told: Problem) -> dict[str, Any]:
    """A problem in OpenAI's form."""
    kind = _KINDS.get(told.status, "invalid_request_error" if told.status < 500 else "server_error")
    code = told.type.rsplit(":", 1)[-1].replace("-", "_")
    return {"error": {"message": f"{told.detail} {told.cure}", "type": kind, "code": code, "param": None}}


def of_error(error: Exception) -> Problem:
    """The problem that an error is; of a defect of ours the words stay in the log."""
    if isinstance(error, errors.RagError):
        status = next((of for kind, of in _STATUS.items() if isinstance(error, kind)), _DEFECT)
        here = _HERE if isinstance(error, errors.UnknownSource) else ""
        return problem(type(error).__name__, status, error.problem, f"{error.cure}{here}")
    _LOG.error("unexpected error", exc_info=error)
    return problem(
        "Defect", 500, "Something went wrong inside Unsaid.", "Try it again; the details are in the server's log."
    )


def of_request(mistakes: Iterable[Mapping[str, Any]]) -> Problem:
    """The problem of a request that is not as the schema says, from pydantic's list of mistakes."""
    told = "; ".join(f"{'.'.join(str(p) for p in m['loc'] if p != 'body') or 'body'}: {m['msg']}" for m in mistakes)
    return problem(
        "BadRequest", 422, f"The request is not as it should be: {told[:1_000]}.", "See /api/v1/openapi.json"
    )


def problem(kind: str, status: int, detail: str, cure: str) -> Problem:
    """A problem of a kind, which is named in capitals like a class."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", kind).lower()
    return Problem(
        type=f"urn:unsaid:problem:{words.replace(' ', '-')}",
        title=words.capitalize(),
        status=status,
        detail=detail,
        cure=cure,
    )
