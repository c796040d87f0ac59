"""Fixtures: the packaged LLM, loaded once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from models.llm import LlamaLLM

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def llm() -> LlamaLLM:
    """The packaged LLM; its file loads on first use."""
    return LlamaLLM.packaged()


@pytest.fixture
def run_python():
    """Run a script in a process of its own: a crash there is a failed test here, and no more."""

    def run(script: str, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script, *args], cwd=ROOT, capture_output=True, text=True, timeout=120
        )

    return run
