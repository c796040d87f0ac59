"""What goes wrong with a server, in words with a cure: the border where its client's exceptions become ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.errors import ServerFailed

if TYPE_CHECKING:
    import httpx

_ASKED_WRONGLY = frozenset({400, 413, 422})
_NOT_TAKEN = ("validation error", "response_format", "grammar")  # what llama-cpp-python's server says with a 500
_SAID = 200  # characters shown of a server's own words


class AskedWrongly(ServerFailed):
    """The server understands the protocol but not this request; `said` is what it says of it."""

    def __init__(self, problem: str, cure: str, said: str) -> None:
        super().__init__(problem, cure)
        self.said = said


@dataclass(frozen=True)
class Complaints:
    """Makes the errors of one server."""

    host: str
    key: str  # never shown, should the server repeat it
    key_variable: str  # where it is from; empty where nobody knows
    patience: float  # seconds that were waited for a reply

    def failed(self, problem: httpx.HTTPError) -> ServerFailed:
        """The error that an exception of the client stands for."""
        import httpx

        if isinstance(problem, httpx.ConnectError | httpx.ConnectTimeout):
            return ServerFailed(
                f"The server {self.host} can't be reached ({problem}).", "Start it, or mend the address."
            )
        if isinstance(problem, httpx.TimeoutException):
            waited = f"{self.patience:.0f} seconds"
            return ServerFailed(
                f"The server {self.host} says nothing for {waited}.", "See what it is doing; ask again."
            )
        return ServerFailed(f"The server {self.host} broke off ({problem}).", "See what it says itself; ask again.")

    def asked_wrongly(self, reply: httpx.Response) -> bool:
        """Whether the request is at fault, so that asking again helps nothing."""
        if reply.status_code != 500:
            return reply.status_code in _ASKED_WRONGLY
        reply.read()
        return any(words in reply.text for words in _NOT_TAKEN)

    def refused(self, reply: httpx.Response) -> ServerFailed:
        """The error that a status stands for."""
        reply.read()
        host, status, said = self.host, reply.status_code, self._said(reply.text)
        told = f": {said}" if said else ""
        if status in (401, 403):
            cure = f"Set {self.key_variable} to a key that it takes." if self.key_variable else "Give it a key."
            return ServerFailed(f"The server {host} refuses the key ({status}{told}).", cure)
        if self.asked_wrongly(reply):
            cure = "See which model it runs and how long its window is."
            return AskedWrongly(f"The server {host} refuses what it was asked ({status}{told}).", cure, said)
        if status == 404:
            cure = "Addresses mostly end in /v1; name a model that it has, by #NAME behind the address."
            return ServerFailed(f"The server {host} has no such model or door ({status}{told}).", cure)
        if reply.is_redirect:
            return ServerFailed(f"The server {host} sends on elsewhere ({status}).", "Give the address it sends to.")
        return ServerFailed(f"The server {host} fails ({status}{told}).", "See what it says itself; ask again.")

    def _said(self, text: str) -> str:
        """What a server says of an error, in a line; without the key, should it repeat that."""
        try:
            told = json.loads(text)
            told = told.get("error", told.get("detail", told)) if isinstance(told, dict) else told
            told = told.get("message", told) if isinstance(told, dict) else told
        except ValueError:
            told = text
        line = " ".join(str(told).split())
        return (line.replace(self.key, "…") if self.key else line)[:_SAID]

    def json(self, text: str) -> Any:  # noqa: ANN401 — JSON
        """A text as JSON.

        Raises:
            ServerFailed: it is none, or tells of an error.
        """
        try:
            found = json.loads(text)
        except ValueError as problem:
            raise self.other_protocol() from problem
        if isinstance(found, dict) and found.get("error"):
            raise ServerFailed(
                f"The server {self.host} fails ({self._said(text)}).", "See what it says itself; ask again."
            )
        return found

    def ended_early(self) -> ServerFailed:
        """The error for a stream that ends without saying so; how some servers tell of a prompt that is too long."""
        return ServerFailed(
            f"The server {self.host} ended its reply in the middle.",
            "See what it says itself, and how long its model's window is; ask again.",
        )

    def other_protocol(self) -> ServerFailed:
        """The error for what is no reply of this protocol."""
        return ServerFailed(
            f"The server {self.host} doesn't speak OpenAI's protocol.",
            "Give the address of one that does; it mostly ends in /v1.",
        )
