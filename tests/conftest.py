"""Fixtures that every test may use: the real embedder, real articles, an index of one's own."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def embedder():
    """The packaged embedder; its weights load on first use."""
    from models import load_embedder

    return load_embedder()


@pytest.fixture(scope="session")
def seed_folder() -> Path:
    """The articles that ship with the project."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def news_folder() -> Path:
    """189 news articles that lie beside a development checkout."""
    folder = ROOT.parent / "shared" / "corpora" / "news"
    if not folder.is_dir():
        pytest.skip("the news corpus (../shared/corpora/news) is not on this machine")
    return folder


@pytest.fixture
def tmp_index(tmp_path: Path) -> Path:
    """Where a test's own index goes; nothing is there yet."""
    return tmp_path / "index"


@pytest.fixture
def work() -> Callable[[Callable[[], object]], float]:
    """Seconds of this process's own that an act takes: what else the machine does beside it counts for little."""

    def seconds(act: Callable[[], object]) -> float:
        begun = time.process_time()
        act()
        return time.process_time() - begun

    return seconds
