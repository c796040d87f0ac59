"""The conversations in the index folder, where the person's settings say so: one file that only its owner may read."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rag.errors import RagError
from rag.index.layout import Layout
from ui.page.shelf import Shelf, Talk, put, read, without

_lock = threading.Lock()


class ShelfFile:
    """Conversations of one index folder. Several tabs write one after another; each changes only what it names.

    Args:
        index: the folder of the index.
    """

    def __init__(self, index: Path) -> None:
        self._file = Layout(index).conversations

    def all(self) -> Shelf:
        """What is kept; nothing where nothing is, or where the file cannot be read."""
        try:
            return read(json.loads(self._file.read_text("utf-8")))
        except (OSError, ValueError, RecursionError):
            return ()

    def put(self, talk: Talk) -> None:
        """Keep a conversation.

        Raises:
            RagError: the folder cannot be written.
        """
        self._change(lambda shelf: put(shelf, talk))

    def drop(self, id_: str) -> None:
        """Let a conversation go.

        Raises:
            RagError: the folder cannot be written.
        """
        self._change(lambda shelf: without(shelf, id_))

    def _change(self, change: Callable[[Shelf], Shelf]) -> None:
        with _lock:
            rows = [asdict(talk) for talk in change(self.all())]
            aside = self._file.with_suffix(".new")
            try:
                with open(aside, "w", encoding="utf-8", opener=_private) as out:
                    json.dump(rows, out, ensure_ascii=False)
                os.replace(aside, self._file)
            except OSError as problem:
                raise RagError(
                    f"{self._file} cannot be written ({problem.strerror}).", "Make the index folder writable."
                ) from problem


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
