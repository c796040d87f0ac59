"""A rebuild that dies at any moment leaves an index that answers, wholly old or wholly new, and no litter."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from killed_build import STEPS
from tiny_embedder import TinyEmbedder

from rag.errors import IndexBusy
from rag.index.build import build_index
from rag.index.reader import Index

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HERE.parents[2], HERE.parent)))}
NAMED = ["reading 1", "reading 2", "embedding 0", "embedding 2", "writing 0", "writing 1", *STEPS]
SAME = {f"{name}.txt": f"Story {name} stays. It is the same." for name in "xyz"}
OLD = {"a.txt": "The old story.", "b.txt": "Another story.", **SAME}
NEW = {"a.txt": "The new story. It is longer.", "c.txt": "A third story.", **SAME}


def written(root: Path, articles: dict[str, str]) -> None:
    root.mkdir(exist_ok=True)
    for path in root.iterdir():
        path.unlink()
    for name, text in articles.items():
        (root / name).write_text(text)


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """An index folder with two generations, and its root changed since."""
    root, folder = tmp_path / "root", tmp_path / "index"
    written(root, {"a.txt": "The oldest story."})
    build_index([root], folder, embedder=TinyEmbedder())
    written(root, OLD)
    build_index([root], folder, embedder=TinyEmbedder())
    written(root, NEW)
    return root, folder


def answers_wholly(folder: Path, *states: dict[str, str]) -> None:
    opened = Index.open(folder, TinyEmbedder().info)
    assert {source: opened.document(source).text for source in opened.sources()} in states
    assert len(opened.dense(TinyEmbedder().embed_query("story"), 10_000, None)) == opened.manifest.chunks
    assert opened.find("stories", None)
    opened.close()


def goes_on(folder: Path, articles: dict[str, str]) -> None:
    """The next rebuild works, and leaves nothing of the dead one."""
    for _ in range(200):
        try:
            build_index(index=folder, embedder=TinyEmbedder())
            break
        except IndexBusy:  # a child whose parent was killed ends by itself
            time.sleep(0.05)
    answers_wholly(folder, articles)
    assert len(list((folder / "generations").iterdir())) <= 2
    assert {p.name for p in folder.iterdir()} <= {".lock", ".unsaid-index", "CURRENT", "generations"}


def dies_at(place: tuple[Path, Path], moment: str) -> None:
    root, folder = place
    command = [sys.executable, HERE / "killed_build.py", folder, root, moment]
    died = subprocess.run(command, env=ENVIRONMENT, timeout=60, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    answers_wholly(folder, OLD, NEW)
    goes_on(folder, NEW)


@pytest.mark.parametrize("step", NAMED)
def test_killed_at_a_named_step(place, step):
    dies_at(place, step)


@pytest.mark.long
@pytest.mark.parametrize("turn", range(9))
@pytest.mark.parametrize("step", NAMED)
def test_killed_at_a_named_step_nine_more_times(place, step, turn):
    dies_at(place, step)


@pytest.mark.long
@pytest.mark.parametrize("number", range(26))
def test_killed_at_every_call(place, number):
    dies_at(place, f"call {number}")


def child_of(pid: int) -> int | None:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return next((int(c) for c in children.read_text().split()), None) if children.exists() else None


def killed_at_random(place: tuple[Path, Path], seed: int) -> None:
    """Kill the process that was asked, the one that rebuilds for it, or both, at any moment."""
    root, folder = place
    chance = random.Random(seed)
    many = {**NEW, **{f"{n}.txt": f"Story {n}. " * 60 for n in range(30)}}
    written(root, many)
    command = [sys.executable, HERE / "running_build.py", folder, root]
    run = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    assert run.stdout and run.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(0, 1.2))  # about as long as it takes
    whom = seed % 3
    child = child_of(run.pid)
    if whom in (0, 2):
        run.kill()
    if whom in (1, 2) and child:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    said, _ = run.communicate(timeout=60)
    answers_wholly(folder, OLD, many)
    if whom == 1:
        assert run.returncode in (0, 7), said
        assert not list((folder / "generations").glob(".building-*"))
    goes_on(folder, many)


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_random(place, seed):
    killed_at_random(place, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6, 60))
def test_killed_at_random_many_times(place, seed):
    killed_at_random(place, seed)
