"""Who asks: the person who started the server, a holder of a token, or a person whom a proxy names."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.errors import RagError
from ui.web.access import Access
from ui.web.peer import OF_CONNECTION
from ui.web.tokens import LONGEST, PREFIX, Role, Token, Tokens

PERSON_HEADER = b"x-unsaid-user"
# A request that has come through a proxy is not the person's, whoever's process the proxy is.
_FORWARDED = (b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip")
_PERSON = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Principal:
    """Who asks, and what is theirs.

    Attributes:
        id: tells one from all others, revoked ones of the same name included; nothing that could be shown as a token.
        name: as the audit log has it.
        role: what they may do.
        per_minute: requests; None: as many as they like.
        longest: bytes of a request's body.
        collections: folders below which the articles lie that are there for them; None: all are.
    """

    id: str
    name: str
    role: Role
    per_minute: int | None = None
    longest: int = LONGEST["admin"]
    collections: tuple[str, ...] | None = None


OWNER = Principal("owner", "owner", "admin")


class Principals:
    """Knows who asks.

    Args:
        access: the key of this start, and the system's word; None where neither counts: beyond this computer, and
            behind a proxy, whose process may well be the same user's.
        tokens: whom else to know.
    """

    def __init__(self, access: Access | None = None, tokens: Tokens | None = None) -> None:
        self._access = access
        self._tokens = tokens

    def of(self, headers: Mapping[bytes, str], scope: Mapping[str, Any]) -> Principal | None:
        """Who asks; None for a stranger.

        Args:
            headers: names in lower case.
            scope: the ASGI scope.
        """
        scheme, _, word = headers.get(b"authorization", "").partition(" ")
        word = word.strip() if scheme.lower() == "bearer" else ""
        if word.startswith(PREFIX):
            return self._holder(word, scope["headers"])
        if self._access is None:
            return None
        if word and self._access.is_key(word):
            return OWNER
        if any(name in headers for name in _FORWARDED):
            return None
        return OWNER if self._is_persons(scope) else None

    def _is_persons(self, scope: Mapping[str, Any]) -> bool:
        """Whether the system says that a connection is the person's: asked once, as a socket's owner stays the same."""
        known: dict[str, bool] = scope.get("state", {}).get(OF_CONNECTION, {})
        if not known.get("is_person") and self._access is not None:
            known["is_person"] = self._access.is_person(scope.get("client"), scope.get("server"))
        return known.get("is_person", False)

    def _holder(self, word: str, raw: Sequence[tuple[bytes, bytes]]) -> Principal | None:
        try:
            token = self._tokens.find(word) if self._tokens else None
        except RagError as problem:  # nobody is let in on a file that can't be trusted
            _LOG.error("%s", problem)
            return None
        if token is None:
            return None
        return _named(token, raw) if token.for_proxy else _principal(token, token.sha256, token.name)


def _named(token: Token, raw: Sequence[tuple[bytes, bytes]]) -> Principal | None:
    """The person whom a proxy names; None where it names none, or more than one."""
    named = [value.decode("latin-1") for name, value in raw if name.lower() == PERSON_HEADER]
    if len(named) != 1 or not _PERSON.fullmatch(named[0]):
        return None
    return _principal(token, f"{token.sha256}/{named[0]}", f"{token.name}/{named[0]}")


def _principal(token: Token, id: str, name: str) -> Principal:
    return Principal(id, name, token.role, token.per_minute, token.longest, token.collections)
