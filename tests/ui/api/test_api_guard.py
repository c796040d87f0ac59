"""Who gets through the doors for programs: the person's own, by the server's own name, and no other site."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from behind_doors import behind

from ui.web.access import Access
from ui.web.peer import can_tell

ROOT = Path(__file__).parents[3]
ASK = "/api/v1/mentions"
BODY = {"topic": "storm"}


@pytest.mark.parametrize("path", ["/api/v1/health", "/v1/models", "/api/v1/openapi.json", "/nothing"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 400),
        ({"host": "evil@127.0.0.1"}, 400),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"referer": "http://evil.example/"}, 403),
    ],
)
def test_other_names_and_other_sites(address, path, headers, status):
    reply = httpx.get(f"{address}{path}", headers=headers)
    assert reply.status_code == status and "access-control-allow-origin" not in reply.headers
    if path.startswith("/v1/"):  # in the form that OpenAI's clients read
        assert reply.headers["content-type"] == "application/json" and reply.json()["error"]["message"]
    else:
        assert reply.headers["content-type"] == "application/problem+json" and reply.json()["cure"]


def test_another_site_cannot_even_ask_whether_it_may(address):
    reply = httpx.request(
        "OPTIONS",
        f"{address}{ASK}",
        headers={"origin": "http://evil.example", "access-control-request-method": "POST"},
    )
    assert reply.status_code == 403 and "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_what_a_form_can_send_is_no_call(address, kind):
    reply = httpx.post(f"{address}{ASK}", content=json.dumps(BODY), headers={"content-type": kind})
    assert reply.status_code == 415 and reply.json()["cure"]


def test_a_stranger_needs_the_key(letters):
    access = Access(same_user=lambda *_: False)
    with behind(letters, access) as address:
        for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": f"Basic {access.key}"}):
            reply = httpx.post(f"{address}{ASK}", json=BODY, headers=headers)
            assert reply.status_code == 401 and reply.headers["www-authenticate"] == "Bearer"
        mine = {"authorization": f"Bearer {access.key}"}
        assert httpx.post(f"{address}{ASK}", json=BODY, headers=mine, timeout=60).status_code == 200
        assert (
            httpx.post(f"{address}{ASK}", json=BODY, headers={**mine, "origin": "http://x.example"}).status_code == 403
        )


@pytest.mark.skipif(not can_tell(), reason="this system does not name the owners of connections")
def test_the_person_needs_none(address):
    assert httpx.get(f"{address}/api/v1/health").status_code == 200


def test_a_body_without_end_is_cut_off(address):
    from ui.web.tokens import LONGEST

    def pieces():
        for _ in range(LONGEST["admin"] // 1_000_000 + 2):
            yield b" " * 1_000_000

    try:
        reply = httpx.post(
            f"{address}{ASK}", content=pieces(), headers={"content-type": "application/json"}, timeout=60
        )
    except httpx.WriteError:  # the server had said its word and hung up
        return
    assert reply.status_code == 413


def test_replies_can_do_nothing_in_a_browser(address):
    headers = httpx.get(f"{address}/api/v1/health").headers
    assert (
        headers["x-content-type-options"] == "nosniff"
        and "frame-ancestors 'none'" in headers["content-security-policy"]
    )


def test_there_are_no_pages_that_load_from_elsewhere(address):
    assert [httpx.get(f"{address}{path}").status_code for path in ("/docs", "/redoc", "/")] == [404, 404, 404]


def test_the_command_serves_and_ends(tmp_path, letters):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    env = {**os.environ, "UNSAID_INDEX": str(letters.index_dir), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env)
    try:
        assert running.stderr is not None
        first, second = running.stderr.readline(), running.stderr.readline()
        url = urlsplit(first.split()[4])
        key = second.split()[-1]
        health = f"http://{url.netloc}/api/v1/health"
        reply = httpx.Client(transport=httpx.HTTPTransport(retries=20)).get(
            health, headers={"authorization": f"Bearer {key}"}, timeout=60
        )
        assert reply.json()["articles"] == 3
        running.terminate()
        assert running.wait(60) in (0, -15, 143)  # models that are just loading are waited for
    finally:
        running.kill()
