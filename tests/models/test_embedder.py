"""The real packaged embedder: unit vectors, nothing cut, the same every time."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from models import Embedder, load_embedder
from models.weights import packaged_embedder, sha256_of

TEXTS = [
    "The foreign minister met his counterpart in Geneva.",
    "Geneva hosted a meeting of the two foreign ministers.",
    "Grill the peppers until their skins are black.",
    "No agreement was reached on sanctions. " * 12,
]


def test_it_is_an_embedder_and_knows_itself(embedder):
    assert isinstance(embedder, Embedder)
    info = embedder.info
    assert (info.name, info.dimension, info.max_tokens) == ("all-MiniLM-L6-v2", 384, 256)
    assert info.weights_sha256 == sha256_of(packaged_embedder() / "model.safetensors")


def test_the_default_goes_by_its_name_too(embedder):
    assert load_embedder("all-MiniLM-L6-v2").info == embedder.info
    assert load_embedder(packaged_embedder()).info.weights_sha256 == embedder.info.weights_sha256


def test_rows_are_unit_vectors_in_the_order_of_the_texts(embedder):
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert embedder.embed([text])[0] @ vector > 0.9995
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_no_texts_no_rows(embedder):
    assert embedder.embed([]).shape == (0, 384)


def test_the_same_again_is_equal_to_the_bit(embedder):
    assert np.array_equal(embedder.embed(TEXTS), embedder.embed(TEXTS))
    assert np.array_equal(embedder.embed_query(TEXTS[0]), embedder.embed([TEXTS[0]])[0])


def test_company_hardly_moves_a_vector(embedder):
    texts = [" ".join(TEXTS[:3]) + " word" * n for n in range(70)]
    forward, backward = embedder.embed(texts), embedder.embed(texts[::-1])[::-1]
    assert (forward * backward).sum(axis=1).min() > 0.9995


def test_of_few_texts_company_does_not_move_a_vector_at_all(embedder):
    texts = [text + " word" * n for n in range(16) for text in TEXTS]
    alone = np.vstack([embedder.embed([text]) for text in texts])
    for some in (slice(0, 3), slice(5, 22), slice(None, None, -1), slice(0, None, 7)):
        assert np.array_equal(embedder.embed(texts[some]), alone[some])


def test_tokens_are_counted_with_the_special_ones_and_uncut(embedder):
    assert embedder.count_tokens(["", "peace", "peace " * 1_000]) == [2, 3, 1_002]
    assert embedder.count_tokens([]) == []


def test_exactly_the_window_fits_and_one_more_is_refused(embedder):
    window = embedder.info.max_tokens
    assert embedder.embed(["peace " * (window - 2)]).shape == (1, 384)
    with pytest.raises(ValueError, match="257 tokens"):
        embedder.embed(["fine", "peace " * (window - 1)])


def test_a_question_of_any_length_has_a_vector(embedder):
    assert np.isclose(np.linalg.norm(embedder.embed_query("peace " * 5_000)), 1, atol=1e-5)
    assert np.isclose(np.linalg.norm(embedder.embed_query("")), 1, atol=1e-5)


def test_progress_counts_up_to_all(embedder):
    seen: list[int] = []
    embedder.embed(["peace"] * 40, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 40
    assert len(seen) > 1


def test_threads_at_once_get_the_same(embedder):
    expected = embedder.embed(TEXTS)
    results: list[bool] = []

    def work() -> None:
        results.append(np.array_equal(embedder.embed(TEXTS), expected))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == [True] * 4


def test_rankings_agree_with_full_precision(embedder, news_folder):
    from sentence_transformers import SentenceTransformer

    texts = []
    for file in sorted(news_folder.glob("*.txt"))[:50]:
        texts += [line.strip() for line in file.read_text("utf-8").split(". ")[1:5] if 40 < len(line) < 400]
    exact = SentenceTransformer(str(packaged_embedder()), device="cpu", local_files_only=True)
    reference = exact.encode(texts, normalize_embeddings=True)
    vectors = embedder.embed(texts)
    assert len(texts) > 120
    assert (vectors * reference).sum(axis=1).min() > 0.999
    for question in ("What was not discussed?", "How many people died?", "Who criticized the concessions?"):
        ours = np.argsort(-(vectors @ embedder.embed_query(question)))[:10]
        theirs = np.argsort(-(reference @ exact.encode(question, normalize_embeddings=True)))[:10]
        assert ours[0] == theirs[0]
        assert len(set(ours) & set(theirs)) >= 9
