"""Looking after an index: add, list, take out, forget."""

from __future__ import annotations

import os
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
from rag.index.own import MARKER
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
    sent = {"author": "The Daily", "author_from": "text", "kind": "mail"}
    assert list_articles(tmp_index)[2] == Listed("c.eml", "Growth", "2024-03-05", 4, "The Daily", (note,), **sent)


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


def test_a_file_of_a_name_that_is_there_loses_nothing(root, tmp_path, tmp_index):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Another story.")
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    report = add_files([tmp_path / "other" / "a.txt"], tmp_index, embedder=TinyEmbedder())
    assert (report.added, report.changed, report.unchanged) == (("a (2).txt",), (), ("a.txt",))
    report = add_files([root / "a.txt", tmp_path / "other" / "a.txt"], tmp_index, embedder=TinyEmbedder())
    assert (report.added, report.unchanged) == ((), ("a (2).txt", "a.txt")), "the same is not added twice"


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


def everything_in(folder: Path) -> dict[str, bytes | None]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


def test_a_folder_that_only_looks_like_an_index_is_left_alone(root, tmp_path):
    """ "generations" is a word that people use for folders of their own."""
    mine = tmp_path / "family"
    (mine / "generations" / "2024-01-01T000000.000000+0000-0123456789ab").mkdir(parents=True)
    (mine / "generations" / "first").mkdir()
    (mine / "generations" / "first" / "letters.txt").write_text("Dear Anna")
    (mine / "articles").mkdir()
    (mine / "articles" / "anna.txt").write_text("By Anna")
    (mine / "CURRENT").write_text("first")
    before = everything_in(mine)
    for call in (
        lambda: forget(mine),
        lambda: build_index([root], mine, embedder=TinyEmbedder()),
        lambda: build_index([root], mine, replace=True, embedder=TinyEmbedder()),
        lambda: add_files([root / "a.txt"], mine, embedder=TinyEmbedder()),
    ):
        with pytest.raises(RagError):
            call()
        assert everything_in(mine) == before


def test_only_names_of_our_own_are_deleted(root, tmp_index):
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    for place in ("generations/mine", "articles/mine"):
        (tmp_index / place).mkdir()
        (tmp_index / place / "letter.txt").write_text("Dear Anna")
    (tmp_index / "articles" / "a:b.txt").write_text("Not a name that is given here.")
    for text in ("One. ", "Two. ", "Three. "):
        (root / "b.md").write_text(text)
        build_index([root], tmp_index, embedder=TinyEmbedder())
    forget(tmp_index)
    left = {name for name, data in everything_in(tmp_index).items() if data is not None}
    assert left == {"generations/mine/letter.txt", "articles/mine/letter.txt", "articles/a:b.txt"}


@pytest.mark.parametrize("place", ["articles", "generations", "articles/a.txt", "CURRENT"])
def test_what_a_link_in_the_index_leads_to_is_not_deleted(root, tmp_path, tmp_index, place):
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    elsewhere = tmp_path / "elsewhere"
    (tmp_index / place).rename(elsewhere)
    (tmp_index / place).symlink_to(elsewhere)
    before = everything_in(tmp_path)
    with pytest.raises(RagError, match="link"):
        forget(tmp_index)
    if place != "generations":
        with pytest.raises(RagError, match="link"):
            remove_source("a.txt", tmp_index, embedder=TinyEmbedder())
    assert everything_in(tmp_path) == before


def test_an_index_that_is_reached_by_a_link_can_be_forgotten_and_made_again(root, tmp_path):
    (tmp_path / "place").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "place")
    for _ in range(2):
        build_index([root], link, embedder=TinyEmbedder())
        assert listed(link) == ["a.txt", "b.md"]
        forget(link)
        assert list((tmp_path / "place").iterdir()) == []


def test_an_index_of_before_the_marker_is_known_by_its_manifest(root, tmp_index):
    build_index([root], tmp_index, embedder=TinyEmbedder())
    (tmp_index / MARKER).unlink()
    (root / "a.txt").write_text("Another story.")
    assert build_index(index=tmp_index, embedder=TinyEmbedder()).changed == ("a.txt",)
    assert (tmp_index / MARKER).is_file()
    (tmp_index / MARKER).unlink()
    forget(tmp_index)
    assert not tmp_index.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_others_can_read_nothing_of_an_index(root, tmp_index):
    tmp_index.mkdir(mode=0o755)
    add_files([root / "a.txt"], tmp_index, embedder=TinyEmbedder())
    rights = {p.name: p.stat().st_mode & 0o777 for p in (tmp_index, *tmp_index.rglob("*"))}
    assert {name: oct(mode) for name, mode in rights.items() if mode & 0o077} == {}


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
