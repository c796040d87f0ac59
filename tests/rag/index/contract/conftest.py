"""Every store that there is, real: files, and rows on a Milvus server (milvus-lite) where that is installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_index import ARTICLES, Kept, Server, lacks_milvus

from rag.index.reader import Index

STORES = ["embedded", "milvus"]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    if why := lacks_milvus():
        pytest.skip(why)
    found = Server(tmp_path_factory.mktemp("milvus") / "data")
    found.start()
    yield found
    found.kill()


def kept(kind: str, base: Path, request: pytest.FixtureRequest) -> Kept:
    return Kept(base, request.getfixturevalue("server").address() if kind == "milvus" else None)


@pytest.fixture(params=STORES)
def index(request, tmp_path) -> Kept:
    """An empty index of each store."""
    return kept(request.param, tmp_path, request)


@pytest.fixture(scope="package", params=STORES)
def articles(request, tmp_path_factory) -> Kept:
    """The same articles in each store; nobody changes them."""
    found = kept(request.param, tmp_path_factory.mktemp(request.param), request)
    for name, text in ARTICLES.items():
        (found.root / name).write_text(text, "utf-8")
    found.build(found.root)
    return found


@pytest.fixture(scope="package")
def opened(articles) -> Index:
    return articles.open()


@pytest.fixture
def pair(tmp_path, server) -> tuple[Kept, Kept]:
    """Two empty indexes, the first in files, the second on the server."""
    return Kept(tmp_path / "files", None), Kept(tmp_path / "rows", server.address())
