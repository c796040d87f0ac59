"""The few knobs of Unsaid, each with its reason, and where an index lies by default."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

INDEX_VARIABLE = "UNSAID_INDEX"
SIZE_VARIABLE = "UNSAID_MAX_FILE_MB"
MAX_FILE_MB = 20  # a long novel has one; what is larger is mostly a dump, and takes memory and minutes to read
LARGEST_FILE_MB = 2_000


def default_max_file_mb() -> int:
    """Megabytes of the largest file that is read: as `UNSAID_MAX_FILE_MB` says, else 20.

    Raises:
        ValueError: the variable holds no such number.
    """
    given = os.environ.get(SIZE_VARIABLE, "").strip()
    if not given:
        return MAX_FILE_MB
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= LARGEST_FILE_MB):
        raise ValueError(f"{SIZE_VARIABLE} is no whole number from 1 to {LARGEST_FILE_MB:,}: “{given[:40]}”")
    return int(given)


@dataclass(frozen=True)
class Settings:
    """How articles are cut, how large they may be, when the LLM drafts, in whose words, and where models may be.

    Values are checked when made.

    Raises:
        ValueError: a value makes no sense.
    """

    chunk_sentences: int = (
        5  # found the evidence of news questions more often than 3 (in the first 3: 94 to 88%), with half the vectors
    )
    chunk_overlap: int = 1  # a fact that two neighbouring sentences share stands whole in one chunk
    draft: bool = True  # most drafts survive verification (docs/quality.md); the quotes come first either way

    # Off: of drafts that passed, three in 26 lost what their quote said (docs/experiments.md, D15).
    own_words: bool = False
    max_file_mb: int = field(default_factory=default_max_file_mb)

    # Whether a model's server may be another machine: questions and passages are sent there.
    allow_remote: bool = False

    def __post_init__(self) -> None:
        """Refuse what would never end or index nothing."""
        if self.chunk_sentences < 1:
            raise ValueError("chunk_sentences must be at least 1")
        if not 0 <= self.chunk_overlap < self.chunk_sentences:
            raise ValueError("chunk_overlap must be at least 0 and less than chunk_sentences")
        if not 1 <= self.max_file_mb <= LARGEST_FILE_MB:
            raise ValueError(f"max_file_mb must be from 1 to {LARGEST_FILE_MB}")

    @property
    def cut(self) -> tuple[int, int]:
        """What decides how articles are cut: an index is good for one such pair."""
        return self.chunk_sentences, self.chunk_overlap


def default_index_dir(index: str | Path | None = None) -> Path:
    """Where the index lies: as given, else as `UNSAID_INDEX` says, else in the user's data directory.

    Returns:
        An absolute path; nothing need exist there.
    """
    from platformdirs import user_data_path

    named = index if index is not None else os.environ.get(INDEX_VARIABLE)
    folder = Path(named).expanduser() if named else user_data_path("unsaid", appauthor=False) / "index"
    return folder.absolute()
