"""A small index behind a real server on a free loopback port."""

from __future__ import annotations

import httpx
import pytest
from behind_doors import LETTERS, behind

import rag


@pytest.fixture(scope="session")
def letters(tmp_path_factory, embedder):
    """The letters' folder and the assistant of their index."""
    folder = tmp_path_factory.mktemp("letters")
    for name, text in LETTERS.items():
        (folder / "papers" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "papers" / name).write_text(text, "utf-8")
    rag.build_index([folder / "papers"], folder / "index", embedder=embedder)
    return rag.Assistant(folder / "index", embedder=embedder)


@pytest.fixture(scope="session")
def address(letters):
    with behind(letters) as url:
        yield url


@pytest.fixture(scope="session")
def client(address):
    with httpx.Client(base_url=f"{address}/api/v1", timeout=120) as client:
        yield client
