"""A rebuild that dies at any moment leaves an index that answers, wholly old or wholly new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_embedder import TinyEmbedder

from rag.index.build import build_index
from rag.index.reader import Index

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
MOMENTS = [
    "reading:0",
    "reading:1",
    "embedding:0",
    "embedding:1",
    "writing:0",
    "writing:1",
    *(f"syscall:{n}" for n in range(22)),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_rebuild_leaves_the_old_index_or_the_new_one(tmp_path, moment):
    root, folder = tmp_path / "root", tmp_path / "index"
    root.mkdir()
    (root / "a.txt").write_text("The old story.")
    (root / "b.txt").write_text("Another story.")
    build_index([root], folder, embedder=TinyEmbedder())
    (root / "a.txt").write_text("The new story. It is longer.")
    (root / "b.txt").unlink()
    (root / "c.txt").write_text("A third story.")
    died = subprocess.run(
        [sys.executable, HERE / "killed_build.py", folder, root, moment],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, HERE.parent)))},
        timeout=60,
        capture_output=True,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    opened = Index.open(folder, TinyEmbedder().info)
    state = {source: opened.document(source).text for source in opened.sources()}
    assert state in (
        {"a.txt": "The old story.", "b.txt": "Another story."},
        {"a.txt": "The new story. It is longer.", "c.txt": "A third story."},
    )
    assert opened.dense(TinyEmbedder().embed_query("story"), 5, None)
    assert opened.find("stories", None)
    opened.close()

    build_index(index=folder, embedder=TinyEmbedder())
    again = Index.open(folder)
    assert again.sources() == ("a.txt", "c.txt")
    again.close()
    assert len(list((folder / "generations").iterdir())) <= 2  # what the dead rebuild left behind is gone
    assert sorted(p.name for p in folder.iterdir()) in ([".lock", "CURRENT", "generations"], ["CURRENT", "generations"])
