"""A Milvus server for the tests of the store on one; they are skipped where none is installed."""

from __future__ import annotations

import pytest
from kept_index import Kept, Server, lacks_milvus


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    if why := lacks_milvus():
        pytest.skip(why)
    found = Server(tmp_path_factory.mktemp("milvus") / "data")
    found.start()
    yield found
    found.kill()


@pytest.fixture
def rows(tmp_path, server) -> Kept:
    """An empty index on the server."""
    return Kept(tmp_path / "rows", server.address())
