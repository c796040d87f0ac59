"""`/mcp` of `unsaid serve`, asked over streamable HTTP by the SDK's own client: same answers, same guards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import httpx
import mcp
import pytest
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from running import running

import rag
from ui.web.access import Access
from ui.web.peer import can_tell
from ui.web.principals import Principals
from ui.web.tokens import Tokens

ROOT = Path(__file__).parents[3]
LETTERS = {
    "storm.txt": "A storm hit Tarnmouth. Forty boats sank in the harbour. The mayor declined to comment on the insurance.",
    "minutes.txt": "The council agreed to repair the pier for 40,000 euros. It did not discuss the lighthouse.",
}
QUESTIONS = ("How many boats sank?", "Was the lighthouse discussed?", "Is the cathedral mentioned?")


@pytest.fixture(scope="module")
def letters(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("mcp-http")
    (folder / "papers").mkdir()
    for name, text in LETTERS.items():
        (folder / "papers" / name).write_text(text, "utf-8")
    rag.build_index([folder / "papers"], folder / "index", embedder=embedder)
    return rag.Assistant(folder / "index", embedder=embedder)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory):
    return Tokens(tmp_path_factory.mktemp("tokens") / "tokens.json")


@pytest.fixture(scope="module")
def url(letters, tokens):
    from ui.api.app import create_api

    strange = Access(same_user=lambda *_: False)
    with running(create_api(letters, principals=Principals(strange, tokens))) as address:
        yield f"{address}/mcp"


@pytest.fixture(scope="module")
def ada(tokens):
    return {"authorization": f"Bearer {tokens.add('ada', 'read', per_minute=10_000)}"}


def talk(url: str, headers: dict[str, str], script, mode: str = "auto"):
    """Run a script, an async function of a client."""

    async def run():
        with anyio.fail_after(120):
            async with create_mcp_http_client(headers=headers) as http:
                async with mcp.Client(streamable_http_client(url, http_client=http), mode=mode) as client:
                    return await script(client)

    with ThreadPoolExecutor(max_workers=1) as thread:  # a browser's tests leave an event loop running in this one
        return thread.submit(anyio.run, run).result()


def timeless(answer: dict) -> str:
    return json.dumps({**answer, "timings": None}, sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_its_answers_are_pythons(url, ada, letters, mode):
    async def script(client):
        return [(await client.call_tool("ask", {"question": q})).structured_content for q in QUESTIONS]

    right = [timeless(json.loads(json.dumps(letters.ask(q).to_dict()))) for q in QUESTIONS]
    assert [timeless(answer) for answer in talk(url, ada, script, mode)] == right


def test_its_tools_and_documents(url, ada):
    async def script(client):
        tools = (await client.list_tools()).tools
        listed = (await client.list_resources()).resources
        texts = {r.name: (await client.read_resource(r.uri)).contents[0].text for r in listed}
        missing = await client.call_tool("document", {"source": "../../etc/passwd"})
        return tools, texts, missing

    tools, texts, missing = talk(url, ada, script)
    assert {tool.name for tool in tools} == {"ask", "search", "mentions", "unsaid", "document", "documents"}
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert texts == LETTERS and missing.is_error and "unsaid list" in missing.content[0].text


LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": ""}, 401),
        ({"authorization": "Bearer unsaid_wrong"}, 401),
        ({"host": "evil.example"}, 400),
        ({"origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({}, 200),
    ],
)
def test_its_guards_are_those_of_the_doors(url, ada, headers, status):
    sent = {**ada, **ACCEPT, "content-type": "application/json", **headers}
    assert httpx.post(url, content=json.dumps(LIST), headers=sent, timeout=60).status_code == status


def test_there_are_no_sessions_to_enter(url, ada):
    opened = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    call = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opened}
    reply = httpx.post(url, json=call, headers={**ada, **ACCEPT}, timeout=60)
    assert reply.status_code == 200 and "mcp-session-id" not in reply.headers
    assert [httpx.request(m, url, headers={**ada, **ACCEPT}).status_code for m in ("GET", "DELETE")] == [405, 405]


INSPECTOR = os.environ.get("UNSAID_INSPECTOR") or shutil.which("mcp-inspector")


@pytest.mark.skipif(not INSPECTOR, reason="npm's @modelcontextprotocol/inspector is not installed")
@pytest.mark.parametrize("way", ["http", "stdio"])
def test_the_inspector(letters, way):
    """Its command line can send no header, so over HTTP it is let in by the system's word."""
    from ui.api.app import create_api

    def inspected(target: list[str], *arguments: str) -> dict:
        command = [INSPECTOR, "--cli", *target, "--transport", way, *arguments]
        env = {**os.environ, "UNSAID_INDEX": str(letters.index_dir), "PYTHONPATH": str(ROOT)}
        run = subprocess.run(command, capture_output=True, text=True, timeout=300, env=env, cwd=ROOT)
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    if way == "http" and not can_tell():
        pytest.skip("this system does not name the owners of connections")
    with running(create_api(letters)) as address:
        target = [f"{address}/mcp"] if way == "http" else [sys.executable, "-m", "ui.cli", "mcp"]
        tools = inspected(target, "--method", "tools/list")["tools"]
        call = ("--method", "tools/call", "--tool-name", "ask", "--tool-arg", f"question={QUESTIONS[0]}")
        told = inspected(target, *call)["structuredContent"]
        listed = inspected(target, "--method", "resources/list")["resources"]
    assert {t["name"] for t in tools} == {"ask", "search", "mentions", "unsaid", "document", "documents"}
    assert timeless(told) == timeless(json.loads(json.dumps(letters.ask(QUESTIONS[0]).to_dict())))
    assert {r["name"] for r in listed} == set(LETTERS)
