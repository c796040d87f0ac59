"""The server, spoken to as other sites and other programs would."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from scripted import Scripted

from rag.errors import RagError
from rag.types import Answer
from ui.server import _hosts, _listen

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def url():
    from conftest import served

    with served(Scripted({"a.txt": "The article speaks. It ends."})) as address:
        yield address


def host(url: str) -> str:
    return url.removeprefix("http://")


@pytest.mark.parametrize(
    "name", ["evil.invalid", "evil.invalid:7860", "127.0.0.1.evil.invalid", "", "[::g]", "169.254.1.1"]
)
def test_other_hosts_are_refused(url, name):
    assert httpx.get(url, headers={"host": name}).status_code == 400


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/call/ask"])
@pytest.mark.parametrize("origin", ["http://evil.invalid", "null", "https://127.0.0.1", "http://localhost:1"])
def test_other_origins_are_refused(url, path, origin):
    sent = httpx.post(url + path, headers={"origin": origin}, files={"files": ("a.txt", b"x")})
    assert sent.status_code == 403


def test_other_sites_cannot_load_parts_of_it_but_may_link_to_it(url):
    cross = {"sec-fetch-site": "cross-site"}
    assert httpx.get(url + "/config", headers={**cross, "sec-fetch-mode": "no-cors"}).status_code == 403
    framed = {**cross, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert httpx.get(url, headers=framed).status_code == 403
    linked = {**cross, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert httpx.get(url, headers=linked).status_code == 200


def test_its_own_origin_and_programs_without_one_are_served(url):
    own = {"origin": url, "sec-fetch-site": "same-origin"}
    assert httpx.get(url + "/config", headers=own).status_code == 200
    assert httpx.get(url + "/config").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/openapi.json",
        "/docs",
        "/redoc",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/monitoring",
        "/monitoring/summary",
    ],
)
def test_what_is_not_needed_is_off(url, path):
    assert httpx.get(url + path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/gradio_api/file=../../etc/passwd", "/gradio_api/file=http://127.0.0.1:9/"],
)
def test_no_file_of_the_machine_is_served(url, path):
    assert httpx.get(url + path).status_code in (403, 404)


@pytest.mark.parametrize("path", ["/", "/config", "/nowhere"])
def test_every_reply_carries_the_headers(url, path):
    headers = httpx.get(url + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_page_names_nobody_elses_server(url):
    config = httpx.get(url + "/config").json()
    assert config["stylesheets"] == []
    assert not config.get("run_history")


def test_uploads_have_a_limit(url):
    sent = httpx.post(url + "/gradio_api/upload", files={"files": ("a.txt", b"x" * 21_000_000)})
    assert sent.status_code == 413


def test_the_named_endpoints_give_answers_and_articles(url):
    assert set(httpx.get(url + "/gradio_api/info").json()["named_endpoints"]) == {"/ask", "/articles", "/article"}
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(url, verbose=False, analytics_enabled=False)
    answer = Answer.from_dict(client.predict("Anything?", ["a.txt"], api_name="/ask"))
    assert answer.citations[0].quote == "The article speaks."
    with pytest.raises(AppError, match="unsaid list"):
        client.predict("Anything?", ["nowhere.txt"], api_name="/ask")
    assert client.predict("And then?", None, [answer.to_dict()], api_name="/ask")["status"] == "answered"
    with pytest.raises(AppError, match="no answer"):
        client.predict("And then?", None, [{"question": "Anything?"}], api_name="/ask")
    listed = {"source": "a.txt", "title": None, "date": None, "sentences": 2, "outlet": None, "notes": []}
    assert client.predict(api_name="/articles") == [listed]
    cited, article = answer.citations[0], client.predict("a.txt", api_name="/article")
    assert article["text"][cited.start : cited.end] == cited.quote
    with pytest.raises(AppError, match="unsaid list"):
        client.predict("../../etc/passwd", api_name="/article")


def test_a_busy_port_is_said_and_the_next_taken():
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with _listen("127.0.0.1", port, said.append) as taken:
            assert taken.getsockname()[1] > port
    assert said[0] == f"Port {port} is busy, trying {port + 1}."


def test_binding_beyond_this_machine_is_refused_or_warned_of():
    said: list[str] = []
    assert "127.0.0.1" in _hosts("127.0.0.1", (), said.append)
    assert said == []
    with pytest.raises(RagError, match="every network"):
        _hosts("0.0.0.0", (), said.append)
    assert _hosts("192.0.2.7", (), said.append)[-1] == "192.0.2.7"
    assert "Warning" in said[0]
    assert "0.0.0.0" not in _hosts("0.0.0.0", ("my-machine",), said.append)


QUIET = """
import socket, sys, threading
sys.path[:0] = [{root!r}, {here!r}]
calls = []
def trap(real, address_of):
    def call(*args, **kwargs):
        host = address_of(args)
        if host not in ("127.0.0.1", "localhost", "::1", None, ""):
            calls.append(host)
            raise OSError("no network in this test")
        return real(*args, **kwargs)
    return call
socket.getaddrinfo = trap(socket.getaddrinfo, lambda a: a[0])
class Trapped(socket.socket):
    def connect(self, address):
        return trap(super().connect, lambda a: a[0][0] if isinstance(a[0], tuple) else None)(address)
socket.socket = Trapped
from scripted import Scripted
from conftest import served
import httpx, time
with served(Scripted({{"a.txt": "One. Two."}})) as url:
    assert httpx.get(url).status_code == 200
    time.sleep(1.5)
print("looked for:", calls)
"""


def test_starting_looks_for_nobody():
    program = QUIET.format(root=str(ROOT), here=str(Path(__file__).parent))
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GRADIO_", "HF_"))}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("looked for: []"), done.stdout
