"""An index of the news articles, made once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import rag
from rag.index.reader import Index


@pytest.fixture(scope="session")
def news_index(tmp_path_factory, news_folder, embedder) -> Path:
    folder = tmp_path_factory.mktemp("news") / "index"
    rag.build_index([news_folder], folder, embedder=embedder)
    return folder


@pytest.fixture(scope="module")
def written(tmp_path_factory, embedder):
    """Make an index of articles given as name and text; returns the open index and an assistant of it."""

    def make(**articles: str) -> tuple[Index, rag.Assistant]:
        folder = tmp_path_factory.mktemp("written")
        (folder / "articles").mkdir()
        for name, text in articles.items():
            (folder / "articles" / f"{name}.txt").write_text(text, "utf-8")
        rag.build_index([folder / "articles"], folder / "index", embedder=embedder)
        return Index.open(folder / "index"), rag.Assistant(folder / "index", embedder=embedder)

    return make
