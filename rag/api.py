"""The whole of Unsaid in a few calls, with default parts that are loaded once per process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from rag.assistant import Assistant
from rag.corpus.values import Comparison, Coverage, Ledger, Mentions
from rag.language.unsaid import UnsaidKind
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


def mentions(topic: str, index: str | Path | None = None, sources: Sequence[str] | None = None) -> Mentions:
    """Every sentence that holds a topic, every article that doesn't, and what comes close in meaning.

    Args:
        topic: a word, a name or a phrase.
        index: the index folder; None for the default one.
        sources: the articles to search; None for all.

    Raises:
        RagError: see `Assistant.mentions`. A topic that no article mentions is no error.
    """
    return _assistant(index).mentions(topic, sources)


def compare(a: str, b: str, index: str | Path | None = None) -> Comparison:
    """What article `a` has that `b` leaves out, what `b` adds, and where both say something different.

    Args:
        a: the source of the one.
        b: the source of the other.
        index: the index folder; None for the default one.

    Raises:
        RagError: see `Assistant.compare`.
    """
    return _assistant(index).compare(a, b)


def coverage(
    topics: Sequence[str] = (), index: str | Path | None = None, sources: Sequence[str] | None = None
) -> Coverage:
    """Which article says, denies or leaves open which topic, and which is silent.

    Args:
        topics: words, names or phrases; none: those that the articles themselves suggest.
        index: the index folder; None for the default one.
        sources: the articles; None for all.

    Raises:
        RagError: see `Assistant.coverage`.
    """
    return _assistant(index).coverage(topics, sources)


def unsaid(
    topics: Sequence[str] = (),
    speakers: Sequence[str] = (),
    kinds: Sequence[UnsaidKind] = (),
    index: str | Path | None = None,
    sources: Sequence[str] | None = None,
) -> Ledger:
    """Everything that the articles say to be unsaid: declined, undecided, unknown, not discussed, and so on.

    Args:
        topics: only what is about one of these; none: everything.
        speakers: only what one of these doesn't say; none: everybody's.
        kinds: of `rag.language.unsaid.KINDS`, such as "declined", "undecided", "not discussed"; none: all.
        index: the index folder; None for the default one.
        sources: the articles; None for all.

    Raises:
        RagError: see `Assistant.unsaid`. That nothing is left unsaid is no error.
    """
    return _assistant(index).unsaid(topics, speakers, kinds, sources)


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
