"""A worker's work: read a file's bytes, cut its text, embed its chunks. It runs wherever the worker is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace

import numpy as np

from models import load_embedder
from models.protocols import Embedder, EmbedderInfo, FloatArray
from rag.errors import ModelMissing, RagError, mapped_model_errors
from rag.index.crew.piece import Piece
from rag.index.manifest import cutter
from rag.index.records import Refusal
from rag.index.taken_in import Unread, article_of
from rag.index.talk import told
from rag.reading import File
from rag.settings import Settings

_TOGETHER = 64  # texts that are embedded at once: so many are compiled work, which needs no PyTorch
_Loads = Callable[..., Embedder]


def order(recipe: str, info: EmbedderInfo, settings: Settings) -> str:
    """What a worker is told before its first file, as JSON.

    Args:
        recipe: what `load_embedder` makes the embedder of.
        info: what that embedder must be.
        settings: how articles are cut, and whether texts may be sent to another machine.
    """
    what = {"recipe": recipe, "info": asdict(info), "settings": asdict(settings), "cutter": cutter()}
    return json.dumps(what)


def made_by(info: EmbedderInfo, settings: Settings) -> str:
    """Everything beside a file's bytes and suffix that decides what is made of it."""
    return json.dumps([asdict(info), settings.cut, cutter()])


class Labour:
    """One worker. Not safe from several threads.

    Args:
        load: makes the embedder.
    """

    def __init__(self, load: _Loads = load_embedder) -> None:
        self._load = load
        self._embedder: Embedder | None = None
        self._settings = Settings()

    def begin(self, order: str) -> str:
        """Take an order; a problem as JSON, "" if there is none."""
        what = json.loads(order)
        self._settings = Settings(**what["settings"])
        try:
            with mapped_model_errors():
                found = self._load(what["recipe"], allow_remote=self._settings.allow_remote, threads=1)
                _compared(found.info, EmbedderInfo(**what["info"]), what["cutter"])
        except RagError as problem:
            return json.dumps(told(problem))
        self._embedder = found
        return ""

    def work(self, suffix: str, data: bytes, sha256: str) -> tuple[str, bytes]:
        """What becomes of a file: a problem of the embedder as JSON, else "" and the piece.

        Raises:
            OSError, MemoryError: this worker can't go on.
        """
        assert self._embedder
        file = Unread("", "", File(suffix, data, sha256))
        try:
            with mapped_model_errors():
                return "", self._piece(file, self._embedder).packed()
        except ModelMissing as problem:
            return json.dumps(told(problem)), b""
        except (OSError, MemoryError):
            raise
        except Exception as problem:  # a defect of ours: it costs this file
            reason = f"It could not be taken in ({type(problem).__name__}: {problem})."
            return "", Piece(Refusal("", reason), np.empty((0, 0), dtype=np.float32)).packed()

    def _piece(self, file: Unread, embedder: Embedder) -> Piece:
        outcome = article_of(file, embedder, self._settings)
        if isinstance(outcome, Refusal):
            return Piece(outcome, np.empty((0, embedder.info.dimension), dtype=np.float32))
        return Piece(replace(outcome, texts=()), _embedded(embedder, outcome.texts))


def _embedded(embedder: Embedder, texts: tuple[str, ...]) -> FloatArray:
    """Vectors of texts, those of like length together."""
    vectors = np.empty((len(texts), embedder.info.dimension), dtype=np.float32)
    order = np.argsort([len(text) for text in texts], kind="stable")
    for start in range(0, len(texts), _TOGETHER):
        some = order[start : start + _TOGETHER]
        vectors[some] = embedder.embed([texts[i] for i in some])
    return vectors


def _compared(found: EmbedderInfo, wanted: EmbedderInfo, rules: str) -> None:
    """Raise where a worker would make something else than this machine.

    Raises:
        RagError: it would.
    """
    if found != wanted:
        raise RagError(
            f"A worker has another embedder than this machine ({found.name} there, {wanted.name} here).",
            "Give the workers the same model under the same name or path, or index without --workers.",
        )
    if cutter() != rules:
        raise RagError(
            f"A worker reads with other libraries than this machine: {cutter()} there, {rules} here.",
            "Install the same version of Unsaid, with the same packages, on all machines.",
        )
