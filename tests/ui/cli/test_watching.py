"""`unsaid watch`: what changes in a folder is in the index a moment later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import rag
from rag.errors import IndexBusy, UnknownSource
from rag.types import IndexReport
from ui.watching import watch

ROOT = Path(__file__).parents[3]


class Watched:
    """A folder that is watched in a thread, with what each rebuild did."""

    def __init__(self, folder: Path, rebuild, index: Path):
        self.reports: list[IndexReport] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=watch, args=([folder], index, rebuild, self.reports.append, self.stop), daemon=True
        )
        self.thread.start()

    def until(self, done) -> None:
        end = time.monotonic() + 20
        while not any(done(report) for report in self.reports):
            assert time.monotonic() < end, self.reports
            time.sleep(0.05)

    def end(self) -> None:
        self.stop.set()
        self.thread.join(5)
        assert not self.thread.is_alive()


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text("A storm hit Tarnmouth on Monday. Forty boats sank.")
    return tmp_path / "papers"


def test_what_comes_changes_and_goes(folder, embedder):
    index = folder / "index"  # below what is watched, so that its own changes would be seen
    watched = Watched(folder, lambda paths: rag.build_index(paths, index, embedder=embedder), index)
    watched.until(lambda r: r.added == ("one.txt",))
    (folder / "two.txt").write_text("The ferry did not sail.")
    watched.until(lambda r: r.added == ("two.txt",))
    (folder / "two.txt").write_text("The ferry sailed after all, a day late.")
    watched.until(lambda r: r.changed == ("two.txt",))
    assert "sailed after all" in rag.Assistant(index, embedder=embedder).document("two.txt").text
    (folder / "two.txt").unlink()
    watched.until(lambda r: r.removed == ("two.txt",))
    before = len(watched.reports)
    time.sleep(2)
    assert len(watched.reports) == before  # the index's own files are no change
    watched.end()


def test_a_busy_index_is_waited_for(folder):
    calls: list[object] = []

    def rebuild(paths):
        calls.append(paths)
        if len(calls) < 3:
            raise IndexBusy("The index is being rebuilt.", "Wait.")
        return IndexReport(added=("one.txt",))

    watched = Watched(folder, rebuild, folder / "index")
    watched.until(lambda r: r.added == ("one.txt",))
    assert calls == [[folder]] * 3
    watched.end()


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UnknownSource):
        watch([tmp_path / "none"], tmp_path / "index", lambda _: IndexReport(), lambda _: None, threading.Event())


def test_the_command_ends_with_ctrl_c(folder):
    env = {**os.environ, "UNSAID_INDEX": str(folder.parent / "index"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ui.cli", "watch", str(folder)]
    running = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=env,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored where tests run in the background
    )
    try:
        assert running.stderr is not None
        lines = [running.stderr.readline() for _ in range(3)]
        assert lines == ["Watching; Ctrl+C ends it.\n", "added: 1\n", "  one.txt\n"]
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 130
    finally:
        running.kill()
