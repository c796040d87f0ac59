"""Addresses of servers that run a model, and whether a text that is sent there stays on this computer.

`http://127.0.0.1:8080/v1#NAME` is a server that speaks OpenAI's protocol, and a model that it has. Nothing here
connects to anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol, runtime_checkable
from urllib.parse import unquote, urlsplit

from models.errors import ConsentMissing, ModelError

REMOTE_VARIABLE = "UNSAID_ALLOW_REMOTE"
_SCHEME = re.compile(r"https?://", re.I)
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})|[0-9A-Fa-f:.]{2,45}")
_CURE = "Give it like http://127.0.0.1:8080/v1, with #NAME behind it for one of several models."


@runtime_checkable
class Sends(Protocol):
    """A model that is somewhere else, if only on this computer."""

    @property
    def recipient(self) -> str | None:
        """The machine that texts are sent to; None where that is this one."""
        ...


@dataclass(frozen=True)
class Address:
    """Where a server is, and which of its models is meant."""

    url: str  # scheme, host, port and path, without a slash at its end
    host: str  # with the port, as a person knows it
    is_here: bool  # a loopback address: what is sent there does not leave this computer by itself
    model: str | None  # None: the only one that it has

    @property
    def recipient(self) -> str | None:
        """The machine that texts are sent to; None where that is this one."""
        return None if self.is_here else self.host


def is_address(text: str) -> bool:
    """Whether a person means a server rather than a file."""
    return _SCHEME.match(text) is not None


def address_of(text: str, *, allow_remote: bool = False) -> Address:
    """Read an address.

    Args:
        text: as it was typed.
        allow_remote: whether the person has agreed that texts leave this computer.

    Raises:
        ConsentMissing: it is another machine's, and nobody has agreed to that.
        ModelError: it is none.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as problem:
        raise ModelError(f"“{text}” is no address of a server ({problem}).", _CURE) from problem
    name = parts.hostname or ""
    if "@" in parts.netloc or parts.query:
        raise ModelError(
            "An address with a password or a query in it is refused: both end up in logs.",
            "Give the key in the environment, as UNSAID_LLM_KEY or UNSAID_EMBEDDER_KEY.",
        )
    if not _HOST.fullmatch(name) or re.search(r"[\s\\\x00-\x1f]", text.strip()):
        raise ModelError(f"“{text}” is no address of a server.", _CURE)
    # The parts are put together anew, so that nobody reads the address otherwise than it was checked.
    shown = f"[{name}]" if ":" in name else name
    host = f"{shown}:{port}" if port else shown
    model = unquote(parts.fragment) or None
    found = Address(f"{parts.scheme.lower()}://{host}{parts.path.rstrip('/')}", host, _is_loopback(name), model)
    if not found.is_here and not allow_remote:
        raise ConsentMissing(
            f"{host} is another machine: questions and passages of your documents would be sent there.",
            f"If you want that, add --allow-remote (or {REMOTE_VARIABLE}=1; in Python Settings(allow_remote=True)).",
        )
    return found


def _is_loopback(name: str) -> bool:
    """By the address itself: a name could be made to mean anything, but for the one that the system reserves."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
