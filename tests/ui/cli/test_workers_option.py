"""`unsaid index --workers`: what it takes, what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_server import tiny_server

ROOT = Path(__file__).parents[3]


def unsaid(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UNSAID_")}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "ui.cli", *map(str, arguments)]
    env = {**kept, **environment, "PYTHONPATH": path}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=120)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Story {n} is told.")
    return folder


def test_an_index_is_built_by_workers_and_asked_as_ever(root, tmp_index):
    with tiny_server() as server:
        built = unsaid("index", root, "--index", tmp_index, "--embedder", server.url, "--workers", 2)
        assert built.returncode == 0, built.stderr
        assert built.stdout == "added: 3\n  0.txt\n  1.txt\n  2.txt\n"
    assert unsaid("show", "1.txt", "--index", tmp_index).stdout == "Story 1 is told."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("many", "names no workers"),
        ("ray://192.0.2.1:10001", "documents would be sent there"),
        ("ray://somewhere:x", "no address of a Ray cluster"),
    ],
)
def test_what_cannot_be_meant_is_explained(root, tmp_index, given, says):
    for run in (
        unsaid("index", root, "--index", tmp_index, "--workers", given),
        unsaid("index", root, "--index", tmp_index, UNSAID_WORKERS=given),
    ):
        assert run.returncode == 1 and says in run.stderr and "Traceback" not in run.stderr
        assert "--workers" in run.stderr or "--allow-remote" in run.stderr
    assert not tmp_index.exists()
