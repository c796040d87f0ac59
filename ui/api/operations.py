"""What can be asked of the doors for programs, and who may: everything that is not named here is the owner's alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from ui.web.tokens import Role

_TOOL = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        method: of HTTP.
        path: the pattern of its route, without a root path.
        role: who may, at least.
        queued: whether it waits for its turn, as it keeps models or a search of everything busy.
    """

    method: str
    path: str
    role: Role = "read"
    queued: bool = False

    @property
    def watched(self) -> bool:
        """Whether who sees figures alone may see it."""
        return self.role == "watch" or self.path == "/api/v1/health"

    @property
    def name(self) -> str:
        """As the audit log has it: no part of it comes from the request."""
        return f"{self.method} {self.path}"


MCP = Operation("POST", "/mcp")  # of its messages some wait: see `waits`
METRICS = Operation("GET", "/metrics", "watch")
_WAITING_TOOLS = frozenset({"ask", "search", "mentions", "unsaid"})
OPERATIONS = (
    Operation("POST", "/api/v1/ask", queued=True),
    Operation("POST", "/api/v1/mentions", queued=True),
    Operation("POST", "/api/v1/unsaid", queued=True),
    Operation("POST", "/api/v1/coverage", queued=True),
    Operation("POST", "/api/v1/compare", queued=True),
    Operation("GET", "/api/v1/articles"),
    Operation("POST", "/api/v1/articles", "admin"),
    Operation("GET", "/api/v1/articles/{source}"),
    Operation("DELETE", "/api/v1/articles/{source}", "admin"),
    Operation("POST", "/api/v1/rebuild", "admin"),
    Operation("GET", "/api/v1/health"),
    Operation("GET", "/api/v1/openapi.json"),
    Operation("HEAD", "/api/v1/openapi.json"),
    Operation("GET", "/v1/models"),
    Operation("GET", "/v1/models/{name}"),
    Operation("POST", "/v1/chat/completions", queued=True),
    METRICS,
    MCP,
)
_PATTERNS = [(of, re.compile(re.sub(r"\\{\w+\\}", "[^?]+", re.escape(of.path)))) for of in OPERATIONS]


def operation(method: str, path: str) -> Operation | None:
    """The operation that a request asks for; None where there is none.

    Args:
        method: of HTTP.
        path: without a root path and query.
    """
    return next((of for of, pattern in _PATTERNS if of.method == method and pattern.fullmatch(path)), None)


def methods(path: str) -> list[str]:
    """What can be asked of a path by any method."""
    return sorted(of.method for of, pattern in _PATTERNS if pattern.fullmatch(path))


def waits(of: Operation, tool: str) -> bool:
    """Whether a request waits for its turn.

    Args:
        of: what it asks for.
        tool: which tool its message calls; "" for none.
    """
    return of.queued or (of is MCP and tool in _WAITING_TOOLS)


def tool_of(body: bytes) -> str:
    """Which tool a message of the Model Context Protocol calls, in letters that a log can hold; "" for none."""
    try:
        call = json.loads(body)
        name = call["params"]["name"] if call["method"] == "tools/call" else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) and _TOOL.fullmatch(name) else ""
