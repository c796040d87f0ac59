"""What a request may ask the page's functions to do; decided before Gradio looks at it.

Gradio copies any file that a request names, and runs any function by its number. Here a call is taken
apart and put together anew: only known fields, a function that there is, of the page's own events where
it is private, and no file but this session's own uploads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ui.web.access import Access, Session

_TAB = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FILE = {"path", "url", "meta"}  # a file object of Gradio's has one of these at least
_MOST_NODES = 2_000_000  # values in one body


class Refused(Exception):
    """A request that is not passed on; says why.

    Args:
        status: of HTTP.
        words: for whoever sent it.
    """

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass(frozen=True)
class Function:
    """What is known of one of the page's functions.

    Attributes:
        name: of its endpoint; None if it is the page's own.
        inputs: how many values it takes.
        files: which of them may hold uploaded files.
    """

    name: str | None
    inputs: int
    files: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Caller:
    """Who calls: the session, the paths of its uploads, and whether its page in a browser does."""

    session: Session
    uploads: Collection[str]
    page: bool


class Calls:
    """Checks calls of functions.

    Args:
        functions: by Gradio's numbers.
        access: who owns which tab.
    """

    def __init__(self, functions: Mapping[int, Function], access: Access) -> None:
        self._functions = functions
        self._access = access
        self._named = {f.name: f for f in functions.values() if f.name is not None}

    def joined(self, body: bytes, caller: Caller) -> bytes:
        """A call for the queue, checked and written anew.

        Raises:
            Refused: it may not be made.
        """
        call = _object(body)
        function = self._functions.get(_number(call, "fn_index"))
        if function is None:
            raise Refused(404, "There is no such function.")
        if function.name is None and not caller.page:
            raise Refused(403, "Only the page itself may call this function.")
        tab = self.tab(call, caller.session)
        kept = {
            "data": _data(call, function, caller.uploads),
            "fn_index": call["fn_index"],
            "session_hash": tab,
            "event_data": _without_files(call.get("event_data")),
            "trigger_id": _number(call, "trigger_id") if call.get("trigger_id") is not None else None,
        }
        return json.dumps(kept).encode()

    def named(self, name: str, body: bytes, caller: Caller) -> bytes:
        """A call of an endpoint by its name, checked and written anew.

        Raises:
            Refused: it may not be made.
        """
        function = self._named.get(name)
        if function is None:
            raise Refused(404, f"There is no such endpoint. There are: {', '.join(sorted(self._named))}.")
        return json.dumps({"data": _data(_object(body), function, caller.uploads)}).encode()

    def cancelled(self, body: bytes, session: Session) -> bytes:
        """A call that ends another, checked and written anew.

        Raises:
            Refused: it may not be made.
        """
        call = _object(body)
        tab = self.tab(call, session)
        event = call.get("event_id")
        if not isinstance(event, str) or not _TAB.fullmatch(event):
            raise Refused(400, "event_id is missing.")
        return json.dumps({"session_hash": tab, "fn_index": _number(call, "fn_index"), "event_id": event}).encode()

    def tab(self, call: Mapping[str, Any], session: Session) -> str:
        """The tab that a call names.

        Raises:
            Refused: it names none, or another session's.
        """
        tab = call.get("session_hash")
        if not isinstance(tab, str) or not _TAB.fullmatch(tab):
            raise Refused(400, "session_hash is missing.")
        if not self._access.owns(session, tab):
            raise Refused(403, "That is another session's.")
        return tab


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(400, "The body is no JSON object.")
    return found


def _number(call: Mapping[str, Any], name: str) -> int:
    number = call.get(name)
    if type(number) is not int:
        raise Refused(400, f"{name} is missing.")
    return number


def _data(call: Mapping[str, Any], function: Function, uploads: Collection[str]) -> list[Any]:
    data = call.get("data")
    if not isinstance(data, list) or len(data) != function.inputs:
        raise Refused(400, f"data must be a list of {function.inputs} values.")
    return [_files(v, uploads) if n in function.files else _without_files(v) for n, v in enumerate(data)]


def _files(value: Any, uploads: Collection[str]) -> Any:  # noqa: ANN401 — JSON
    """The list of uploaded files that the page sends, each made anew of its path and name.

    Raises:
        Refused: something else than this session's uploads.
    """
    if value is None:
        return None
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) and isinstance(row.get("path"), str) for row in rows):
        raise Refused(400, "That is no list of uploaded files.")
    if not all(row["path"] in uploads for row in rows):
        raise Refused(403, "Only files that were uploaded on this page can be added.")
    return [{"path": row["path"], "meta": {"_type": "gradio.FileData"}} for row in rows]


def _without_files(value: Any) -> Any:  # noqa: ANN401 — JSON
    """The same value.

    Raises:
        Refused: a file object is in it.
    """
    waiting, seen = [value], 0
    while waiting:
        item = waiting.pop()
        seen += 1
        if seen > _MOST_NODES:
            raise Refused(413, "There are too many values in that.")
        if isinstance(item, dict):
            if not _FILE.isdisjoint(item):
                raise Refused(403, "No file may be named here.")
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return value
