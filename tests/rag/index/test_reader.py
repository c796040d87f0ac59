"""Reading an index: the same results after saving and loading, in scope, from any thread, for any words."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_embedder import TinyEmbedder

from rag.errors import IndexMissing, UnknownSource
from rag.index.build import build_index
from rag.index.layout import current_generation
from rag.index.reader import Index
from rag.text.cut import embeddable

ARTICLES = {
    "china.txt": "China’s economy grew. The ﬂoor was wet. It cost 1,000 dollars.\nNothing else was agreed upon.",
    "crimea.txt": "Peskow spoke on Monday. Sanctions were not discussed. The recog\u00adnition of Crimea was left open.",
    "cafe.md": '# The café\n\nIt sells coffee. AND OR NOT NEAR are words here. He said "a" and "b".',
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Index:
    base = tmp_path_factory.mktemp("reader")
    (base / "root").mkdir()
    for name, text in ARTICLES.items():
        (base / "root" / name).write_text(text)
    build_index([base / "root"], base / "index", embedder=TinyEmbedder())
    return Index.open(base / "index", TinyEmbedder().info)


def sources(sentences) -> list[str]:
    return [s.source for s in sentences]


def test_documents_and_sentences_are_exact(opened):
    assert opened.sources() == ("cafe.md", "china.txt", "crimea.txt")
    assert opened.document("china.txt").text == ARTICLES["china.txt"]
    assert opened.document("cafe.md").title == "The café"
    for source in opened.sources():
        for sentence in opened.article_sentences(source):
            assert ARTICLES[source][sentence.start : sentence.end] == sentence.text
    assert opened.sentence_count == sum(len(opened.article_sentences(s)) for s in opened.sources())
    assert opened.sentences_in(frozenset({"china.txt"})) == 4
    with pytest.raises(UnknownSource):
        opened.document("nowhere.txt")


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("China", "china.txt"), ("china's economy", "china.txt"), ("CHINA’S", "china.txt"), ("floor", "china.txt"), ("1,000", "china.txt"),
        ("growing economies", None), ("economies", "china.txt"), ("agreeing", "china.txt"), ("recognition", "crimea.txt"),
        ("discuss", "crimea.txt"), ("sanctions were", "crimea.txt"), ("were sanctions", None), ("cafe", "cafe.md"), ("NATO", None),
    ],
)  # fmt: skip
def test_find_knows_inflections_apostrophes_ligatures_and_soft_hyphens(opened, phrase, found):
    assert sources(opened.find(phrase, None)) == ([found] if found else [])
    if found and " " not in phrase:
        assert opened.document_frequency(phrase) == 1
        assert opened.lexical([phrase], 5, None)


def test_scope_limits_every_search(opened):
    scope = frozenset({"crimea.txt"})
    query = TinyEmbedder().embed_query("the economy of China")
    everything = opened.dense(query, 100, None)
    assert {opened.passages([i])[0].source for i, _ in opened.dense(query, 100, scope)} == {"crimea.txt"}
    assert len(everything) == opened.manifest.chunks
    assert {opened.passages([i])[0].source for i, _ in opened.lexical(["the", "was"], 100, scope)} == {"crimea.txt"}
    assert opened.find("economy", scope) == []
    assert opened.dense(query, 5, frozenset()) == opened.lexical(["was"], 5, frozenset()) == []


def test_dense_search_is_exact(opened):
    ids = list(range(opened.manifest.chunks))
    texts = []
    for row in opened.passages(ids):
        text = opened.document(row.source).text[row.sentences[0].start : row.sentences[-1].end]
        texts.append(embeddable(row.title, text))
    vectors = TinyEmbedder().embed(texts)
    np.testing.assert_allclose(opened.vectors(ids), vectors, atol=1e-6)
    query = TinyEmbedder().embed_query("sanctions on Crimea")
    assert [i for i, _ in opened.dense(query, 2, None)] == np.argsort(-(vectors @ query), kind="stable")[:2].tolist()
    for chunk, cosine in opened.dense(query, 9, None):
        assert cosine == pytest.approx(float(vectors[chunk] @ query), abs=1e-5)


@given(
    st.lists(
        st.text() | st.sampled_from(['"', "AND", "NEAR(", "*", "a OR", "^", "{x}:", "-", "\0", "\ud800", "'"]),
        max_size=8,
    )
)
def test_any_words_are_searched_as_words(opened, words):
    opened.lexical(words, 5, None)
    opened.find(" ".join(words), None)
    for word in words:
        opened.document_frequency(word)


def test_operators_are_words(opened):
    assert sources(opened.find("NEAR", None)) == ["cafe.md"]
    assert opened.find("wet AND cost", None) == []
    assert len(opened.lexical([f"word{n}" for n in range(2_000)] + ["sanctions"], 5, None)) == 1


def test_many_threads_get_what_one_gets(opened):
    query = TinyEmbedder().embed_query("sanctions")

    def ask(_):
        hits = opened.dense(query, 5, None)
        return (
            hits,
            opened.lexical(["sanctions"], 5, None),
            opened.passages([i for i, _ in hits]),
            opened.find("was", None),
        )

    alone = ask(0)
    with ThreadPoolExecutor(8) as pool:
        assert all(result == alone for result in pool.map(ask, range(200)))


def test_an_open_index_outlives_its_files(tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.txt").write_text("The old story.")
    folder = tmp_path / "index"
    build_index([tmp_path / "root"], folder, embedder=TinyEmbedder())
    old = Index.open(folder)
    for n in range(3):
        (tmp_path / "root" / "a.txt").write_text(f"The new story {n}.")
        build_index(index=folder, embedder=TinyEmbedder())
    assert current_generation(folder) != old.generation
    assert not (folder / "generations" / old.generation).exists()
    assert len(list((folder / "generations").iterdir())) == 2
    assert old.document("a.txt").text == "The old story."
    assert sources(old.find("story", None)) == ["a.txt"]
    shutil.rmtree(folder)
    assert old.lexical(["story"], 3, None)
    old.close()


def test_no_index_is_said(tmp_path: Path):
    with pytest.raises(IndexMissing) as error:
        Index.open(tmp_path / "nowhere")
    assert "unsaid index" in error.value.cure


def test_the_real_embedder_finds_the_seed(embedder, seed_folder, tmp_index):
    report = build_index([seed_folder], tmp_index, embedder=embedder)
    assert "000_f067fb6896d73582.txt" in report.added
    index = Index.open(tmp_index, embedder.info)
    source = "000_f067fb6896d73582.txt"
    raw = (seed_folder / source).read_bytes().decode("utf-8")
    assert index.document(source).text == raw
    best = index.passages([index.dense(embedder.embed_query("Which topics were not discussed?"), 1, None)[0][0]])[0]
    assert any("were not discussed" in s.text for s in best.sentences)
    for sentence in index.article_sentences(source):
        assert raw[sentence.start : sentence.end] == sentence.text
    again = Index.open(tmp_index, embedder.info)
    query = embedder.embed_query("How long did the call last?")
    assert again.dense(query, 5, None) == index.dense(query, 5, None)


def test_a_relative_folder_opens(opened):
    relative = Path(os.path.relpath(opened.folder))
    assert Index.open(relative, TinyEmbedder().info).sources() == opened.sources()
