"""An embedder behind a server: the real one, spoken for by a small server."""

from __future__ import annotations

import numpy as np
import pytest
from speaking_server import SpeakingServer, plain

from models import load_embedder
from models.errors import ConsentMissing, ServerFailed
from models.protocols import Embedder
from models.server_embedder import ServerEmbedder

TEXTS = [f"Ministers met in Paris for the {n}th time." for n in range(70)]


def serving(vectors):
    """A server that embeds by a function, and replies in another order than it was asked, as it may."""

    def speak(asked):
        rows = vectors(asked.body["input"])
        return plain(
            {"data": [{"index": n, "embedding": [float(x) for x in r]} for n, r in reversed(list(enumerate(rows)))]}
        )

    return SpeakingServer(speak).running()


def test_it_embeds_as_the_model_does(embedder):
    with serving(lambda texts: 3 * embedder.embed(texts)) as server:
        served = load_embedder(f"{server.url}#mini")
        assert isinstance(served, Embedder)
        assert (served.info.name, served.info.dimension, served.info.weights_sha256) == ("mini", 384, "")
        done = []
        rows = served.embed(TEXTS, done.append)
        assert rows.dtype == np.float32 and np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        assert (rows * embedder.embed(TEXTS)).sum(axis=1).min() > 0.999
        assert done == [32, 64, 70] and served.embed([]).shape == (0, 384)
        assert served.embed_query("Who met?") @ embedder.embed_query("Who met?") > 0.999
    assert {a.path for a in server.asked} == {"/v1/embeddings"}
    assert max(len(a.body["input"]) for a in server.asked) == 32


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"data": []},
        {"data": [{"index": 0, "embedding": "AAAA"}]},
        {"data": [{"index": 0, "embedding": []}]},
        {"data": [{"index": 0, "embedding": [0.0, 0.0]}]},
        {"data": [{"index": 0, "embedding": [[1.0], [2.0]]}]},
        {"data": [{"index": 0, "embedding": [1.0, None]}]},
        {"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]},
    ],
)
def test_what_is_no_vector_is_refused(data):
    with SpeakingServer(lambda _: plain(data)).running() as server, pytest.raises(ServerFailed) as caught:
        _ = ServerEmbedder(server.server(), "m").info
    assert caught.value.cure


def test_vectors_that_change_their_length_are_refused():
    sizes = iter([2, 2, 3])
    with serving(lambda texts: np.ones((len(texts), next(sizes)))) as server:
        served = ServerEmbedder(server.server(), "m")
        assert served.embed(["a"]).shape == (1, 2)
        with pytest.raises(ServerFailed, match="3 numbers now, 2 before"):
            served.embed(["a"])


def test_another_machine_needs_a_yes():
    with pytest.raises(ConsentMissing):
        load_embedder("http://192.0.2.1/v1#m")
    assert load_embedder("http://192.0.2.1/v1#m", allow_remote=True).recipient == "192.0.2.1"
