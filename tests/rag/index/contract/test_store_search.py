"""What every store finds: the same articles, words and vectors, whatever keeps them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tiny_embedder import TinyEmbedder

from rag.errors import UnknownSource
from rag.index.reader import Index


def sources(sentences) -> list[str]:
    return [s.source for s in sentences]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("China", "china.txt"), ("china's economy", "china.txt"), ("CHINA’S", "china.txt"), ("floor", "china.txt"),
        ("1,000", "china.txt"), ("000", "china.txt"), ("growing economies", None), ("economies", "china.txt"),
        ("agreeing", "china.txt"), ("recognition", "crimea.txt"), ("discuss", "crimea.txt"),
        ("sanctions were", "crimea.txt"), ("were sanctions", None), ("cafe", "cafe.md"), ("NATO", None), ("—", None),
        ("NEAR", "cafe.md"), ("a and b", "cafe.md"), ("Köln", "molkerei.txt"), ("koln", "molkerei.txt"), ('"', None),
    ],
)  # fmt: skip
def test_every_sentence_that_holds_a_phrase(opened, phrase, found):
    assert sources(opened.find(phrase, None)) == ([found] if found else [])
    assert opened.document_frequency(phrase) == (1 if found else 0)


def test_sentences_come_in_the_order_of_articles_and_all_of_them(opened):
    found = opened.find("was", None)
    assert [s.id for s in found] == sorted(s.id for s in found)
    assert sources(found) == ["china.txt", "china.txt", "crimea.txt", "towns.txt", "towns.txt"]
    assert opened.document_frequency("was") == 5
    assert opened.document_frequency("the mayor") == len(opened.find("the mayor", None)) == 3


@pytest.mark.parametrize(
    ("alternatives", "texts"),
    [
        ([[["economy", "floor"]]], ["China’s economy grew.", "The ﬂoor was wet."]),
        ([[["was"], ["left open"]]], ["The recog­nition of Crimea was left open.", "Whether it opens again was left open."]),
        ([[["coffee"]], [["sanctions"], ["not discussed"]]], ["It sells coffee.", "Sanctions were not discussed."]),
        ([[["coffee"], ["—"]]], []),
        ([[["—"]], [["coffee"]]], ["It sells coffee."]),
        ([[["coffee"], ["sanctions"]]], []),
    ],
)  # fmt: skip
def test_alternatives_groups_and_phrases(opened, alternatives, texts):
    assert [s.text for s in opened.holding(alternatives, None)] == texts


@pytest.mark.parametrize("scope", [("crimea.txt",), ("china.txt", "towns.txt"), ()])
def test_scope_limits_every_search(opened, scope):
    chosen = frozenset(scope)
    query = TinyEmbedder().embed_query("the economy of China")
    for hits in (opened.dense(query, 100, chosen), opened.lexical(["the", "was"], 100, chosen)):
        assert {opened.passages([i])[0].source for i, _ in hits} == chosen
    assert set(sources(opened.find("was", chosen))) == chosen
    assert len(opened.dense(query, 100, chosen)) == sum(len(opened.record(s).chunks) for s in scope)


def test_an_unknown_article_is_no_scope(opened):
    query = TinyEmbedder().embed_query("China")
    for search in (lambda s: opened.dense(query, 5, s), lambda s: opened.lexical(["china"], 5, s)):
        with pytest.raises(UnknownSource):
            search(frozenset({"nowhere.txt"}))


@pytest.mark.parametrize("k", [0, 1, 3, 100])
def test_dense_search_compares_all_and_ranks_by_cosine(opened, k):
    query = TinyEmbedder().embed_query("sanctions on Crimea")
    vectors = opened.vectors_from(0, opened.manifest.chunks)
    hits = opened.dense(query, k, None)
    assert [i for i, _ in hits] == np.argsort(-(vectors @ query), kind="stable")[:k].tolist()
    for chunk, cosine in hits:
        assert cosine == pytest.approx(float(vectors[chunk] @ query), abs=1e-6)


def test_vectors_in_any_order(opened):
    count = opened.manifest.chunks
    every = opened.vectors_from(0, count)
    assert every.shape == (count, 32) and every.dtype == np.float32
    np.testing.assert_array_equal(opened.vectors([count - 1, 0]), every[[count - 1, 0]])
    np.testing.assert_allclose(np.linalg.norm(every, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize(
    "words", [["china"], ["was", "the"], ["1,000", "dollars"], ["was", "was"], ["mayor", "left", "open"]]
)
def test_lexical_search_scores_by_rarity_and_length(opened, words):
    hits = opened.lexical(words, 100, None)
    assert hits and hits == sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    assert hits[:1] == opened.lexical(words, 1, None)
    of = {opened.passages([i])[0].source for i, _ in hits}
    assert of == {s for w in words for s in sources(opened.find(w, None))}
    assert all(score > 0 for _, score in hits)


@pytest.mark.parametrize("words", [[], ["nato"], ["—"], ['"', "*", "^"]])
def test_words_that_stand_nowhere(opened, words):
    assert opened.lexical(words, 5, None) == []


def test_both_searches_beside_each_other(opened):
    query = TinyEmbedder().embed_query("economy")
    both = opened.both(query, ["economy"], 5, None)
    assert both == (opened.dense(query, 5, None), opened.lexical(["economy"], 5, None))


def test_the_vocabulary_is_of_stems(opened):
    found = opened.vocabulary()
    assert len(found) == len(set(found))
    assert {"economi", "1", "000", "cafe", "koln", "near"} <= set(found)
    assert "economies" not in found and "" not in found


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        (["molkerei"], "Die neue Molkerei wurde gebaut."), (["3.500"], "Sie kostet 3.500 Euro und steht in Köln."),
        (["駅"], "駅の費用はまだ分かりません。"), (["東京", "molkerei"], "Die neue Molkerei wurde gebaut."),
    ],
)  # fmt: skip
def test_sentences_abroad(opened, keys, first):
    ranked = opened.ranked_abroad(keys, 10, None)
    assert first in [s.text for s in ranked]
    assert opened.ranked_abroad(keys, 1, None) == ranked[:1]
    assert opened.frequency_abroad(keys) == len(ranked) == len(opened.holding_abroad([keys], None))
    assert opened.ranked_abroad(keys, 10, frozenset({"china.txt"})) == []


def test_groups_and_compounds_abroad(opened):
    assert [s.position for s in opened.holding_abroad([["kostet", "kost"], ["3.500"]], None)] == [1]
    assert opened.holding_abroad([["molkerei"], ["3.500"]], None) == []
    assert opened.holding_abroad([], None) == opened.holding_abroad([[]], None) == []
    assert any("meister" in key for key in opened.compounds("burger") + opened.compounds("bürger"))
    assert opened.frequency_abroad([]) == 0


def test_many_threads_get_what_one_gets(opened: Index):
    query = TinyEmbedder().embed_query("sanctions")

    def ask(_):
        return opened.dense(query, 5, None), opened.lexical(["sanctions"], 5, None), opened.find("was", None)

    alone = ask(0)
    with ThreadPoolExecutor(4) as pool:
        assert all(result == alone for result in pool.map(ask, range(12)))
