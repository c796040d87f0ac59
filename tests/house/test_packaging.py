"""What is read at run time goes into the wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
_READ = (".gguf", ".safetensors", ".json", ".js", ".css")


def test_weights_and_other_files_are_packaged():
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    for floor in ("models", "rag", "ui"):
        packaged = {path for pattern in patterns[floor] for path in (ROOT / floor).glob(pattern)}
        read = {p for p in (ROOT / floor).rglob("*") if p.suffix in _READ and "training" not in p.parts}
        assert read and read <= packaged, read - packaged
