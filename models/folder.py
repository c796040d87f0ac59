"""The folder of models that a person has fetched: GGUF files, each with its SHA-256 beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MODELS_VARIABLE = "UNSAID_MODELS"
SUFFIX = ".gguf"
_HASH = ".sha256"


@dataclass(frozen=True)
class Stored:
    """One fetched model."""

    name: str  # what `--llm` takes
    path: Path
    size: int  # bytes
    sha256: str | None  # as it was when it was fetched; None for a file that was put there by hand


def models_folder() -> Path:
    """Where fetched models lie: `UNSAID_MODELS`, else in the user's data directory. Nothing need exist there."""
    from platformdirs import user_data_path

    given = os.environ.get(MODELS_VARIABLE)
    return (Path(given).expanduser() if given else user_data_path("unsaid", appauthor=False) / "models").absolute()


def stored(folder: Path | None = None) -> tuple[Stored, ...]:
    """The models in the folder, by name."""
    there = sorted((folder or models_folder()).glob(f"*{SUFFIX}"))
    return tuple(Stored(p.stem, p, p.stat().st_size, _noted(p)) for p in there if p.is_file())


def named(name: str | Path) -> Path:
    """The file that a person means: a path that is there, else a model of the folder, else the path as it is."""
    path = Path(name).expanduser()
    if path.exists() or path.name != str(name):
        return path
    for candidate in (models_folder() / path.name, models_folder() / f"{path.name}{SUFFIX}"):
        if candidate.is_file():
            return candidate
    return path


def note(path: Path, sha256: str) -> None:
    """Write a model's SHA-256 beside it, in the form that `sha256sum --check` reads."""
    path.with_name(path.name + _HASH).write_text(f"{sha256}  {path.name}\n", "utf-8")


def _noted(path: Path) -> str | None:
    try:
        return path.with_name(path.name + _HASH).read_text("utf-8").split(" ", 1)[0]
    except (OSError, UnicodeDecodeError):
        return None
