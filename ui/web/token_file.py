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

Role: TypeAlias = Literal["read", "admin"]
PER_MINUTE = 120  # requests, where nothing else is said
LONGEST = {"read": 1_000_000, "admin": 30_000_000}  # bytes of a body: a question with its history, or an article
FORMAT = 1


@dataclass(frozen=True)
class Token:
    """What is kept of a token.

    Attributes:
        name: whose it is, as the audit log has it.
        role: "read" asks and reads, "admin" also adds, removes and rebuilds.
        sha256: of the token, in hexadecimal.
        created: when, in UTC (ISO 8601).
        expires: when it ends; None: when it is revoked.
        for_proxy: whether its holder, a proxy, names the person of each request.
        per_minute: how many requests a person has.
        longest: bytes of a request's body.
    """

    name: str
    role: Role
    sha256: str
    created: str
    expires: str | None = None
    for_proxy: bool = False
    per_minute: int = PER_MINUTE
    longest: int = LONGEST["read"]


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
    return replace(token, per_minute=max(1, int(token.per_minute)), longest=max(1, int(token.longest)))


def unreadable(path: Path, why: str) -> RagError:
    """The error that a file of tokens can't be read."""
    return RagError(f"The tokens in {path} cannot be read ({why}).", "Put it right, or delete it and make new ones.")
