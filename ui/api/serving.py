"""Serve the doors for programs until it is interrupted: `unsaid serve`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.offline import go_offline
from ui.web import audit, tokens
from ui.web.access import Access
from ui.web.logs import log_as_json
from ui.web.origin import LOOPBACK
from ui.web.peer import can_tell
from ui.web.place import Place, place_of
from ui.web.principals import Principals
from ui.web.serving import ended_by_signals, listen, run
from ui.web.turns import AT_ONCE, WAITING, Turns

if TYPE_CHECKING:
    from rag.assistant import Assistant


@dataclass(frozen=True)
class Doors:
    """How the doors are served.

    Attributes:
        host: the address to bind.
        port: the first port to try; a busy one is said and the next is taken.
        names: further names and addresses that they answer to.
        public_url: the address at which a proxy answers for them.
        root_path: the path of that address below which they lie.
        tokens: the file of tokens; else the person's own.
        at_once: how many questions are worked on at the same time.
        waiting: how many may wait.
        json_logs: whether what is logged is written as JSON.
        audit: the audit log; else the person's own where others than this computer's are answered, and none where not.
    """

    host: str = "127.0.0.1"
    port: int = 7870
    names: tuple[str, ...] = ()
    public_url: str | None = None
    root_path: str = ""
    tokens: Path | None = None
    audit: Path | None = None
    at_once: int = AT_ONCE
    waiting: int = WAITING
    json_logs: bool = False


def serve(assistant: Assistant, doors: Doors, say: Callable[[str], None]) -> None:
    """Serve `/api/v1`, `/v1` and `/mcp`.

    Args:
        assistant: what answers and keeps the articles.
        doors: how.
        say: told what the person should know, one line each.

    Raises:
        RagError: they cannot be served safely, or no port is free.
    """
    go_offline()
    if doors.json_logs:
        log_as_json()
    place = place_of(doors.host, doors.names, doors.public_url, doors.root_path, say)
    access = None if place.shared else Access()
    known = tokens.Tokens(doors.tokens or tokens.default_path())
    if place.shared:
        tokens.refuse_without(known)
    log = _audit(place, doors.audit, say)
    from ui.api.app import create_api

    with ended_by_signals(), listen(doors.host, doors.port, say) as listening:
        for line in _lines(doors, place, listening.getsockname()[1], access):
            say(line)
        try:
            turns, who = Turns(doors.at_once, doors.waiting), Principals(access, known)
            app = create_api(assistant, place=place, principals=who, audit=log, turns=turns)
            run(app, listening, own_logs=not doors.json_logs)
        finally:
            if log is not None:
                log.close()


def _audit(place: Place, path: Path | None, say: Callable[[str], None]) -> audit.Audit | None:
    if path is None and not place.shared:
        return None
    path = path or audit.default_path()
    say(f"Who asks for what is noted, without any text, in {path}")
    return audit.Audit(path)


def _lines(doors: Doors, place: Place, port: int, access: Access | None) -> list[str]:
    """What to say about where the doors are, and how one is let in."""
    url = f"http://{f'[{doors.host}]' if ':' in doors.host else doors.host}:{port}{place.root_path}"
    first = (
        f"Unsaid answers programs at {url}/api/v1, in OpenAI's way at {url}/v1, agents at {url}/mcp (Ctrl+C ends it)"
    )
    if access is None:
        return [first, "Holders of a token are answered, and nobody else: unsaid token list"]
    known = doors.host in LOOPBACK and can_tell()
    return [first, f"{'From a container, or where it asks for one, the' if known else 'The'} key is {access.key}"]
