"""Whatever happens to the stored files, a damaged index is refused, never searched."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder

from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.index.build import build_index
from rag.index.manifest import Manifest
from rag.index.reader import Index
from rag.settings import Settings

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


def mutate(folder: Path, name: str, seed: int) -> None:
    """Damage a file: a bit, a cut, a blot, an addition, zeros, or another of the index's files in its place."""
    path, chance = stored(folder, name), random.Random(seed)
    data = bytearray(path.read_bytes())
    kind = seed % 6
    if kind == 0:
        data[chance.randrange(len(data) - 1)] ^= 1 << chance.randrange(7)
    elif kind == 1:
        del data[chance.randrange(len(data) - 1) :]
    elif kind == 2:
        data[(start := chance.randrange(len(data) - 8)) : start + 8] = b"\x5a" * 8
    elif kind == 3:
        data += chance.randbytes(16)
    elif kind == 4:
        data = bytearray(len(data))
    else:
        data = bytearray(stored(folder, chance.choice([n for n in FILES if n != name])).read_bytes())
    path.write_bytes(data)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(6))
def test_damaged_files_are_always_noticed(whole, tmp_path, name, seed):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    mutate(folder, name, seed)
    damaged(folder)


@pytest.mark.long
def test_a_thousand_damaged_files_are_noticed(whole, tmp_path):
    for seed in range(6, 250):
        for name in FILES:
            folder = tmp_path / f"{seed}{name}"
            shutil.copytree(whole, folder)
            mutate(folder, name, seed)
            damaged(folder)
            shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(12))
def test_files_damaged_while_an_index_is_open_never_crash_it(whole, tmp_path, seed):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    opened = Index.open(folder, TinyEmbedder().info)
    truth = [opened.document(source) for source in opened.sources()]
    opened.close()
    opened = Index.open(folder, TinyEmbedder().info)
    mutate(folder, "articles.sqlite", seed)
    try:
        assert [opened.document(source) for source in opened.sources()] == truth or seed % 6 in (0, 2)
        opened.find("story", None)
    except IndexDamaged as error:
        assert error.cure
    opened.close()


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


def test_other_settings_are_refused_with_the_cure(whole):
    with pytest.raises(IndexMismatch) as error:
        Index.open(whole, TinyEmbedder().info, Settings(chunk_sentences=3))
    assert "build_index(settings=" in error.value.cure
    Index.open(whole, TinyEmbedder().info, Settings()).close()


def test_another_format_is_refused_with_the_cure(whole, tmp_path):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    place = next((folder / "generations").iterdir())
    replace(Manifest.read(place), format=1).write(place)
    for call in (lambda: Index.open(folder), lambda: build_index(index=folder, embedder=TinyEmbedder())):
        with pytest.raises(IndexMismatch, match="format 1") as error:
            call()
        assert "unsaid index --replace" in error.value.cure


def test_an_index_replaced_while_it_is_opened_opens_as_the_new_one(whole, tmp_path):
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    old, pointer = next((folder / "generations").iterdir()), folder / "CURRENT"
    new = old.with_name("9" + old.name)
    shutil.copytree(old, new)

    class Swapping(type(old)):
        """The index folder, rebuilt twice between the look at its pointer and the look at its files."""

        def __truediv__(self, key):
            if key == "generations" and pointer.read_text() == f"{old.name}\n":
                pointer.write_text(f"{new.name}\n")
                shutil.rmtree(old)
            return super().__truediv__(key)

    opened = Index.open(Swapping(folder), TinyEmbedder().info)
    assert opened.generation == new.name
    opened.close()
