"""Files made to exhaust memory, time or the stack cost themselves alone."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from bombs import BOMBS
from samples import EVERY, LONG

from rag.errors import ArticleUnreadable
from rag.reading import Sandbox

SECONDS = 5
MEGABYTES = 512


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox(cpu_seconds=SECONDS, memory=MEGABYTES * 1024**2)
    yield made
    made.close()


def most_held(pid: int) -> int:
    """The most memory that a process has ever held, in kB. (What `getrusage` says of children starts from the parent's.)"""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("only Linux tells")
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_read_within_the_limits(sandbox, name):
    data = BOMBS[name]()
    assert len(data) < 20_000_000
    try:
        sandbox.read(Path(name).suffix, data).text.encode()
    except ArticleUnreadable as error:
        assert error.problem and error.cure
    assert LONG in sandbox.read(".pdf", EVERY[".pdf"]).text  # the next file is none the worse
    assert most_held(sandbox._child.pid) <= MEGABYTES * 1024


def test_a_file_that_takes_too_long_is_told_from_one_that_crashes():
    slow = Sandbox(cpu_seconds=1)
    with pytest.raises(ArticleUnreadable, match="more than 1 second"):
        slow.read(".pdf", BOMBS["pages.pdf"]())
    crashing = Sandbox()
    crashing.read(".pdf", EVERY[".pdf"])
    pid = crashing._child.pid
    os.kill(pid, signal.SIGSEGV)
    assert LONG in crashing.read(".pdf", EVERY[".pdf"]).text  # whoever killed it: the file is tried once more
    assert crashing._child.pid != pid
    for sandbox in (slow, crashing):
        sandbox.close()
        sandbox.close()


def test_many_threads_share_a_sandbox(sandbox):
    found = []
    threads = [
        threading.Thread(target=lambda s=s: found.append(LONG in sandbox.read(s, EVERY[s]).text))
        for s in EVERY
        if s not in (".txt", ".md")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * len(threads)


def test_a_folder_that_one_stands_in_is_not_imported_from(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    (tmp_path / "rag").mkdir()
    (tmp_path / "rag" / "__init__.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    fresh = Sandbox()
    assert LONG in fresh.read(".pdf", EVERY[".pdf"]).text
    fresh.close()
