"""A changed index holds what it should and nothing of what was taken out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.manage import remove_source
from rag.index.reader import Index
from rag.index.vectors import EXACT_UP_TO, Vectors, write_vectors

SAME = {f"{n}.txt": f"Story {n} stays as it is. Nobody changes it." for n in range(6)}


def written(root: Path, articles: dict[str, str]) -> Path:
    root.mkdir(exist_ok=True)
    for name, text in articles.items():
        (root / name).write_text(text)
    return root


class Counting(TinyEmbedder):
    """Tells how many texts it embedded."""

    def __init__(self):
        super().__init__()
        self.texts = 0

    def embed(self, texts, progress=None):
        self.texts += len(texts)
        return super().embed(texts, progress)


def test_only_what_changed_is_embedded_and_only_that_is_stored_anew(tmp_path):
    root = written(tmp_path / "root", {**SAME, "z.txt": "The last story."})
    build_index([root], tmp_path / "index", embedder=TinyEmbedder())
    written(root, {"3.txt": "Story three is another now."})
    embedder = Counting()
    report = build_index(index=tmp_path / "index", embedder=embedder)
    assert (report.changed, embedder.texts) == (("3.txt",), 1)
    opened = Index.open(tmp_path / "index")
    documents = sqlite3.connect(opened.stored.file).execute("SELECT id, source FROM documents ORDER BY id").fetchall()
    assert [i for i, source in documents if source != "3.txt"] == [0, 1, 2, 4, 5, 6], "the others were not touched"
    assert documents[-1] == (7, "3.txt")
    opened.close()


def test_files_that_exchange_their_names_keep_their_articles(tmp_path):
    root = written(tmp_path / "root", {**SAME, "a.txt": "Alpha speaks.", "b.txt": "Beta is silent."})
    build_index([root], tmp_path / "index", embedder=TinyEmbedder())
    (root / "a.txt").rename(root / "c")
    (root / "b.txt").rename(root / "a.txt")
    (root / "c").rename(root / "b.txt")
    embedder = Counting()
    report = build_index(index=tmp_path / "index", embedder=embedder)
    assert report.changed == ("a.txt", "b.txt") and embedder.texts == 0
    opened = Index.open(tmp_path / "index")
    assert [s.source for s in opened.find("silent", None)] == ["a.txt"]
    assert opened.document("b.txt").text == "Alpha speaks."
    opened.close()


def test_a_copy_of_a_file_is_an_article_of_its_own(tmp_path):
    root = written(tmp_path / "root", SAME)
    build_index([root], tmp_path / "index", embedder=TinyEmbedder())
    written(root, {"0 copy.txt": SAME["0.txt"]})
    report = build_index(index=tmp_path / "index", embedder=TinyEmbedder())
    assert report.added == ("0 copy.txt",) and len(report.unchanged) == 6
    opened = Index.open(tmp_path / "index")
    assert [s.source for s in opened.find("Story 0", None)] == ["0 copy.txt", "0.txt"]
    opened.close()


def test_no_word_of_a_removed_article_is_left_in_the_index(tmp_path):
    secret = "Quillfeather met the informant in Zanzibar."
    root = written(tmp_path / "root", {**SAME, "secret.txt": secret})
    build_index([root], tmp_path / "index", embedder=TinyEmbedder())
    remove_source("secret.txt", tmp_path / "index", embedder=TinyEmbedder())
    opened = Index.open(tmp_path / "index")
    content = opened.stored.file.read_bytes().lower()
    for word in (b"informant", b"quillfeath", b"zanzibar"):
        assert word not in content
    assert "zanzibar" not in opened.vocabulary() and len(opened.sources()) == 6
    opened.close()


def test_many_vectors_are_kept_in_half_the_space_and_found_as_well(tmp_path):
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(EXACT_UP_TO + 1, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    path = tmp_path / "vectors.faiss"
    write_vectors(path, (rows[at : at + 30_000] for at in range(0, len(rows), 30_000)), *rows.shape)
    assert path.stat().st_size < 1.1 * rows.nbytes / 2
    vectors = Vectors(path, *rows.shape)
    np.testing.assert_allclose(vectors.get(5, 3), rows[5:8], atol=1e-3)
    found = [
        len({i for i, _ in vectors.search(q, 10, None)} & set(np.argsort(-(rows @ q))[:10].tolist()))
        for q in chance.normal(size=(20, 16)).astype(np.float32)
    ]
    assert np.mean(found) >= 9.5, "of the ten nearest"
    some = np.arange(0, len(rows), 1_000)
    assert {i for i, _ in vectors.search(rows[0], 5, some)} <= set(some.tolist())
    again = tmp_path / "again.faiss"
    write_vectors(again, [vectors.get(0, len(rows))], *rows.shape)
    assert again.read_bytes() == path.read_bytes(), "copying loses nothing"
