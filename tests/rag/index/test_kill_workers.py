"""Whoever is killed, whenever: the old generation or the new one is there, whole, and the next build goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes_below import alive, below, kill, named, needs_proc
from same_index import contents, texts
from tiny_server import TinyServer, tiny_server

from rag.errors import IndexBusy
from rag.index.build import build_index
from rag.index.crew.workers import Workers

HERE = Path(__file__).parent
OLD = {"a.txt": "The old story.", "stays.txt": "A story that stays."}
NEW = {"stays.txt": OLD["stays.txt"], **{f"{n}.txt": f"Story {n} is new. It has a part {n}." for n in range(24)}}
WHOM = ("a worker", "all workers", "the writer", "who asked")
pytestmark = needs_proc


def written(root: Path, articles: dict[str, str]) -> None:
    root.mkdir(exist_ok=True)
    for path in root.iterdir():
        path.unlink()
    for name, text in articles.items():
        (root / name).write_text(text)


@pytest.fixture
def server():
    with tiny_server() as running:
        running.before = lambda _: time.sleep(0.05)  # so that there is time to be killed in
        yield running


def run(folder: Path, root: Path, server: TinyServer, workers: str) -> subprocess.Popen[str]:
    path = [str(HERE.parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, HERE / "running_workers.py", folder, root, server.url, workers]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    started = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert started.stdout and started.stdout.readline() == "ready\n"
    return started


def struck(pid: int, whom: str, worker: str, chance: random.Random) -> None:
    """Kill the chosen ones, if they are there already."""
    found = below(pid)
    crew = named(found, worker)
    if whom == "a worker":
        kill(*crew[: chance.choice((1, 1, 2))])
    elif whom == "all workers":
        kill(*crew)
    elif whom == "the writer":
        kill(*named(found, "rag.index.worker"))
    else:
        kill(pid)


def goes_on(folder: Path, root: Path, server: TinyServer, workers: Workers) -> None:
    for _ in range(200):
        try:
            build_index([root], folder, embedder=server.embedder(), workers=workers)
            return
        except IndexBusy:  # a child whose parent was killed ends by itself
            time.sleep(0.05)
    raise AssertionError("the index stays busy")


def first_vectors(server: TinyServer, started: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not server.embedded and started.poll() is None and time.monotonic() < end:
        time.sleep(0.01)


def killed_at_random(base: Path, server: TinyServer, seed: int, workers: str, worker: str, late: float) -> None:
    """Kill at any moment: before there are workers, while they work, while the index is written, after it."""
    root, folder = base / "root", base / "index"
    chance, whom = random.Random(seed), WHOM[seed % len(WHOM)]
    written(root, OLD)
    build_index([root], folder, embedder=server.embedder())
    written(root, NEW)
    server.embedded.clear()
    started = run(folder, root, server, workers)
    if chance.random() < 2 / 3:  # starting takes longer than all the rest
        first_vectors(server, started)
    time.sleep(chance.uniform(0, late))
    everybody = below(started.pid)
    struck(started.pid, whom, worker, chance)
    said, _ = started.communicate(timeout=120)
    assert texts(folder) in (OLD, NEW), said
    if whom in ("a worker", "all workers"):
        assert (started.returncode, said) == (0, "\n") and texts(folder) == NEW
    elif whom == "the writer":
        assert started.returncode == 0 or "goes on where this one stopped" in said and started.returncode == 7
    end = time.monotonic() + 120  # Ray's own helpers look only now and then whether it is still there
    while alive(everybody) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(everybody), "somebody was left behind"
    goes_on(folder, root, server, Workers.named(workers))
    assert texts(folder) == NEW
    rows, vectors = contents(folder)
    assert len(rows["chunks"]) == len(vectors)
    assert len(list((folder / "generations").iterdir())) <= 2
    assert {p.name for p in folder.iterdir()} == {".lock", ".unsaid-index", "CURRENT", "generations"}
    # What was made is not made again, but for what was under way when somebody was killed.
    again = [text for text in set(server.embedded) if server.embedded.count(text) > 1]
    assert len(again) <= 4, again


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random(tmp_path, server, seed):
    killed_at_random(tmp_path, server, seed, "2", "rag.index.crew.process", 1.2)


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, *range(3, 40)])
def test_killed_at_random_many_times(tmp_path, server, seed):
    killed_at_random(tmp_path, server, seed, "2", "rag.index.crew.process", 1.2)
