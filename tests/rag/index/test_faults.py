"""A full disk, a folder that may not be written, a second rebuild, a child that is lost: explained, and at no cost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder

from rag.errors import IndexBusy, RagError
from rag.index.before import Wish
from rag.index.build import build_index
from rag.index.layout import Layout, sole_writer
from rag.index.reader import Index
from rag.index.workshop import Workshop
from rag.settings import Settings

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HERE.parents[2], HERE.parent)))}

# Build; exit 7 if that is refused with a cure. The limit on a file's size stands for a disk that is full.
BUILD = """
import resource, sys
from tiny_embedder import TinyEmbedder
from rag.errors import RagError
from rag.index.build import build_index
if len(sys.argv) > 3:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    build_index([sys.argv[1]], sys.argv[2], embedder=TinyEmbedder())
except RagError as error:
    print(error)
    sys.exit(7 if error.cure else 1)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "a.txt").write_text("One story.")
    return folder


def built(root: Path, folder: Path) -> None:
    build_index([root], folder, embedder=TinyEmbedder())


def texts(folder: Path) -> dict[str, str]:
    opened = Index.open(folder, TinyEmbedder().info)
    try:
        return {s: opened.document(s).text for s in opened.sources()}
    finally:
        opened.close()


def run(*arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "-c", BUILD, *map(str, arguments)]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=120, text=True)


def costs_nothing(root: Path, folder: Path, limit: int) -> None:
    built(root, folder)
    (root / "b.txt").write_text("Two stories are long. " * 4_000)
    before = sorted(folder.rglob("*"))
    refused = run(root, folder, limit)
    assert refused.returncode == 7, refused.stderr
    assert sorted(folder.rglob("*")) == before
    assert texts(folder) == {"a.txt": "One story."}
    built(root, folder)
    assert sorted(texts(folder)) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("limit", [0, 20_000, 100_000])
def test_a_full_disk_is_explained_and_costs_nothing(root, tmp_index, limit):
    costs_nothing(root, tmp_index, limit)


@pytest.mark.long
@pytest.mark.parametrize("limit", [1, 5, 100, *range(4_096, 180_000, 12_288)])
def test_a_disk_that_fills_up_sooner_or_later(root, tmp_index, limit):
    costs_nothing(root, tmp_index, limit)


@pytest.fixture
def as_anyone() -> tuple[str, ...]:
    """What makes of root somebody who may not write everywhere."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and there is no setpriv to change that")
    powers = "-dac_override,-dac_read_search"
    return ("setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}")


def test_a_folder_that_may_not_be_written_is_explained(root, tmp_path, as_anyone):
    (tmp_path / "locked").mkdir(mode=0o555)
    (tmp_path / "hidden").mkdir(mode=0o000)
    for folder in (tmp_path / "locked" / "index", tmp_path / "hidden" / "index"):
        refused = run(root, folder, prefix=as_anyone)
        assert refused.returncode == 7, refused.stderr
        assert "cannot be written (Permission denied)" in refused.stdout


def test_an_index_that_became_read_only_goes_on_answering(root, tmp_index, as_anyone):
    built(root, tmp_index)
    (root / "b.txt").write_text("Two stories.")
    folders = [tmp_index, *(p for p in tmp_index.rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    refused = run(root, tmp_index, prefix=as_anyone)
    assert refused.returncode == 7, refused.stderr
    assert texts(tmp_index) == {"a.txt": "One story."}
    for folder in folders:
        folder.chmod(0o755)
    built(root, tmp_index)
    assert sorted(texts(tmp_index)) == ["a.txt", "b.txt"]


def test_a_second_rebuild_at_the_same_time_is_refused(root, tmp_index):
    inside, go_on = threading.Event(), threading.Event()

    def wait(_):
        inside.set()
        go_on.wait(20)

    first = threading.Thread(
        target=lambda: build_index([root], tmp_index, progress=wait, embedder=TinyEmbedder()),
    )
    first.start()
    assert inside.wait(20)
    for _ in range(2):
        with pytest.raises(IndexBusy, match="being rebuilt"):
            built(root, tmp_index)
    assert run(root, tmp_index).returncode == 7  # nor from another process
    go_on.set()
    first.join()
    assert texts(tmp_index) == {"a.txt": "One story."}


def test_two_indexes_can_be_rebuilt_at_once(root, tmp_path):
    inside, go_on = threading.Event(), threading.Event()

    def wait(_):
        inside.set()
        go_on.wait(20)

    first = threading.Thread(
        target=lambda: build_index([root], tmp_path / "one", progress=wait, embedder=TinyEmbedder()),
    )
    first.start()
    assert inside.wait(20)
    built(root, tmp_path / "two")
    go_on.set()
    first.join()
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


class FailingEmbedder(TinyEmbedder):
    """Fails, or does something else first, when it is asked to embed."""

    def __init__(self, do) -> None:
        super().__init__()
        self._do = do

    def embed(self, texts, progress=None):
        self._do()
        return super().embed(texts, progress)


class Odd(Exception):
    pass


def fail() -> None:
    raise Odd


def test_an_error_of_the_embedder_or_of_who_watches_comes_through_and_leaves_no_litter(root, tmp_index):
    built(root, tmp_index)
    (root / "b.txt").write_text("Two stories.")
    before = sorted(tmp_index.rglob("*"))
    for more in ({"embedder": FailingEmbedder(fail)}, {"embedder": TinyEmbedder(), "progress": lambda _: fail()}):
        with pytest.raises(Odd):
            build_index([root], tmp_index, **more)
        assert sorted(tmp_index.rglob("*")) == before
    built(root, tmp_index)
    assert sorted(texts(tmp_index)) == ["a.txt", "b.txt"]


def test_a_lost_child_is_explained_and_the_next_rebuild_gets_another(root, tmp_index):
    built(root, tmp_index)
    (root / "b.txt").write_text("Two stories.")
    workshop, wish = Workshop(), Wish((root,))

    def kill() -> None:
        children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
        for pid in {int(c) for file in children for c in file.read_text().split()}:
            if b"rag.index.worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)

    before = sorted(tmp_index.rglob("*"))
    with pytest.raises(RagError, match="stopped from outside") as error:
        workshop.build(tmp_index, wish, FailingEmbedder(kill), Settings(), lambda _: None)
    assert "still answers" in error.value.cure
    assert sorted(tmp_index.rglob("*")) == before
    assert workshop.build(tmp_index, wish, TinyEmbedder(), Settings(), lambda _: None).added == ("b.txt",)
    workshop.close()
    workshop.close()


def test_a_damaged_pointer_costs_no_generation(root, tmp_index):
    built(root, tmp_index)
    whole = (tmp_index / "CURRENT").read_text()
    (tmp_index / "CURRENT").write_text("nonsense\n")
    with pytest.raises(RagError) as error:
        built(root, tmp_index)
    assert "--replace" in error.value.cure
    (tmp_index / "CURRENT").write_text(whole)
    assert texts(tmp_index) == {"a.txt": "One story."}


def test_whoever_holds_the_index_is_waited_for_by_nobody(root, tmp_index):
    with sole_writer(Layout(tmp_index)), pytest.raises(IndexBusy):
        built(root, tmp_index)
    built(root, tmp_index)
