"""What is kept of a token, and the file that keeps it, whose word is not taken for anything."""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from rag.errors import RagError

Role: TypeAlias = Literal["read", "admin", "watch"]
PER_MINUTE = 120  # requests, where nothing else is said
# Bytes of a body: a question with its history, or an article; who only watches sends none.
LONGEST = {"read": 1_000_000, "admin": 30_000_000, "watch": 1_000}
FORMAT = 1


@dataclass(frozen=True)
class Token:
    """What is kept of a token.

    Attributes:
        name: whose it is, as the audit log has it.
        role: "read" asks and reads, "admin" also adds, removes and rebuilds; "watch" sees the server's figures and
            no article.
        sha256: of the token, in hexadecimal.
        created: when, in UTC (ISO 8601).
        expires: when it ends; None: when it is revoked.
        for_proxy: whether its holder, a proxy, names the person of each request.
        per_minute: how many requests a person has.
        longest: bytes of a request's body.
        collections: folders; only what lies below them is there for its holder. None: everything is.
    """

    name: str
    role: Role
    sha256: str
    created: str
    expires: str | None = None
    for_proxy: bool = False
    per_minute: int = PER_MINUTE
    longest: int = LONGEST["read"]
    collections: tuple[str, ...] | None = None


def parsed(path: Path, mode: int, content: bytes) -> tuple[Token, ...]:
    """The tokens of a file.

    Args:
        path: the file.
        mode: who may do what with it.
        content: what it holds.

    Raises:
        RagError: others may write it, or it holds something else than tokens.
    """
    if os.name != "nt" and mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise RagError(f"Others may write {path}, and so let themselves in.", f"Take that back: chmod go-w {path}")
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise ValueError("of another version")
        return tuple(_checked(Token(**row)) for row in data["tokens"])
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise unreadable(path, str(problem)) from problem


def _checked(token: Token) -> Token:
    """A token of the file, its values of the right kinds."""
    if token.role not in get_args(Role) or not re.fullmatch(r"[0-9a-f]{64}", token.sha256):
        raise ValueError(f"the token {token.name!r}")
    if token.expires is not None and datetime.fromisoformat(token.expires).tzinfo is None:
        raise ValueError(f"the end of {token.name!r}")
    if token.collections is not None:
        token = replace(token, collections=_folders(token))
    return replace(token, per_minute=max(1, int(token.per_minute)), longest=max(1, int(token.longest)))


def _folders(token: Token) -> tuple[str, ...]:
    """A token's folders; nobody may see some only and change all."""
    given: object = token.collections
    if token.role == "admin" or not isinstance(given, (list, tuple)):
        raise ValueError(f"the collections of {token.name!r}")
    if not all(isinstance(folder, str) and os.path.isabs(folder) for folder in given):
        raise ValueError(f"the collections of {token.name!r}")
    return tuple(given)


def unreadable(path: Path, why: str) -> RagError:
    """The error that a file of tokens can't be read."""
    return RagError(f"The tokens in {path} cannot be read ({why}).", "Put it right, or delete it and make new ones.")
