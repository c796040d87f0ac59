"""What a generation says of itself: how it was made, and the hashes that prove it whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from models.ocr import described
from models.protocols import EmbedderInfo
from models.weights import sha256_of
from rag.errors import IndexDamaged, IndexMismatch
from rag.index.layout import CURE
from rag.index.own import MANIFEST, STORE, VECTORS
from rag.settings import Settings
from rag.text.cut import CUT_VERSION

FORMAT = 8
# What decides an article's text and sentences, beside our own rules.
_LIBRARIES = ("nupunkt", "charset-normalizer", "docutils", "lxml", "py3langid", "pypdf", "trafilatura")


@dataclass(frozen=True)
class Manifest:
    """The contents of `manifest.json`."""

    format: int
    created: str  # ISO 8601, UTC
    embedder: EmbedderInfo
    chunk_sentences: int
    chunk_overlap: int
    cutter: str  # see `cutter`
    tokens: str  # see `tokens_by`
    articles: int
    sentences: int
    chunks: int
    files: dict[str, str]  # name -> SHA-256

    def write(self, folder: Path) -> None:
        """Write it; the last file of a generation."""
        data = asdict(self)
        text = json.dumps({**data, "sha256": _digest(data)}, indent=1)
        (folder / MANIFEST).write_text(text + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it and check that the files beside it are what was written.

        Raises:
            IndexDamaged: a file is missing or differs.
            IndexMismatch: another version of Unsaid wrote it.
        """
        try:
            data = json.loads((folder / MANIFEST).read_text("utf-8"))
            whole = data.pop("sha256") == _digest(data)
            if whole and data["format"] != FORMAT:
                raise IndexMismatch(f"The index was written in format {data['format']}, this is {FORMAT}.", CURE)
            manifest = cls(**{**data, "embedder": EmbedderInfo(**data["embedder"])})
            whole = (
                whole
                and set(manifest.files) == {STORE, VECTORS}
                and all(sha256_of(folder / name) == digest for name, digest in manifest.files.items())
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise IndexDamaged(f"The index in {folder} is incomplete ({problem}).", CURE) from problem
        if not whole:
            raise IndexDamaged(f"A file of the index in {folder} is not what was written.", CURE)
        return manifest

    def check(self, embedder: EmbedderInfo | None, settings: Settings | None = None) -> None:
        """Refuse an embedder or settings other than those that the index was made with.

        Raises:
            IndexMismatch: they differ.
        """
        if embedder is not None and embedder != self.embedder:
            same = " of the same name" if embedder.name == self.embedder.name else ""
            made, asked = self.embedder.dimension, embedder.dimension
            lengths = f": its vectors have {made} numbers, not {asked}" if made != asked else ""
            raise IndexMismatch(
                f"The index was made by the embedder {self.embedder.name}, not by {embedder.name}{same}{lengths}.",
                "Ask with that embedder, or refresh the index with this one: unsaid index",
            )
        if settings is not None and settings.cut != (self.chunk_sentences, self.chunk_overlap):
            sentences, overlap = settings.cut
            raise IndexMismatch(
                f"The index was cut into chunks of {self.chunk_sentences} sentences that share {self.chunk_overlap}, "
                f"not of {sentences} that share {overlap}.",
                "Ask with those settings, or refresh the index with these: build_index(settings=…)",
            )

    def vectors_made_by(self, embedder: EmbedderInfo, settings: Settings) -> bool:
        """Whether an unchanged article would get the same sentences, chunks and vectors again."""
        made = (self.embedder, (self.chunk_sentences, self.chunk_overlap), self.cutter)
        return made == (embedder, settings.cut, cutter())


def cutter() -> str:
    """What decides an article's text and sentences: our own rules' version and those of the libraries."""
    libraries = [*(f"{name} {version(name)}" for name in _LIBRARIES), described()]
    return " ".join([str(CUT_VERSION), *filter(None, libraries)])


def _digest(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
