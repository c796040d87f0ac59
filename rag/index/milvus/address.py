"""`milvus://host:19530/name`: a server, and the name that one index has among all that it keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from models.address import address_of
from models.errors import ModelError
from rag.errors import RagError

SCHEMES = {"milvus": "http", "milvus+tls": "https"}
PORT = 19530
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")
_CURE = "Give it like milvus://127.0.0.1:19530/name, or milvus+tls://… for an encrypted connection."


@dataclass(frozen=True)
class MilvusAddress:
    """Where a store lies."""

    text: str  # as it is remembered
    url: str  # for the client
    host: str  # with the port
    tenant: str  # the index's name there
    is_here: bool  # on this computer

    @property
    def recipient(self) -> str | None:
        """The machine that documents and questions are sent to; None where that is this one."""
        return None if self.is_here else self.host


def milvus_address(text: str, *, allow_remote: bool = False) -> MilvusAddress:
    """Read an address.

    Args:
        text: as it was typed.
        allow_remote: whether the person has agreed that documents leave this computer.

    Raises:
        RagError: it is none, or another machine's and nobody has agreed to that.
    """
    parts = urlsplit(text.strip())
    name = parts.path.strip("/")
    if parts.scheme not in SCHEMES or parts.fragment or not _NAME.fullmatch(name):
        why = "its name must be small letters, digits, - and _" if parts.scheme in SCHEMES else "no such store is known"
        raise RagError(f"“{text}” is no address of a store: {why}.", _CURE)
    try:
        port = parts.port or PORT
        shown = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        userinfo = "@" if "@" in parts.netloc else ""  # refused there, in words
        query = f"?{parts.query}" if parts.query else ""
        found = address_of(f"{SCHEMES[parts.scheme]}://{userinfo}{shown}:{port}{query}", allow_remote=True)
    except (ModelError, ValueError) as problem:
        if isinstance(problem, ModelError) and "password" in problem.problem:
            raise RagError(problem.problem, "Give the key in the environment, as UNSAID_STORE_KEY.") from None
        raise RagError(f"“{text}” is no address of a store.", _CURE) from problem
    if not found.is_here and not allow_remote:
        raise RagError(
            f"{found.host} is another machine: your documents would be kept there, and questions sent there.",
            "If you want that, add --allow-remote (or UNSAID_ALLOW_REMOTE=1; in Python Settings(allow_remote=True)).",
        )
    return MilvusAddress(f"{parts.scheme}://{found.host}/{name}", found.url, found.host, name, found.is_here)
