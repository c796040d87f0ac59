"""What a rebuild's two processes say to each other: JSON messages (`talk`), vectors as raw float32 after theirs.

parent → child   order · counts · vectors (+ one part)
child → parent   progress · count · embed · report · problem
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.protocols import EmbedderInfo
from rag.index.before import Wish
from rag.settings import Settings
from rag.types import IndexReport

_PAIRS = ("skipped", "notes")  # of a report: lists of pairs


def order(folder: Path, wish: Wish, info: EmbedderInfo, settings: Settings) -> dict[str, Any]:
    """A rebuild's order as JSON."""
    return {
        "folder": str(folder),
        "given": [str(p) for p in wish.given],
        "replace": wish.replace,
        "exclude": [str(p) for p in wish.exclude],
        "drop": [str(p) for p in wish.drop],
        "embedder": asdict(info),
        "settings": asdict(settings),
    }


def ordered(message: Mapping[str, Any]) -> tuple[Path, Wish, EmbedderInfo, Settings]:
    """The inverse of `order`."""
    given, exclude, drop = (tuple(map(Path, message[key])) for key in ("given", "exclude", "drop"))
    wish = Wish(given, message["replace"], exclude, drop)
    return Path(message["folder"]), wish, EmbedderInfo(**message["embedder"]), Settings(**message["settings"])


def reported(message: Mapping[str, Any]) -> IndexReport:
    """A report after its journey through JSON."""
    lists: dict[str, Any] = {
        key: tuple(map(tuple, value)) if key in _PAIRS else tuple(value) for key, value in message["report"].items()
    }
    return IndexReport(**lists)
