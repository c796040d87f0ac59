"""Looking after an index: add, list, take out, forget."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import mail
from tiny_embedder import TinyEmbedder

from rag.errors import IndexBusy, IndexMissing, RagError, UnknownSource
from rag.index.build import build_index
from rag.index.layout import Layout, current_generation, sole_writer
from rag.index.manage import add_files, forget, list_articles, remove_source, safe_name
from rag.types import Listed, Note, Progress


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "a.txt").write_text("One story. It ends.")
    (folder / "b.md").write_text("# Two\n\nTwo stories.")
    return folder


def listed(folder: Path) -> list[str]:
    return [article.source for article in list_articles(folder)]


def test_list_says_what_there_is(root, tmp_index):
    build_index([root], tmp_index, embedder=TinyEmbedder())
    assert list_articles(tmp_index) == (Listed("a.txt", None, None, 2), Listed("b.md", "Two", None, 2))
    (root / "c.eml").write_bytes(mail(Date="Tue, 05 Mar 2024 10:00:00 +0100", attached=("x.pdf",)))
    build_index(index=tmp_index, embedder=TinyEmbedder())
    note = Note("1 attachment was not read: x.pdf.", gap=True)
    assert list_articles(tmp_index)[2] == Listed("c.eml", "Growth", "2024-03-05", 2, "The Daily", (note,))


def test_a_removed_article_stays_out_until_its_path_is_given_again(root, tmp_index):
    build_index([root], tmp_index, embedder=TinyEmbedder())
    assert remove_source("a.txt", tmp_index, embedder=TinyEmbedder()).removed == ("a.txt",)
    assert (root / "a.txt").exists()
    build_index(index=tmp_index, embedder=TinyEmbedder())
    build_index([root], tmp_index, embedder=TinyEmbedder())
    assert listed(tmp_index) == ["b.md"]
    assert build_index([root / "a.txt"], tmp_index, embedder=TinyEmbedder()).added == ("a.txt",)
    with pytest.raises(UnknownSource):
        remove_source("nowhere.txt", tmp_index, embedder=TinyEmbedder())


def test_an_article_that_is_a_root_can_be_removed(root, tmp_index):
    build_index([root / "a.txt", root / "b.md"], tmp_index, embedder=TinyEmbedder())
    remove_source("a.txt", tmp_index, embedder=TinyEmbedder())
    assert listed(tmp_index) == ["b.md"]


def test_added_files_are_copied_and_their_copies_removed(root, tmp_path, tmp_index):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Another story.")
    report = add_files(
        [root / "a.txt", tmp_path / "other" / "a.txt", root / "b.md"], tmp_index, embedder=TinyEmbedder()
    )
    assert report.added == ("a (2).txt", "a.txt", "b.md")
    (root / "a.txt").unlink()
    build_index(index=tmp_index, embedder=TinyEmbedder())
    assert listed(tmp_index) == ["a (2).txt", "a.txt", "b.md"]
    remove_source("a.txt", tmp_index, embedder=TinyEmbedder())
    assert sorted(p.name for p in (tmp_index / "articles").iterdir()) == ["a (2).txt", "b.md"]
    assert add_files([tmp_path / "other" / "a.txt"], tmp_index, embedder=TinyEmbedder()).added == ("a.txt",)


def test_a_file_that_cannot_be_read_replaces_nothing(root, tmp_path, tmp_index):
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_bytes(b"\xff\xfe\x00broken")
    (tmp_path / "other" / "scan.pdf").write_bytes(b"%PDF")
    broken = [tmp_path / "other" / "a.txt", tmp_path / "other" / "scan.pdf"]
    before = current_generation(tmp_index)
    report = add_files(broken, tmp_index, embedder=TinyEmbedder())
    assert [name for name, _ in report.skipped] == ["a.txt", "scan.pdf"]
    assert current_generation(tmp_index) == before
    report = add_files([*broken, root / "b.md"], tmp_index, embedder=TinyEmbedder())
    assert report.added == ("b.md",) and len(report.skipped) == 2
    assert listed(tmp_index) == ["a.txt", "b.md"]
    assert sorted(p.name for p in (tmp_index / "articles").iterdir()) == ["a.txt", "b.md"]


def test_progress_names_each_file_with_its_sentences(root, tmp_index):
    seen: list[Progress] = []
    add_files([root / "a.txt", root / "b.md"], tmp_index, seen.append, embedder=TinyEmbedder())
    both = {"a.txt": 2, "b.md": 2}
    assert {p.item: p.sentences for p in seen if p.stage == "reading" and p.sentences} == both
    assert {p.item: p.sentences for p in seen if p.stage == "embedding" and p.item} == both, "their vectors are there"
    assert [p.stage for p in seen][-3:] == ["embedding", "writing", "writing"]
    seen.clear()
    build_index(index=tmp_index, progress=seen.append, embedder=TinyEmbedder())
    assert not any(p.sentences for p in seen), "nothing was read anew"


def test_nothing_is_lost_while_someone_else_rebuilds(root, tmp_index):
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    with sole_writer(Layout(tmp_index)):
        for call in (
            lambda: remove_source("a.txt", tmp_index, embedder=TinyEmbedder()),
            lambda: add_files([root / "b.md"], tmp_index, embedder=TinyEmbedder()),
            lambda: forget(tmp_index),
        ):
            with pytest.raises(IndexBusy):
                call()
    assert listed(tmp_index) == ["a.txt"]
    assert [p.name for p in (tmp_index / "articles").iterdir()] == ["a.txt"]


def test_forget_deletes_what_was_written_and_nothing_else(root, tmp_index):
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    build_index([root], tmp_index, embedder=TinyEmbedder())
    (tmp_index / "mine.txt").write_text("mine")
    forget(tmp_index)
    assert [p.name for p in tmp_index.iterdir()] == ["mine.txt"]
    assert sorted(p.name for p in root.iterdir()) == ["a.txt", "b.md"]
    (tmp_index / "mine.txt").unlink()
    build_index([root], tmp_index, embedder=TinyEmbedder())
    forget(tmp_index)
    assert not tmp_index.exists()


def test_a_folder_that_is_no_index_is_left_alone(root):
    (root / "articles").mkdir()
    (root / "articles" / "mine.txt").write_text("mine")
    with pytest.raises(IndexMissing):
        forget(root)
    with pytest.raises(RagError):
        add_files([root / "a.txt"], root, embedder=TinyEmbedder())
    assert sorted(p.name for p in root.rglob("*")) == ["a.txt", "articles", "b.md", "mine.txt"]


def test_nothing_new_leaves_the_generation_as_it_is(root, tmp_index):
    build_index([root], tmp_index, embedder=TinyEmbedder())
    before = current_generation(tmp_index)
    assert build_index([root], tmp_index, embedder=TinyEmbedder()).unchanged == ("a.txt", "b.md")
    assert current_generation(tmp_index) == before
    (root / "c.xyz").write_text("x")
    build_index(index=tmp_index, embedder=TinyEmbedder())
    assert current_generation(tmp_index) != before


@given(
    st.text(max_size=300)
    | st.sampled_from(
        [
            "../../etc/passwd",
            "..\\..\\x.txt",
            "/a/b.txt",
            ".hidden.md",
            "a" * 400 + ".txt",
            "CON.txt",
            "é" * 200 + ".md",
            "x.txt\n",
            "..",
            "",
        ]
    )
)
def test_safe_names_stay_in_their_folder(name):
    safe = safe_name(name)
    assert safe and safe not in (".", "..")
    assert not set(safe) & set("/\\\0\n\r")
    assert not safe.startswith(".")
    assert len(f".{safe}.removed".encode(errors="replace")) <= 255


def test_safe_names_keep_words_and_suffix():
    assert safe_name("Peace talks (2024) – déjà vu.txt") == "Peace talks (2024) _ déjà vu.txt"
    assert safe_name("a" * 400 + ".html").endswith("a.html")
