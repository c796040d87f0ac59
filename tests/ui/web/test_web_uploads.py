"""Uploads: whose they are, how much may wait, and when they go."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ui.web.upload_folder import clear_leftovers, opened
from ui.web.uploads import Limits, Uploads

ROOT = Path(__file__).parents[3]


@pytest.fixture
def uploads(tmp_path):
    return Uploads(tmp_path, Limits(files=3, size=1_000, all_files=5, all_size=1_500))


def put(uploads, session, name, size=10, folder="hash"):
    """An upload as Gradio leaves it."""
    place = uploads.folder / folder / name
    place.parent.mkdir(exist_ok=True)
    with uploads.arriving(session, size) as refusal:
        if refusal is None:
            place.write_bytes(b"x" * size)
            refusal = uploads.arrived(session, [str(place)])
    return str(place), refusal


def test_each_session_has_its_own(uploads):
    path, refusal = put(uploads, "me", "a.txt")
    assert refusal is None
    assert uploads.of("me") == {path}
    assert uploads.of("you") == frozenset()
    with uploads.taken("you", [path]) as files:
        assert files == []
    assert Path(path).exists()


def test_what_is_taken_is_read_and_goes(uploads):
    path, _ = put(uploads, "me", "a.txt")
    with uploads.taken("me", [path, path, "/etc/passwd"]) as files:
        assert [f.name for f in files] == ["a.txt"]
        assert files[0].read_bytes() == b"x" * 10
        assert uploads.of("me") == frozenset()
        put(uploads, "you", "b.txt")
        assert files[0].exists(), "another's upload sweeps, but not what is being read"
    assert not files[0].exists()
    assert not Path(path).exists()


def test_two_sessions_of_the_same_file_lose_it_to_nobody(uploads):
    path, _ = put(uploads, "me", "a.txt")
    put(uploads, "you", "a.txt")
    uploads.drop("me")
    assert Path(path).exists()
    with uploads.taken("you", [path]) as files:
        assert files[0].exists()


def test_there_is_a_limit_of_each_session_and_of_all(uploads):
    for name in ("a", "b", "c"):
        assert put(uploads, "me", name)[1] is None
    assert "3 files" in put(uploads, "me", "d")[1]
    assert not (uploads.folder / "hash" / "d").exists(), "what is refused does not stay"
    assert "several steps" in put(uploads, "you", "big", 1_001)[1]
    assert put(uploads, "you", "big", 999)[1] is None
    assert "of all browsers together" in put(uploads, "she", "big2", 900)[1]
    uploads.drop("you")
    assert put(uploads, "she", "big2", 900)[1] is None


def test_what_is_on_its_way_counts(uploads):
    with uploads.arriving("me", 600) as first, uploads.arriving("me", 600) as second:
        assert first is None
        assert second is not None
    with uploads.arriving("me", 600) as third:
        assert third is None


def test_dropped_and_cleared_ones_are_gone(uploads):
    (uploads.folder / "tmpabc").write_text("what an upload that broke off leaves")
    mine, yours = put(uploads, "me", "a.txt")[0], put(uploads, "you", "b.txt", folder="other")[0]
    uploads.drop("me")
    assert (Path(mine).exists(), Path(yours).exists()) == (False, True)
    uploads.clear()
    assert list(uploads.folder.iterdir()) == []


# ── the folder ──────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_folder_is_private_and_goes(place):
    with opened() as uploads:
        assert uploads.folder.parent == place
        assert uploads.folder.stat().st_mode & 0o777 == 0o700
        put(uploads, "me", "a.txt")
    assert list(place.iterdir()) == []


KILLED = """
import sys, tempfile
sys.path.insert(0, {root!r})
tempfile.tempdir = {place!r}
from ui.web.upload_folder import opened
import os, time
with opened() as uploads:
    (uploads.folder / "a.txt").write_text("left")
    print(uploads.folder, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="no lock tells there whether a server lives")
def test_what_a_killed_server_left_goes_at_the_next_start_and_a_living_ones_stays(place):
    program = [sys.executable, "-c", KILLED.format(root=str(ROOT), place=str(place))]
    running = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        dead, alive = (Path(p.stdout.readline().strip()) for p in running)
        running[0].kill()
        running[0].wait()
        assert dead.exists()
        with opened():
            assert not dead.exists()
            assert (alive / "a.txt").exists()
    finally:
        for process in running:
            process.kill()
            process.wait()
            process.stdout.close()


def test_only_folders_of_our_own_making_are_cleared(place):
    outside = place / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("keep")
    marked = b"uploads of a running Unsaid\n"
    for name in ("unsaid-uploads-", "unsaid-uploads-1234567", "unsaid-uploads-12345678x", "unsaid-uploads-abcdefg."):
        (place / name).mkdir()
        (place / name / ".unsaid-uploads").write_bytes(marked)
    (place / "unsaid-uploads-nomarker").mkdir()
    (place / "unsaid-uploads-badmarkr").mkdir()
    (place / "unsaid-uploads-badmarkr" / ".unsaid-uploads").write_bytes(b"something else")
    (outside / ".unsaid-uploads").write_bytes(marked)
    (place / "unsaid-uploads-alinkkkk").symlink_to(outside)
    (place / "unsaid-uploads-linkmark").mkdir()
    (place / "unsaid-uploads-linkmark" / ".unsaid-uploads").symlink_to(outside / ".unsaid-uploads")
    kept = {p.name for p in place.iterdir()}
    ours = place / "unsaid-uploads-deadbeef"
    ours.mkdir()
    (ours / ".unsaid-uploads").write_bytes(marked)
    (ours / "link").symlink_to(outside)
    clear_leftovers(place)
    assert {p.name for p in place.iterdir()} == kept
    assert (outside / "mine.txt").read_text() == "keep", "no link was followed"
