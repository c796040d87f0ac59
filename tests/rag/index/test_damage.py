"""Whatever happens to the stored files, a damaged index is refused, never searched."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder

from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.index.build import build_index
from rag.index.reader import Index

FILES = ("CURRENT", "articles.sqlite", "vectors.faiss", "manifest.json")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("whole")
    (base / "root").mkdir()
    for n in range(4):
        (base / "root" / f"{n}.txt").write_text(f"Story {n} is short. It ends here.")
    build_index([base / "root"], base / "index", embedder=TinyEmbedder())
    return base / "index"


def stored(folder: Path, name: str) -> Path:
    return folder / name if name == "CURRENT" else next((folder / "generations").glob(f"*/{name}"))


def damaged(folder: Path) -> None:
    with pytest.raises((IndexDamaged, IndexMismatch, IndexMissing)) as error:
        Index.open(folder, TinyEmbedder().info)
    assert error.value.cure


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(24))
def test_mutated_files_are_always_noticed(whole, tmp_path, name, seed):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    path = stored(folder, name)
    data, chance = bytearray(path.read_bytes()), random.Random(seed)
    kind = seed % 4
    if kind == 0:
        data[chance.randrange(len(data) - 1)] ^= 1 << chance.randrange(7)
    elif kind == 1:
        del data[chance.randrange(len(data) - 1) :]
    elif kind == 2:
        data[(start := chance.randrange(len(data) - 8)) : start + 8] = b"\x5a" * 8
    else:
        data += chance.randbytes(16)
    path.write_bytes(data)
    damaged(folder)


@pytest.mark.parametrize("name", FILES)
def test_missing_files_are_noticed(whole, tmp_path, name):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    stored(folder, name).unlink()
    damaged(folder)


def test_files_of_two_generations_are_not_mixed(whole, tmp_path):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "0.txt").write_text("Another story.")
    build_index([tmp_path / "other"], tmp_path / "index2", embedder=TinyEmbedder())
    shutil.copy(stored(tmp_path / "index2", "vectors.faiss"), stored(folder, "vectors.faiss"))
    damaged(folder)


def test_a_damaged_index_can_be_built_anew(whole, tmp_path):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    stored(folder, "articles.sqlite").write_bytes(b"nothing")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.txt").write_text("A story.")
    build_index([tmp_path / "root"], folder, replace=True, embedder=TinyEmbedder())
    assert Index.open(folder, TinyEmbedder().info).sources() == ("a.txt",)


def test_another_embedder_is_refused(whole):
    with pytest.raises(IndexMismatch):
        Index.open(whole, TinyEmbedder("other").info)
