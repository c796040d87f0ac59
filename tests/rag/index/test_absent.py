"""A folder that is not there at the moment keeps its articles; one that is no longer wanted is dropped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.manage import add_files, list_articles, remove_source
from rag.index.reader import Index


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A folder that comes and goes, indexed with another one."""
    for name, text in (
        ("drive/a.txt", "The harbour closes."),
        ("drive/b.txt", "The mill was sold."),
        ("local/c.txt", "It rained."),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    build([tmp_path / "drive", tmp_path / "local"], tmp_path)
    return tmp_path / "drive"


def build(paths, place: Path, name: str = "tiny"):
    return build_index(paths, place / "index", embedder=TinyEmbedder(name))


def listed(place: Path) -> list[str]:
    return [article.source for article in list_articles(place / "index")]


def searched(place: Path):
    opened = Index.open(place / "index")
    try:
        return opened.searched(None), opened.find("harbour", None)
    finally:
        opened.close()


def test_articles_of_an_unplugged_drive_stay_and_this_is_said(drive, tmp_path):
    drive.rename(tmp_path / "away")
    report = build(None, tmp_path)
    assert (report.removed, report.skipped, len(report.unchanged)) == ((), (), 3)
    [(path, remark)] = report.notes
    assert path == str(drive) and "its 2 articles stay" in remark and f"unsaid remove {drive}" in remark
    found, sentences = searched(tmp_path)
    assert (found.articles, found.skipped, len(sentences)) == (3, 0, 1)
    (tmp_path / "away").rename(drive)
    (drive / "a.txt").unlink()
    report = build(None, tmp_path)
    assert (report.removed, report.notes) == (("a.txt",), ()), "it is there again, and without that file"


def test_an_empty_mount_point_keeps_what_was_below_it(drive, tmp_path):
    shutil.move(drive, tmp_path / "away")
    drive.mkdir()
    report = build(None, tmp_path)
    assert listed(tmp_path) == ["a.txt", "b.txt", "c.txt"]
    assert "empty" in report.notes[0][1]


def test_what_stays_is_embedded_anew_by_another_model(drive, tmp_path):
    drive.rename(tmp_path / "away")
    build(None, tmp_path, "another")
    assert listed(tmp_path) == ["a.txt", "b.txt", "c.txt"]
    assert len(searched(tmp_path)[1]) == 1


def test_a_root_is_dropped_by_its_path_there_or_not(drive, tmp_path):
    drive.rename(tmp_path / "away")
    report = remove_source(str(drive), tmp_path / "index", embedder=TinyEmbedder())
    assert report.removed == ("a.txt", "b.txt")
    report = build(None, tmp_path)
    assert (report.notes, searched(tmp_path)[0].skipped) == ((), 0)
    remove_source(str(tmp_path / "local"), tmp_path / "index", embedder=TinyEmbedder())
    assert listed(tmp_path) == [] and (tmp_path / "local" / "c.txt").exists()


def test_a_renamed_folder_is_there_under_its_new_name_and_the_old_can_be_dropped(drive, tmp_path):
    drive.rename(tmp_path / "renamed")
    build([tmp_path / "renamed"], tmp_path)
    assert listed(tmp_path) == ["a.txt", "b.txt", "c.txt", "renamed/a.txt", "renamed/b.txt"]
    remove_source(str(drive), tmp_path / "index", embedder=TinyEmbedder())
    assert listed(tmp_path) == ["c.txt", "renamed/a.txt", "renamed/b.txt"]


def test_a_file_that_was_deleted_goes_although_it_was_a_root(drive, tmp_path):
    build([drive / "a.txt"], tmp_path)
    (drive / "a.txt").unlink()
    assert build(None, tmp_path).removed == ("a.txt",)


def test_roots_within_each_other_are_not_taken_for_empty(drive, tmp_path):
    (drive / "deep").mkdir()
    (drive / "deep" / "d.txt").write_text("Snow fell.")
    assert build([drive / "deep"], tmp_path).notes == ()
    report = build(None, tmp_path)
    assert report.notes == () and len(listed(tmp_path)) == 4
    shutil.rmtree(drive / "deep")
    build(None, tmp_path)
    assert "deep/d.txt" in listed(tmp_path)


def test_the_last_added_file_can_still_be_removed(tmp_path):
    (tmp_path / "a.txt").write_text("The harbour closes.")
    add_files([tmp_path / "a.txt"], tmp_path / "index", embedder=TinyEmbedder())
    assert remove_source("a.txt", tmp_path / "index", embedder=TinyEmbedder()).removed == ("a.txt",)
    assert listed(tmp_path) == []


def test_an_article_that_was_taken_out_stays_out_while_its_drive_is_away(drive, tmp_path):
    remove_source("a.txt", tmp_path / "index", embedder=TinyEmbedder())
    drive.rename(tmp_path / "away")
    build(None, tmp_path)
    assert listed(tmp_path) == ["b.txt", "c.txt"]
