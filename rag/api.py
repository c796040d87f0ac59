"""The whole of Unsaid in three calls, with default parts that are loaded once per process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from rag.assistant import Assistant
from rag.settings import default_index_dir
from rag.types import Answer, Document

_LOCK = threading.Lock()
_ASSISTANTS: dict[Path, Assistant] = {}


def answer(
    question: str,
    index: str | Path | None = None,
    history: Sequence[Answer] = (),
    sources: Sequence[str] | None = None,
) -> Answer:
    """Answer a question from the articles of an index, with the default models.

    Args:
        question: in plain words.
        index: the index folder; None for the default one.
        history: earlier answers of the conversation, oldest first.
        sources: the articles to ask; None for all.

    Raises:
        RagError: see `Assistant.ask`. Not finding an answer is no error.
    """
    return _assistant(index).ask(question, history, sources)


def document(source: str, index: str | Path | None = None) -> Document:
    """One indexed article: the text that the offsets of citations point into.

    Raises:
        IndexMissing, IndexDamaged: there is no index, or not a whole one.
        UnknownSource: it holds no article of that name.
    """
    return _assistant(index).document(source)


def _assistant(index: str | Path | None) -> Assistant:
    folder = default_index_dir(index)
    with _LOCK:
        if folder not in _ASSISTANTS:
            _ASSISTANTS[folder] = Assistant(folder)
        return _ASSISTANTS[folder]
