"""What a generation says of itself: how it was made, and the hashes that prove it whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from models.protocols import EmbedderInfo
from models.weights import sha256_of
from rag.errors import IndexDamaged, IndexMismatch
from rag.index.layout import CURE, MANIFEST, STORE, VECTORS
from rag.settings import Settings

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """The contents of `manifest.json`."""

    format: int
    created: str  # ISO 8601, UTC
    embedder: EmbedderInfo
    chunk_sentences: int
    chunk_overlap: int
    articles: int
    sentences: int
    chunks: int
    files: dict[str, str]  # name -> SHA-256

    def write(self, folder: Path) -> None:
        """Write it; the last file of a generation."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it and check that the files beside it are what was written.

        Raises:
            IndexDamaged: a file is missing or differs.
            IndexMismatch: another version of Unsaid wrote it.
        """
        try:
            data = json.loads((folder / MANIFEST).read_text("utf-8"))
            if data["format"] != FORMAT:
                raise IndexMismatch(f"The index was written in format {data['format']}, this is {FORMAT}.", CURE)
            manifest = cls(**{**data, "embedder": EmbedderInfo(**data["embedder"])})
            whole = set(manifest.files) == {STORE, VECTORS} and all(
                sha256_of(folder / name) == digest for name, digest in manifest.files.items()
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise IndexDamaged(f"The index in {folder} is incomplete ({problem}).", CURE) from problem
        if not whole:
            raise IndexDamaged(f"A file of the index in {folder} is not what was written.", CURE)
        return manifest

    def check(self, embedder: EmbedderInfo | None, settings: Settings | None) -> None:
        """Refuse an embedder or settings other than those that made the vectors.

        Raises:
            IndexMismatch: they differ.
        """
        if embedder is not None and embedder != self.embedder:
            raise IndexMismatch(
                f"The index was made by the embedder {self.embedder.name}, not by {embedder.name}.",
                f"Ask with that embedder, or rebuild with this one. {CURE}",
            )
        if settings is not None and (settings.chunk_sentences, settings.chunk_overlap) != (
            self.chunk_sentences,
            self.chunk_overlap,
        ):
            raise IndexMismatch("The index was made with other chunk settings.", CURE)
