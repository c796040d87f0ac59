"""What the doorkeeper says to whom it does not let in, as problems with a cure.

Each is made anew: an exception that is raised again keeps the frames of every time before.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

from ui.api.problems import MEDIA_TYPE, error_body, problem
from ui.guard import Send
from ui.web.calls import Refused

_TITLES = {
    400: "WrongHost", 403: "OtherSite", 404: "NotHere", 408: "TooSlow", 413: "TooLong", 415: "NotJson",
}  # fmt: skip


class Refusal(Refused):
    """A refusal that says more than its status does.

    Args:
        status: of HTTP.
        words: for whoever sent the request.
        kind: of the problem.
        cure: what can be done.
        headers: of the reply.
    """

    def __init__(
        self, status: int, words: str, kind: str, cure: str, headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        super().__init__(status, words)
        self.kind = kind
        self.cure = cure
        self.headers = tuple(headers)


def stranger() -> Refusal:
    """Nobody who is known asks."""
    cure = "If that is you, send the key that the terminal shows, or your token: Authorization: Bearer TOKEN"
    words = "This server answers those whom its owner lets in."
    return Refusal(401, words, "Stranger", cure, [(b"www-authenticate", b"Bearer")])


def reads_only() -> Refusal:
    """A reader wants to change something."""
    words = "This token may ask and read, and change nothing."
    return Refusal(403, words, "ReadsOnly", "Ask the owner for one of the role admin.")


def not_so(allowed: Sequence[str]) -> Refusal:
    """A path is asked for what it doesn't do."""
    cure = f"Use {' or '.join(allowed)}."
    return Refusal(405, "That can't be done here.", "NotHere", cure, [(b"allow", ", ".join(allowed).encode())])


def too_many(wait: float) -> Refusal:
    """Too much is asked; there is room again after so many seconds."""
    seconds = max(1, math.ceil(wait))
    words, cure = "That is more than this server answers you at once.", f"Try again in {seconds} seconds."
    return Refusal(429, words, "TooMany", cure, [(b"retry-after", str(seconds).encode())])


def busy(waiting: int, wait: float) -> Refusal:
    """The queue is full; there is likely to be room after so many seconds."""
    seconds = max(1, math.ceil(wait))
    words = f"{waiting} questions wait already." if waiting != 1 else "A question waits already."
    cure = f"Try again in {seconds} seconds."
    return Refusal(503, words, "Busy", cure, [(b"retry-after", str(seconds).encode())])


def watches_only() -> Refusal:
    """Who may see figures wants to see articles."""
    words = "This token sees the figures of the server, and no article."
    return Refusal(403, words, "WatchesOnly", "Ask the owner for one of the role read.")


def not_yours() -> Refusal:
    """Who may see articles wants to see figures of everybody's."""
    words = "These figures tell of everybody's questions."
    return Refusal(403, words, "NotYours", "Ask the owner for a token of the role watch.")


async def refuse(send: Send, refusal: Refused, path: str) -> None:
    """Send a refusal.

    Args:
        send: to where.
        refusal: what is said.
        path: what was asked for, without a root path; OpenAI's clients read errors in a form of their own.
    """
    if not isinstance(refusal, Refusal):
        refusal = Refusal(refusal.status, refusal.words, _TITLES.get(refusal.status, "Refused"), "See docs/api.md.")
    told, kind = problem(refusal.kind, refusal.status, refusal.words, refusal.cure), MEDIA_TYPE
    body = told.body()
    if path.startswith("/v1/"):
        body, kind = json.dumps(error_body(told)).encode(), "application/json"
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), *refusal.headers]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
