"""The server, spoken to as other sites and other programs would."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from running import served
from scripted import Scripted
from speaking import person

from rag.errors import RagError
from rag.types import Answer
from ui.web.access import Access
from ui.web.peer import can_tell
from ui.web.serving import hosts_of as _hosts
from ui.web.serving import listen as _listen

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def url():
    with served(Scripted({"a.txt": "The article speaks. It ends."})) as address:
        yield address


def host(url: str) -> str:
    return url.removeprefix("http://")


@pytest.mark.parametrize(
    "name",
    [
        *("evil.invalid", "evil.invalid:7860", "127.0.0.1.evil.invalid", "", "[::g]", "169.254.1.1"),
        *("evil@127.0.0.1", "evil:x@127.0.0.1", "127.0.0.1/x", "127.0.0.1?x", "127.0.0.1#x", "127.0.0.1\\x"),
        *("127.0.0.1:80:80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1,evil.invalid", "http://127.0.0.1", "127.0.0.1 x"),
        *("[::1]x", "[::1", "::1", "127.1", "0x7f.1", "2130706433", "127.0.0.1%23"),
    ],
)
def test_other_hosts_are_refused(url, name):
    assert httpx.get(url, headers={"host": name}).status_code == 400


def test_ones_own_names_are_answered(url):
    port = url.rpartition(":")[2]
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}", "127.0.0.1"):
        assert httpx.get(url, headers={"host": name}).status_code == 200


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/call/ask"])
@pytest.mark.parametrize("origin", ["http://evil.invalid", "null", "https://127.0.0.1", "http://localhost:1"])
def test_other_origins_are_refused(url, path, origin):
    sent = httpx.post(url + path, headers={"origin": origin}, files={"files": ("a.txt", b"x")})
    assert sent.status_code == 403


CROSS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none", "referer": "http://evil.invalid/"},
    {"referer": "http://evil.invalid/x"},
    {"referer": "http://[::g"},
    {"origin": "http://evil.invalid"},
    {"origin": "null"},
]


@pytest.mark.parametrize("sent", CROSS)
@pytest.mark.parametrize("path", ["/config", "/assets/x.js", "/gradio_api/info", "/?view=api", "/theme.css", "/x"])
def test_other_sites_can_load_nothing(url, sent, path):
    for how in ({"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, {"sec-fetch-mode": "no-cors"}):
        assert person(url).get(path, headers={**sent, **how}).status_code == 403


@pytest.mark.parametrize("sent", CROSS)
def test_other_sites_may_link_to_the_start_page_and_nothing_comes_with_that(url, sent):
    framed = {**sent, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert httpx.get(url, headers=framed).status_code == 403
    linked = httpx.get(url, headers={**sent, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"})
    assert linked.status_code == 200
    assert "set-cookie" not in linked.headers
    assert "gradio" not in linked.text, "a page that opens the start page, no more"


def test_a_link_from_another_site_opens_the_page(url, visit, chromium):
    tab = visit(url)
    tab.page.route(
        "http://elsewhere.invalid/",
        lambda r: r.fulfill(body=f'<a id="x" href="{url}/">go</a>', content_type="text/html"),
    )
    tab.page.goto("http://elsewhere.invalid/")
    tab.page.locator("#x").click()
    tab.page.locator("#un-question textarea").wait_for()
    tab.ask("Anything?")
    tab.requests.clear()


def test_its_own_origin_is_served_and_strangers_are_not(url):
    own = {"origin": url, "sec-fetch-site": "same-origin"}
    assert person(url).get("/config", headers=own).status_code == 200
    for headers in ({}, own, {"cookie": "unsaid=x"}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp4"}):
        refused = httpx.get(url + "/config", headers=headers)
        assert refused.status_code == 403
        assert "key" in refused.text


def test_the_key_opens_the_page_once_and_for_programs_always():
    access = Access(same_user=lambda client, server: False)
    with served(Scripted({"a.txt": "One. Two."}), access) as url:
        assert httpx.get(url).status_code == 403, "somebody else on this computer"
        assert httpx.get(f"{url}/?key={access.key}x").status_code == 403
        client = httpx.Client(base_url=url)
        exchanged = client.get(f"/?key={access.key}")
        assert (exchanged.status_code, exchanged.headers["location"]) == (303, "/")
        assert access.key not in exchanged.headers["set-cookie"]
        for flag in ("HttpOnly", "SameSite=Strict", "Path=/"):
            assert flag in exchanged.headers["set-cookie"]
        assert client.get("/").status_code == 200
        assert client.get("/config").status_code == 200
        program = {"authorization": f"Bearer {access.key}"}
        assert httpx.get(url + "/config", headers=program).status_code == 200


@pytest.mark.skipif(
    not can_tell() or os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can be another user, on Linux"
)
def test_another_user_of_this_computer_is_not_let_in():
    program = """import urllib.request, urllib.error, sys
for path in ("/", "/config", "/gradio_api/info"):
    try:
        print(urllib.request.urlopen(sys.argv[1] + path).status)
    except urllib.error.HTTPError as error:
        print(error.code)
"""
    with served(Scripted({"a.txt": "One. Two."})) as url:
        seen = []
        for user in ("65534", str(os.getuid())):
            switch = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
            python = shutil.which("python3", path="/usr/bin") or sys.executable
            done = subprocess.run([*switch, python, "-c", program, url], capture_output=True, text=True, timeout=60)
            seen.append(done.stdout.split())
    assert seen == [["403", "403", "403"], ["200", "403", "403"]]


def test_each_start_has_a_key_of_its_own():
    keys = {Access().key for _ in range(50)}
    assert len(keys) == 50
    assert min(map(len, keys)) >= 40


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
    assert person(url).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/gradio_api/file=../../etc/passwd", "/gradio_api/file=http://127.0.0.1:9/"],
)
def test_no_file_of_the_machine_is_served(url, path):
    assert person(url).get(path).status_code in (403, 404)


@pytest.mark.parametrize("path", ["/", "/config", "/nowhere"])
def test_every_reply_carries_the_headers(url, path):
    headers = httpx.get(url + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_page_names_nobody_elses_server(url):
    config = person(url).get("/config").json()
    assert config["stylesheets"] == []
    assert not config.get("run_history")


def test_a_file_that_is_too_large_to_read_is_named_with_what_lets_it_in(tmp_path):
    from rag.index.manage import add_files

    (tmp_path / "a.txt").write_bytes(b"x" * 20_000_001)
    ((name, reason),) = add_files([tmp_path / "a.txt"], tmp_path / "index").skipped
    assert name == "a.txt" and "larger than 20 MB" in reason and "max-file-mb" in reason


def test_the_named_endpoints_give_answers_and_articles(url):
    named = person(url).get("/gradio_api/info").json()["named_endpoints"]
    assert set(named) == {"/ask", "/articles", "/article"}
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    cookies = dict(httpx.get(url).cookies)
    client = Client(url, verbose=False, analytics_enabled=False, httpx_kwargs={"cookies": cookies})
    answer = Answer.from_dict(client.predict("Anything?", ["a.txt"], api_name="/ask"))
    assert answer.citations[0].quote == "The article speaks."
    with pytest.raises(AppError, match="unsaid list"):
        client.predict("Anything?", ["nowhere.txt"], api_name="/ask")
    assert client.predict("And then?", None, [answer.to_dict()], api_name="/ask")["status"] == "answered"
    with pytest.raises(AppError, match="no answer"):
        client.predict("And then?", None, [{"question": "Anything?"}], api_name="/ask")
    listed = {"source": "a.txt", "title": None, "date": None, "sentences": 2, "outlet": None, "notes": []}
    listed |= {"author": None, "author_from": None, "kind": "document"}
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
sys.path[:0] = [{root!r}, {here!r}, {above!r}]
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
from running import served
from scripted import Scripted
from speaking import person
import httpx, time
with served(Scripted({{"a.txt": "One. Two."}})) as url:
    assert httpx.get(url).status_code == 200
    time.sleep(1.5)
print("looked for:", calls)
"""


def test_starting_looks_for_nobody():
    program = QUIET.format(root=str(ROOT), here=str(Path(__file__).parent), above=str(Path(__file__).parents[1]))
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GRADIO_", "HF_"))}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("looked for: []"), done.stdout
