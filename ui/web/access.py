"""Whose requests are answered: those of the person who started the server.

The start page gives that person's browser a cookie; everything else needs it. That it is this person
is known by the key in the address which the terminal prints, and on Linux also by the kernel, which
tells the user behind a connection. Beyond this computer it is holders of a token who may change things,
each with sessions of their own, for as long as the token holds.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from rag.errors import RagError
from ui.web.origin import host_port
from ui.web.peer import Address, is_same_user
from ui.web.tokens import Tokens

MOST_SESSIONS = 128  # browsers and programs; the one that was seen longest ago has to open the start page again
MOST_TABS = 256  # of one session
_REOPEN = 3600.0  # seconds after which a closed tab's conversation is forgotten
_BYTES = 32
_LOG = logging.getLogger(__name__)


OWNER = "owner"


@dataclass
class Session:
    """One browser or program that has shown whose it is."""

    name: str
    by: str = OWNER  # who opened it: the person who started the server, or the SHA-256 of a token
    tabs: OrderedDict[str, float] = field(default_factory=OrderedDict)  # Gradio's session hashes, when seen
    open: Counter[str] = field(default_factory=Counter)  # heartbeats that are held now


class Access:
    """The key of this start, and the sessions that were opened with it.

    Args:
        same_user: tells whether a connection (other end, this end) is of the user who runs the server.
        left: told the session hash of every tab that was given up.
        rested: told the session hash of every tab that all was sent to that it had asked for.
        ended: told the name of every session that was given up.
        tokens: whose holders, of the role admin, are answered as well.
    """

    def __init__(
        self,
        same_user: Callable[[Address | None, Address | None], bool] = is_same_user,
        left: Callable[[str], None] = lambda _: None,
        rested: Callable[[str], None] = lambda _: None,
        ended: Callable[[str], None] = lambda _: None,
        tokens: Tokens | None = None,
    ) -> None:
        self.key = secrets.token_urlsafe(_BYTES)
        self.left = left
        self.rested = rested
        self.ended = ended
        self._same_user = same_user
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._tokens = tokens
        self._programs = {OWNER: Session(secrets.token_hex(8))}
        self._owners: dict[str, Session] = {}
        self._lock = threading.Lock()

    def is_key(self, word: str) -> bool:
        """Whether this is the key, compared in constant time."""
        return hmac.compare_digest(word.encode(), self.key.encode())

    def is_person(self, client: Address | None, server: Address | None) -> bool:
        """Whether the system itself says that a connection comes from the person who started the server."""
        return self._same_user(client, server)

    def session(self, headers: Mapping[bytes, str]) -> Session | None:
        """The session of a request: by its cookie, or for programs by the key in `Authorization: Bearer`."""
        scheme, _, word = headers.get(b"authorization", "").partition(" ")
        opener = self.opener(word.strip()) if scheme.lower() == "bearer" else None
        if opener is not None:
            with self._lock:
                return self._programs.setdefault(opener, Session(secrets.token_hex(8), opener))
        token = _cookie(headers.get(b"cookie", ""), cookie_name(headers))
        with self._lock:
            found = self._sessions.get(token)
            if found is None or (found.by != OWNER and found.by not in self._holders()):
                return None
            self._sessions.move_to_end(token)
            return found

    def opener(self, word: str) -> str | None:
        """Who opens the page with this word: the person with the key, a holder of a token, or nobody."""
        if self.is_key(word):
            return OWNER
        shown = hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()
        return next((sha256 for sha256 in self._holders() if hmac.compare_digest(sha256, shown)), None)

    def _holders(self) -> set[str]:
        """The tokens that open the page, each as its SHA-256."""
        try:
            valid = self._tokens.valid() if self._tokens else ()
        except RagError as problem:  # nobody is let in on a file that can't be trusted
            _LOG.error("%s", problem)
            valid = ()
        return {t.sha256 for t in valid if t.role == "admin" and not t.for_proxy}

    def open(self, by: str = OWNER) -> str:
        """A new session of whoever opens it; returns the value of its cookie."""
        token = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._sessions[token] = Session(secrets.token_hex(8), by)
            dropped = self._sessions.pop(self._idle()) if len(self._sessions) > MOST_SESSIONS else None
        if dropped is not None:
            self._give_up(dropped)
        return token

    def end(self) -> None:
        """Give up every session: the server has ended, though its process may go on."""
        with self._lock:
            sessions = [*self._sessions.values(), *self._programs.values()]
            self._sessions.clear()
        for session in sessions:
            self._give_up(session)

    def _give_up(self, session: Session) -> None:
        for tab in tuple(session.tabs):
            self._forget(session, tab)
        self.ended(session.name)

    def _idle(self) -> str:
        """The session that was seen longest ago, rather one without an open tab."""
        return next((token for token, s in self._sessions.items() if not s.open), next(iter(self._sessions)))

    def owns(self, session: Session, tab: str) -> bool:
        """Whether a tab is this session's; one that nobody has yet becomes so."""
        now = time.monotonic()
        with self._lock:
            owner = self._owners.setdefault(tab, session)
            if owner is not session:
                return False
            session.tabs[tab] = now
            session.tabs.move_to_end(tab)
            closed = [t for t in session.tabs if not session.open[t] and t != tab]
            too_many = closed[: max(0, len(session.tabs) - MOST_TABS)]
            gone = [t for t in closed if session.tabs[t] < now - _REOPEN]
        for old in {*too_many, *gone}:
            self._forget(session, old)
        return True

    @contextmanager
    def held(self, session: Session, tab: str) -> Iterator[None]:
        """As long as a tab is open in a browser."""
        session.open[tab] += 1
        try:
            yield
        finally:
            session.open[tab] -= 1
            session.open += Counter()  # without those at 0
            if tab in session.tabs:
                session.tabs[tab] = time.monotonic()

    def has(self, session: Session, tab: str) -> bool:
        """Whether a tab is this session's already."""
        return self._owners.get(tab) is session

    def close(self, session: Session, tab: str) -> None:
        """Give a tab up."""
        if self.has(session, tab):
            self._forget(session, tab)

    def _forget(self, session: Session, tab: str) -> None:
        with self._lock:
            self._owners.pop(tab, None)
            session.tabs.pop(tab, None)
        self.left(tab)


def cookie_name(headers: Mapping[bytes, str]) -> str:
    """Cookies know no ports, and two servers on one computer must not take each other's."""
    return f"unsaid-{host_port(headers.get(b'host', ''))}"


def _cookie(header: str, name: str) -> str:
    """The value of a cookie. What other servers of this computer have set may stand beside it, in any form."""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""
