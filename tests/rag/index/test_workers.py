"""Many workers make the index that one process makes; a dead one costs nothing but its file's second reading."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
from processes_below import below, kill, named, needs_proc
from same_index import contents, texts
from samples import EVERY
from speaking_server import Reply, refused
from tiny_embedder import TinyEmbedder
from tiny_server import TinyServer, tiny_server

from rag.errors import ModelMissing, RagError
from rag.index.build import build_index
from rag.index.crew.piece import Piece
from rag.index.crew.spool import Spool
from rag.index.crew.workers import Workers
from rag.index.layout import Layout, sole_writer
from rag.index.manage import forget, remove_source
from rag.index.records import Refusal
from rag.index.taken_in import Unread
from rag.reading import File

ONE, TWO = Workers(count=1), Workers(count=2)


@pytest.fixture
def server():
    with tiny_server() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.txt").write_text(" ".join(f"Story {n} has part {k}." for k in range(n + 1)))
    return folder


def workers() -> list[int]:
    """The workers that this process has, all its rebuilds' together."""
    return named(below(os.getpid()), "rag.index.crew.process")


def test_an_index_of_every_kind_of_file_is_the_same(tmp_path, root, server):
    for n, (kind, data) in enumerate(EVERY.items()):
        (root / f"kind{n}{kind}").write_bytes(data)
    (root / "damaged.pdf").write_bytes(b"%PDF-1.4 nothing")
    (root / "deutsch.txt").write_text(
        "Der Teich wurde nicht abgelassen. Frau Ort hat das gestern im Rat gesagt.", "utf-8"
    )
    (root / "empty.txt").write_text("")
    alone, together = tmp_path / "alone", tmp_path / "together"
    first = build_index([root], alone, embedder=server.embedder())
    second = build_index([root], together, embedder=server.embedder(), workers=TWO)
    assert first == second and len(second.added) > 40 and len(second.skipped) == 2
    (rows, vectors), (same_rows, same_vectors) = contents(alone), contents(together)
    assert rows == same_rows
    assert np.array_equal(vectors, same_vectors)


def test_the_packaged_model_gives_the_same_chunks_and_vectors(tmp_path, seed_folder, embedder):
    build_index([seed_folder], tmp_path / "alone", embedder=embedder)
    build_index([seed_folder], tmp_path / "together", embedder=embedder, workers=TWO)
    (rows, vectors), (same_rows, same_vectors) = contents(tmp_path / "alone"), contents(tmp_path / "together")
    assert rows == same_rows
    assert (vectors * same_vectors).sum(axis=1).min() > 0.9999


def test_only_what_is_new_or_changed_goes_to_workers(tmp_index, root, server):
    build_index([root], tmp_index, embedder=server.embedder())
    server.embedded.clear()
    (root / "3.txt").write_text("Another story altogether.")
    (root / "new.txt").write_text("A new story.")
    (root / "5.txt").unlink()
    report = build_index(index=tmp_index, embedder=server.embedder(), workers=TWO)
    assert (report.added, report.changed, report.removed) == (("new.txt",), ("3.txt",), ("5.txt",))
    assert sorted(server.embedded) == ["A new story.", "Another story altogether."]
    server.embedded.clear()
    assert len(build_index(index=tmp_index, embedder=server.embedder(), workers=TWO).unchanged) == 12
    assert server.embedded == []


def broken_off(index: Path, root: Path, server: TinyServer, after: int = 5) -> None:
    """A first build that ends once the server refuses, after some files."""
    server.before = lambda _: refused("out of order") if len(server.embedded) > after else None
    with pytest.raises(ModelMissing, match="out of order"):
        build_index([root], index, embedder=server.embedder(), workers=ONE)
    server.before = lambda _: None


def test_a_build_that_broke_off_goes_on_where_it_was(tmp_index, root, server):
    broken_off(tmp_index, root, server)
    kept = [tmp_index / ".spool", *(tmp_index / ".spool").rglob("*")]
    assert len(kept) > 3 and all(path.stat().st_mode & 0o077 == 0 for path in kept)
    build_index([root], tmp_index, embedder=server.embedder(), workers=ONE)
    assert len(texts(tmp_index)) == 12
    assert len(server.embedded) == len(set(server.embedded)) == contents(tmp_index)[1].shape[0]
    assert not (tmp_index / ".spool").exists()


@pytest.mark.parametrize("done", ["an ordinary build", "forget", "an article is taken out"])
def test_nobody_keeps_the_work_of_a_build_that_is_not_gone_on_with(tmp_index, root, server, done):
    if done == "an article is taken out":
        (root / "only.txt").write_text("One story.")
        build_index([root / "only.txt"], tmp_index, embedder=server.embedder())
    data = b"What was read of a build that broke off."
    with sole_writer(Layout(tmp_index)):
        left = Unread("x.txt", "/x.txt", File(".txt", data, hashlib.sha256(data).hexdigest()))
        piece = Piece(Refusal("/x.txt", data.decode(), left.file.sha256), np.empty((0, 32), dtype=np.float32))
        Spool(Layout(tmp_index), "anything", 32).keep(left, piece.packed())
    assert len(list((tmp_index / ".spool").rglob("*"))) == 2
    if done == "an ordinary build":
        build_index([root], tmp_index, embedder=server.embedder())
    elif done == "forget":
        forget(tmp_index)
        assert not tmp_index.exists()
    else:
        remove_source("only.txt", tmp_index, embedder=server.embedder())
    assert not (tmp_index / ".spool").exists()


def test_a_link_in_the_place_of_the_work_is_refused(tmp_index, root, server, tmp_path):
    build_index([root], tmp_index, embedder=server.embedder())
    (tmp_path / "elsewhere").mkdir()
    (tmp_index / ".spool").symlink_to(tmp_path / "elsewhere")
    (root / "0.txt").write_text("Another story.")
    with pytest.raises(RagError, match="is a link"):
        build_index([root], tmp_index, embedder=server.embedder(), workers=TWO)
    assert not list((tmp_path / "elsewhere").iterdir())


@needs_proc
def test_a_worker_that_dies_costs_nothing(tmp_index, root, server):
    died = []

    def once(_) -> Reply | None:
        if len(server.embedded) > 4 and not died:
            died.extend(workers())
            kill(died[0])
        return None

    server.before = once
    report = build_index([root], tmp_index, embedder=server.embedder(), workers=TWO)
    assert died and len(report.added) == 12 and not report.skipped


@needs_proc
def test_a_file_that_ends_its_workers_is_named_and_tried_again_the_next_time(tmp_index, root, server):
    (root / "7.txt").write_text("This one is poison. It ends whoever embeds it.")
    server.before = lambda texts: kill(*workers()) if any("poison" in text for text in texts) else None
    report = build_index([root], tmp_index, embedder=server.embedder(), workers=ONE)
    assert len(report.added) == 11
    [(path, reason)] = report.skipped
    assert path.endswith("7.txt") and "3 workers were lost over it" in reason and "signal 9" in reason
    server.before = lambda _: None
    assert build_index(index=tmp_index, embedder=server.embedder()).added == ("7.txt",)


@needs_proc
@pytest.mark.long
def test_when_every_worker_dies_nothing_is_changed_and_the_next_build_goes_on(tmp_index, root, server):
    build_index([root], tmp_index, embedder=server.embedder())
    before = texts(tmp_index)
    for n in range(12):
        (root / f"{n}.txt").write_text(f"Now it is another story {n}.")
    server.before = lambda _: kill(*workers())
    with pytest.raises(RagError, match="6 workers were lost, one after the other") as error:
        build_index([root], tmp_index, embedder=server.embedder(), workers=TWO)
    assert "goes on where" in error.value.cure
    assert texts(tmp_index) == before
    server.before = lambda _: None
    assert len(build_index([root], tmp_index, embedder=server.embedder(), workers=TWO).changed) == 12


def test_articles_of_an_absent_root_get_the_new_models_vectors(tmp_index, root, server, tmp_path):
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "far.txt").write_text("A story from afar.")
    build_index([root, tmp_path / "drive"], tmp_index, embedder=TinyEmbedder())
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    report = build_index(index=tmp_index, embedder=server.embedder(), workers=ONE)
    assert "far.txt" in report.unchanged and sorted(texts(tmp_index))[-1] == "far.txt"
    assert contents(tmp_index)[1].shape[0] == len(server.embedded)


def test_an_embedder_of_this_process_alone_is_refused(tmp_index, root):
    with pytest.raises(RagError, match="known to this process alone"):
        build_index([root], tmp_index, embedder=TinyEmbedder(), workers=TWO)
    assert not tmp_index.exists()


def test_progress_only_grows_and_nothing_but_the_index_is_left(tmp_index, root, server):
    seen = []
    build_index([root], tmp_index, embedder=server.embedder(), workers=TWO, progress=seen.append)
    reading = [p for p in seen if p.stage == "reading"]
    assert [p.done for p in reading] == sorted(p.done for p in reading) and reading[-1].done == 12
    assert {p.item for p in reading if p.sentences} == {f"{n}.txt" for n in range(12)}
    embedding = [p for p in seen if p.stage == "embedding"]
    assert embedding[-1].done == embedding[-1].total > 12
    assert {p.name for p in tmp_index.iterdir()} == {".lock", ".unsaid-index", "CURRENT", "generations"}
    assert workers() == []
