"""The same on Ray: a real one, of this machine's own and as a cluster; nobody else reaches it, and nothing of it stays."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from processes_below import alive, below, kill, named, needs_proc
from same_index import contents
from test_kill_workers import killed_at_random
from tiny_server import tiny_server

from rag.errors import RagError
from rag.index.build import build_index
from rag.index.crew.workers import Workers

INSTALLED = find_spec("ray") is not None
needs_ray = pytest.mark.skipif(not INSTALLED, reason="Ray is not installed: pip install 'unsaid[workers]'")
RAYS = Workers(ray=True, count=2)
_LISTENS = "0A"  # in /proc/net/tcp


@pytest.fixture
def server():
    with tiny_server() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n}.txt").write_text(" ".join(f"Story {n} has part {k}." for k in range(n + 1)))
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


@pytest.mark.skipif(INSTALLED, reason="Ray is installed")
def test_without_ray_it_is_said_what_brings_it(tmp_index, root, server):
    with pytest.raises(RagError, match="not installed") as error:
        build_index([root], tmp_index, embedder=server.embedder(), workers=RAYS)
    assert "unsaid[workers]" in error.value.cure
    assert not tmp_index.exists()


def sockets(pids: set[int]) -> list[tuple[str, str, str]]:
    """(state, own address, the other's) of the TCP sockets of processes; addresses as /proc has them."""
    owned = set()
    for pid in pids:
        try:
            owned |= {os.readlink(fd)[8:-1] for fd in Path(f"/proc/{pid}/fd").iterdir() if "socket:" in os.readlink(fd)}
        except OSError:
            continue
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return [(row[3], row[1], row[2]) for row in rows if row[9] in owned]


def is_loopback(address: str) -> bool:
    digits = address.split(":")[0]
    words = b"".join(bytes.fromhex(digits[at : at + 8])[::-1] for at in range(0, len(digits), 8))
    found = ipaddress.ip_address(words)
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


@needs_ray
@needs_proc
def test_on_a_ray_of_its_own_the_index_is_the_same_and_nobody_else_can_reach_it(tmp_path, root, server, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    build_index([root], tmp_path / "alone", embedder=server.embedder())
    seen: list[tuple[str, str, str]] = []
    folders: list[tuple[Path, int]] = []

    def look(_) -> None:
        seen.extend(sockets(below(os.getpid())))
        folders.extend((path, path.stat().st_mode) for path in Path(tempfile.gettempdir()).glob("unsaid-ray-*"))

    server.before = look
    report = build_index([root], tmp_path / "together", embedder=server.embedder(), workers=RAYS)
    assert len(report.added) == 8 and len(report.skipped) == 1
    (rows, vectors), (same_rows, same_vectors) = contents(tmp_path / "alone"), contents(tmp_path / "together")
    assert rows == same_rows and np.array_equal(vectors, same_vectors)
    assert len([own for state, own, _ in seen if state == _LISTENS]) > 4
    assert [own for _, own, _ in seen if not is_loopback(own)] == []
    assert [other for state, _, other in seen if state != _LISTENS and not is_loopback(other)] == []
    assert folders and all(mode & 0o077 == 0 for _, mode in folders)
    assert not any(path.exists() for path, _ in folders)
    assert list(home.iterdir()) == []


@needs_ray
@needs_proc
def test_a_worker_on_ray_that_dies_costs_nothing(tmp_index, root, server):
    died: list[int] = []

    def once(_) -> None:
        if len(server.embedded) > 4 and not died:
            died.extend(named(below(os.getpid()), "ray::Labour"))
            kill(*died[:1])

    server.before = once
    report = build_index([root], tmp_index, embedder=server.embedder(), workers=RAYS)
    assert died and len(report.added) == 8


@needs_ray
@needs_proc
@pytest.mark.parametrize("seed", [2])
def test_killed_at_random(tmp_path, server, seed):
    killed_at_random(tmp_path, server, seed, "ray:2", "ray::Labour", 1.2)


@needs_ray
@needs_proc
@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 23))
def test_killed_at_random_many_times(tmp_path, server, seed):
    server.before = lambda _: time.sleep(0.05)
    killed_at_random(tmp_path, server, seed, "ray:2", "ray::Labour", 1.2)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def cluster(monkeypatch):
    """The address of a Ray that runs already, as an administrator starts it."""
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        quiet = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
        for name, value in {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}.items():
            monkeypatch.setenv(name, value)
        port = free_port()
        path = os.pathsep.join(filter(None, [str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH")]))
        started = subprocess.Popen(
            [
                *(sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", "--num-cpus=2"),
                *(f"--port={free_port()}", f"--ray-client-server-port={port}", "--include-dashboard=false"),
                f"--temp-dir={folder}/r",
            ],
            env={**os.environ, **quiet, "PYTHONPATH": path},
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"ray://127.0.0.1:{port}"
        finally:
            everybody = {started.pid, *below(started.pid)}
            started.terminate()
            try:
                started.wait(30)
            finally:
                kill(*alive(everybody))


@needs_ray
@needs_proc
def test_on_a_cluster_the_index_is_the_same(tmp_path, root, server, cluster):
    build_index([root], tmp_path / "alone", embedder=server.embedder())
    workers = Workers.named(f"{cluster}#2")
    report = build_index([root], tmp_path / "together", embedder=server.embedder(), workers=workers)
    assert len(report.added) == 8
    (rows, vectors), (same_rows, same_vectors) = contents(tmp_path / "alone"), contents(tmp_path / "together")
    assert rows == same_rows and np.array_equal(vectors, same_vectors)
