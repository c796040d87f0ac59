"""Vectors that are remembered are those that would be made, and there are only so many of them."""

from __future__ import annotations

import numpy as np
from tiny_embedder import TinyEmbedder

from rag.index.kept_vectors import KeptVectors

TEXTS = ("The mill burnt down.", "The baker sells rye bread.", "Nobody saw the ferry.", "A clock stopped.")


def test_each_sentence_is_embedded_once_and_comes_in_its_place():
    embedder, kept = TinyEmbedder(), KeptVectors()
    kept.of(TEXTS[:2], embedder)
    found = kept.of((TEXTS[2], TEXTS[1], TEXTS[0]), embedder)
    assert embedder.embedded == [TEXTS[0], TEXTS[1], TEXTS[2]]
    assert np.allclose(found, TinyEmbedder().embed([TEXTS[2], TEXTS[1], TEXTS[0]]))


def test_the_one_not_asked_for_longest_goes_first():
    embedder, kept = TinyEmbedder(), KeptVectors(most=2)
    for n in (0, 1, 0, 2, 0, 1):
        kept.of((TEXTS[n],), embedder)
    assert embedder.embedded == [TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[1]]
