"""Children end with their parent, and not before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rag.reading.processes import start

ROOT = Path(__file__).parents[3]
# A parent that starts a rebuild's worker, which starts a reader, and says who they are; then both are busy.
PARENT = """
import sys, time
from pathlib import Path
from tiny_embedder import TinyEmbedder
from rag.index.build import build_index
from rag.types import Progress

class Slow(TinyEmbedder):
    def embed(self, texts, progress=None):
        print("embedding", flush=True)
        time.sleep(600)

build_index([sys.argv[1]], sys.argv[2], embedder=Slow())
"""


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for file in listed for child in file.read_text().split()]
    return [*found, *(grandchild for child in found for grandchild in children(child))]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children")
def test_a_rebuild_ends_when_whoever_asked_for_it_is_killed(tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.txt").write_text("One story. It ends.")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'rag'}"}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, tmp_path / "root", tmp_path / "index"],
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert parent.stdout.readline() == b"embedding\n"
    started = children(parent.pid)
    assert len(started) == 2, "a worker and a reader"
    for pid in started:  # busy with something else than listening to its parent
        os.kill(pid, signal.SIGSTOP)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 10
    while any(map(lives, started)) and time.monotonic() < end:
        time.sleep(0.05)
    left = [pid for pid in started if lives(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def test_a_child_outlives_the_thread_that_asked_for_it():
    started = []
    thread = threading.Thread(target=lambda: started.append(start("rag.reading.child", "5", str(512 * 1024**2))))
    thread.start()
    thread.join()
    time.sleep(1)
    child = started[0]
    try:
        assert child.poll() is None
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()
