"""Nothing leaves the machine and nothing is written but the index: every command and the page, each for real."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from samples import mail
from watched import ROOT, Watched, traces

COMMANDS = {
    "index": ("index", "{documents}"),
    "list": ("list",),
    "show": ("show", "bridge.txt"),
    "where": ("where",),
    "ask": ("ask", "When did the bridge open?"),
    "ask in full": ("ask", "Were tolls discussed?", "--json", "--explain"),
    "mentions": ("mentions", "bridge"),
    "coverage": ("coverage", "bridge", "toll", "--csv", "{scratch}/c.csv", "--png", "{scratch}/c.png"),
    "coverage suggested": ("coverage", "--json"),
    "compare": ("compare", "bridge.txt", "ferry.md"),
    "left open": ("left-open",),
    "doctor": ("doctor",),
    "models": ("models",),
    "mcp": ("mcp",),  # its other side has closed already
    "eval": ("eval", "{questions}"),
    "remove": ("remove", "ferry.md"),
    "forget": ("forget", "--yes"),
}  # fmt: skip


@pytest.fixture(scope="module")
def watched():
    # Not below pytest's folders: they are closed to the ordinary user.
    with tempfile.TemporaryDirectory(prefix="watched-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        place = Watched(Path(folder))
        _write_documents(place)
        yield place


def _write_documents(place: Watched) -> None:
    documents = place.home.parent / "documents"
    documents.mkdir()
    (documents / "bridge.txt").write_text("The bridge opened in May 1931. It was painted red. Nobody spoke of tolls.")
    (documents / "ferry.md").write_text("# The ferry\n\nThe ferry stopped in 1931. The bridge took its place.")
    (documents / "page.html").write_text(
        "<html><head><title>Ferry</title></head><body><p>The last ferry left at noon, and the harbour was quiet.</p></body></html>"
    )
    (documents / "letter.eml").write_bytes(mail())
    rows = [
        {"id": "1", "kind": "fact", "status": ["answered"], "must": [["May 1931"]], "question": "When did the bridge open?", "source": "bridge.txt", "evidence": ["The bridge opened in May 1931."]},
        {"id": "2", "kind": "absent", "status": ["not_mentioned"], "question": "Were sanctions discussed?", "source": None, "evidence": []},
    ]  # fmt: skip
    (documents.parent / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)))


def test_the_witnesses_see_what_there_is_to_see(watched):
    """Else all that follows would prove nothing."""
    code = """if True:
        import os, socket, subprocess, sys
        open(os.path.expanduser("~/note"), "w").close()
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.7", 9))
        try:
            socket.getaddrinfo("example.invalid", 80)
        except OSError:
            pass
    """
    assert watched.run("-c", code).returncode == 0
    seen = watched.seen()
    assert f"write {watched.home}/note" in seen
    assert "reach ('192.0.2.7', 9)" in seen and "name 'example.invalid'" in seen
    assert not traces() or "reach 192.0.2.7" in seen
    (watched.home / "note").unlink()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_keeps_to_itself(watched, command):
    places = {
        "documents": watched.home.parent / "documents",
        "scratch": watched.scratch,
        "questions": watched.home.parent / "questions.jsonl",
    }
    done = watched.run("-m", "ui.cli", *(word.format(**places) for word in COMMANDS[command]))
    assert done.returncode == 0, done.stderr
    assert watched.seen() == []
    assert list(watched.home.iterdir()) == []


@pytest.mark.parametrize(("command", "port", "path"), [("chat", 18860, ""), ("serve", 18890, "/api/v1/health")])
def test_a_server_keeps_to_itself(watched, command, port, path):
    assert watched.run("-m", "ui.cli", "index", str(watched.home.parent / "documents")).returncode == 0
    process = subprocess.Popen(
        watched.command("-m", "ui.cli", command, "--port", str(port)),
        env=watched.environment, cwd=watched.scratch, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        found = (re.search(r"(?:\?key=| key is )(\S+)", line) for line in process.stderr)
        key = next(m[1] for m in found if m)
        person = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        person.addheaders = [("Authorization", f"Bearer {key}")]
        address = f"http://127.0.0.1:{port}{path or f'/?key={key}'}"
        end = time.monotonic() + 60
        while True:
            try:
                reply = person.open(address, timeout=30).read()
                break
            except OSError:
                assert time.monotonic() < end
                time.sleep(0.2)
        assert (b'"status":' if path else b"<html") in reply
        time.sleep(3)  # the models are loaded behind it
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(120)  # each call of it is traced
        process.stderr.close()
    assert watched.seen() == []
    assert list(watched.home.iterdir()) == []


def test_training_and_the_library_keep_to_themselves(watched):
    code = "import models.training.train, models.training.adapt, models.library, models.silence as s; s.openvino()"
    done = watched.run("-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}")
    assert done.returncode == 0, done.stderr
    assert watched.seen() == []
    assert list(watched.home.iterdir()) == []
