"""What a server tells of itself as JSON, one object a line, for programs that gather logs. Never a text of anybody's.

Of a message only its pattern is written, with numbers and the kinds of errors in it: what people ask, what articles
say and what files are called can stand in the rest, an exception's own words included. Other packages' messages are
theirs; of these only the place is told.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

_OURS = ("unsaid", "ui", "rag", "models")
REQUESTS = logging.getLogger("unsaid.requests")


class JsonLines(logging.Formatter):
    """A record as a line of JSON in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.partition(".")[0] in _OURS:
            told["event"] = _pattern(record)
            told |= getattr(record, "figures", {})
        else:
            told["at"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            told |= _exception(record.exc_info[1])
        return json.dumps(told)


def log_as_json(level: int = logging.INFO) -> None:
    """Have everything that is logged written on standard error so, in place of words; for a program's start."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    REQUESTS.setLevel(level)


def _pattern(record: logging.LogRecord) -> str:
    """A message without what people wrote."""
    args = record.args if isinstance(record.args, tuple) else (record.args,) if record.args else ()
    if not args:
        return record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    try:
        return str(record.msg) % tuple(_shown(arg) for arg in args)
    except (TypeError, ValueError):
        return str(record.msg)


def _shown(value: object) -> object:
    """A number as it is, an error's kind, and of everything else that there was something."""
    if isinstance(value, (int, float)):
        return value
    return type(value).__name__ if isinstance(value, BaseException) else "…"


def _exception(error: BaseException) -> dict[str, Any]:
    """An error's kind and the places that it went through; its words may be anybody's."""
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__name__, "frames": [f"{f.name}:{f.lineno}" for f in frames[-20:]]}
