"""Bearer tokens of the people and programs that may ask from beyond this computer: made, listed, revoked, recognised.

A token is 256 random bits, and the file holds the SHA-256 of each. A slow, salted hash guards words that people choose,
since those can be guessed; 256 random bits cannot, and a slow hash at every request would let strangers keep the
processor busy. Whoever reads the file learns no token; whoever can write it could add one, so a file that others may
write is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rag.errors import RagError
from rag.index.roots import settled
from ui.web.token_file import FORMAT, LONGEST, PER_MINUTE, Role, Token, parsed, unreadable

__all__ = ["LONGEST", "PER_MINUTE", "PREFIX", "Role", "Token", "Tokens", "default_path", "refuse_without"]

TOKENS_VARIABLE = "UNSAID_TOKENS"
PREFIX = "unsaid_"  # by which people, and programs that look for leaked secrets, know one
_BYTES = 32
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def default_path() -> Path:
    """Where tokens are kept: `UNSAID_TOKENS`, else in the user's data folder. It need not be there."""
    from platformdirs import user_data_path

    given = os.environ.get(TOKENS_VARIABLE)
    return Path(given).expanduser() if given else user_data_path("unsaid", appauthor=False) / "tokens.json"


class Tokens:
    """The tokens of a file, as it is now: what is added or revoked holds for the next request of a running server.

    Args:
        path: the file; it need not be there.
        now: tells the time.
    """

    def __init__(self, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = path
        self._now = now
        self._seen: tuple[int, ...] | None = None
        self._tokens: tuple[Token, ...] = ()
        self._lock = threading.Lock()

    def all(self) -> tuple[Token, ...]:
        """Every token, those that have ended included.

        Raises:
            RagError: the file cannot be read, is damaged, or may be written by others.
        """
        with self._lock:
            try:
                with open(self.path, "rb") as file:
                    about = os.fstat(file.fileno())
                    seen = (about.st_mtime_ns, about.st_ino, about.st_size, about.st_mode)
                    if seen != self._seen:
                        self._tokens = parsed(self.path, about.st_mode, file.read())
                        self._seen = seen
            except FileNotFoundError:
                self._tokens, self._seen = (), None
            except OSError as problem:
                raise unreadable(self.path, problem.strerror or "") from problem
            return self._tokens

    def valid(self) -> tuple[Token, ...]:
        """Those that open something now.

        Raises:
            RagError: see `all`.
        """
        now = self._now()
        return tuple(t for t in self.all() if t.expires is None or now < datetime.fromisoformat(t.expires))

    def find(self, word: str) -> Token | None:
        """The token that a request shows; each is compared, in constant time.

        Raises:
            RagError: see `all`.
        """
        shown = hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()
        fitting = [token for token in self.valid() if hmac.compare_digest(token.sha256, shown)]
        return fitting[0] if fitting else None

    def add(
        self,
        name: str,
        role: Role,
        *,
        days: int | None = None,
        for_proxy: bool = False,
        per_minute: int = PER_MINUTE,
        longest: int | None = None,
        collections: Sequence[str] | None = None,
    ) -> str:
        """Make a token; returned here, it is kept nowhere.

        Raises:
            RagError: there is one of that name, the name is none, an admin is to see some folders only, or the file
                cannot be written.
        """
        if collections is not None and role == "admin":
            raise RagError("Who may change the articles sees all of them.", "Make it of the role read.")
        if not _NAME.fullmatch(name):
            raise RagError(
                f"A token cannot be called “{name}”.", "Use small letters, digits, dots and dashes, 40 at most: ada"
            )
        word = PREFIX + secrets.token_urlsafe(_BYTES)
        now = self._now().replace(microsecond=0)
        token = Token(
            name,
            role,
            hashlib.sha256(word.encode()).hexdigest(),
            now.isoformat(),
            (now + timedelta(days=days)).isoformat() if days is not None else None,
            for_proxy,
            per_minute,
            longest or LONGEST[role],
            tuple(str(settled(folder).absolute()) for folder in collections) if collections is not None else None,
        )

        def added(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
            if any(t.name == name for t in tokens):
                raise RagError(f"There is a token “{name}”.", f"Take it back first: unsaid token revoke {name}")
            return (*tokens, token)

        self._change(added)
        return word

    def revoke(self, name: str) -> None:
        """Take a token back: from the next request on it opens nothing.

        Raises:
            RagError: there is none of that name, or the file cannot be written.
        """

        def without(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
            kept = tuple(t for t in tokens if t.name != name)
            if len(kept) == len(tokens):
                raise RagError(f"There is no token “{name}”.", "See which there are: unsaid token list")
            return kept

        self._change(without)

    def _change(self, change: Callable[[tuple[Token, ...]], tuple[Token, ...]]) -> None:
        """Write the file anew, or leave it as it is; several programs may do so at once."""
        from filelock import FileLock

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self.path.with_name(self.path.name + ".lock"), mode=0o600):
                rows = [asdict(t) for t in change(self.all())]
                beside = self.path.with_name(self.path.name + ".new")
                beside.unlink(missing_ok=True)
                with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                    json.dump({"format": FORMAT, "tokens": rows}, file, indent=1)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(beside, self.path)
        except OSError as problem:
            raise RagError(
                f"The tokens cannot be kept in {self.path} ({problem.strerror}).", "Name another file: --tokens FILE"
            ) from problem


def refuse_without(tokens: Tokens, role: Role = "read") -> None:
    """Refuse to serve others than this computer's where nobody holds a token.

    Raises:
        RagError: nobody holds one of that role, or the tokens can't be read.
    """
    if not any(t.role in (role, "admin") for t in tokens.valid()):
        raise RagError(
            "Beyond this computer only holders of a token are answered, and there is none.",
            f"Make one: unsaid token add NAME --role {role}",
        )
