"""Several people at one server: each is known by a token, does what its role allows, and sees nothing of the others."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import openai
import pytest
from behind_doors import behind
from starlette.routing import Route

import rag
from rag.errors import RagError
from ui.api.operations import OPERATIONS, operation, tool_of
from ui.web.access import Access
from ui.web.audit import Audit
from ui.web.place import place_of
from ui.web.principals import Principals
from ui.web.rates import AT_ONCE, Rates
from ui.web.tokens import Tokens
from ui.web.turns import Turns

SECRET = "Is the zeppelin of Grünau mentioned?"


@dataclass
class Shared:
    """A server that answers holders of tokens alone."""

    address: str
    tokens: Tokens
    audit: Path
    now: list[float]

    def token(self, name: str, role: str = "read", **more) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens.add(name, role, **more)}"}

    def call(self, who: dict[str, str] | None, method: str, path: str, **more) -> httpx.Response:
        return httpx.request(method, self.address + path, headers=who, timeout=120, **more)

    def lines(self, of: int = 0) -> list[dict]:
        """What is noted; at least so many lines, for one is written after its reply has gone out."""
        patient = time.monotonic() + 30
        while len(lines := self.audit.read_text().splitlines() if self.audit.exists() else []) < of:
            assert time.monotonic() < patient, lines
            time.sleep(0.02)
        return [json.loads(line) for line in lines]


@pytest.fixture
def shared(letters, tmp_path):
    tokens, now = Tokens(tmp_path / "tokens.json"), [0.0]
    audit = Audit(tmp_path / "audit.jsonl")
    how = {"place": place_of("127.0.0.1", public_url="https://docs.example.org"), "audit": audit}
    with behind(letters, principals=Principals(None, tokens), rates=Rates(lambda: now[0]), **how) as address:
        yield Shared(address, tokens, tmp_path / "audit.jsonl", now)
    audit.close()


def sent(of) -> tuple[str, str]:
    return of.method, of.path.replace("{source}", "storm.txt").replace("{name}", "unsaid")


# ── roles ───────────────────────────────────────────────────────────────────────────────────
def test_every_route_is_an_operation_with_a_role(letters):
    from ui.api.app import create_api

    def routes(of):
        for route in of:
            if isinstance(route, Route) or hasattr(route, "endpoint"):
                yield from ((method, route.path.replace(":path}", "}")) for method in route.methods)
            else:
                yield from routes(route.original_router.routes)

    there = set(routes(create_api(letters).routes))
    assert there == {(of.method, of.path) for of in OPERATIONS}
    changing = {("POST", "/api/v1/articles"), ("DELETE", "/api/v1/articles/{source}"), ("POST", "/api/v1/rebuild")}
    assert {(of.method, of.path) for of in OPERATIONS if of.role == "admin"} == changing


def test_without_a_token_nothing_is_done(shared):
    wrong = {"authorization": "Bearer unsaid_" + "x" * 43}
    for who in (None, wrong):
        for of in OPERATIONS:
            reply = shared.call(who, *sent(of), json={} if of.method == "POST" else None)
            assert reply.status_code == 401 and reply.headers["www-authenticate"] == "Bearer", of


def test_a_reader_reads_and_changes_nothing(shared, letters):
    ada, before = shared.token("ada"), [a.source for a in letters.articles()]
    generation = sorted(p.name for p in (letters.index_dir / "generations").iterdir())
    for of in OPERATIONS:
        reply = shared.call(ada, *sent(of), json={} if of.method == "POST" else None)
        if of.role != "read":
            kind = {"admin": "reads-only", "watch": "not-yours"}[of.role]
            assert reply.status_code == 403 and reply.json()["type"] == f"urn:unsaid:problem:{kind}", of
        else:
            assert reply.status_code not in (401, 403, 404, 405, 500), (of, reply.text)
    others = {
        ("GET", "/docs"): 404,
        ("POST", "/api/v1/rebuild/"): 404,
        ("PUT", "/api/v1/ask"): 405,
        ("GET", "/mcp"): 405,
    }
    for (method, path), status in others.items():
        assert shared.call(ada, method, path).status_code == status
    assert shared.call(ada, "PATCH", "/api/v1/articles").headers["allow"] == "GET, POST"
    assert [a.source for a in letters.articles()] == before
    assert sorted(p.name for p in (letters.index_dir / "generations").iterdir()) == generation


def test_an_admin_changes(tmp_path, embedder):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text("The mill closed in 1911.")
    rag.build_index([tmp_path / "papers"], tmp_path / "index", embedder=embedder)
    tokens = Tokens(tmp_path / "tokens.json")
    admin = {"authorization": f"Bearer {tokens.add('root', 'admin')}"}
    read = {"authorization": f"Bearer {tokens.add('ada', 'read')}"}
    assistant = rag.Assistant(tmp_path / "index", embedder=embedder)
    with (
        behind(assistant, principals=Principals(None, tokens)) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        new = {"name": "two.txt", "text": "The weir was built in 1890."}
        assert client.post("/api/v1/articles", json=new, headers=read).status_code == 403
        assert client.post("/api/v1/articles", json=new, headers=admin).status_code == 201
        assert client.get("/api/v1/articles/two.txt", headers=read).json()["text"] == new["text"]
        assert client.delete("/api/v1/articles/two.txt", headers=read).status_code == 403
        assert client.post("/api/v1/rebuild", headers=admin).status_code == 200
        assert client.delete("/api/v1/articles/two.txt", headers=admin).json()["removed"] == ["two.txt"]


def test_a_token_taken_back_opens_nothing(shared):
    ada = shared.token("ada")
    assert shared.call(ada, "GET", "/api/v1/health").status_code == 200
    shared.tokens.revoke("ada")
    assert shared.call(ada, "GET", "/api/v1/health").status_code == 401


# ── limits ──────────────────────────────────────────────────────────────────────────────────
def test_too_many_requests_wait_and_others_do_not(shared):
    ada, bob = shared.token("ada", per_minute=3), shared.token("bob")
    asked = [shared.call(ada, "GET", "/v1/models").status_code for _ in range(4)]
    assert asked == [200, 200, 200, 429]
    refused = shared.call(ada, "POST", "/api/v1/mentions", json={"topic": "storm"})
    assert refused.status_code == 429 and refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:unsaid:problem:too-many" and refused.headers["retry-after"] == "20"
    assert shared.call(bob, "GET", "/v1/models").status_code == 200
    shared.now[0] += 20.1
    assert shared.call(ada, "GET", "/v1/models").status_code == 200
    with openai.OpenAI(base_url=f"{shared.address}/v1", api_key=ada["authorization"][7:], max_retries=0) as chat:
        with pytest.raises(openai.RateLimitError) as limited:
            chat.models.list()
    assert limited.value.body["type"] == "rate_limit_error" and "Try again" in limited.value.body["message"]


def test_strangers_have_limits_too(shared):
    statuses = [shared.call(None, "GET", "/v1/models").status_code for _ in range(62)]
    assert statuses == [401] * 60 + [429] * 2
    assert shared.call(shared.token("ada"), "GET", "/v1/models").status_code == 200


def test_a_body_may_be_so_long(shared):
    ada, bob = shared.token("ada"), shared.token("bob", longest=3_000_000)
    long = {"topic": "storm", "sources": ["x" * 1_100_000]}
    refused = shared.call(ada, "POST", "/api/v1/mentions", json=long)
    assert refused.status_code == 413 and refused.json()["type"] == "urn:unsaid:problem:too-long"
    assert shared.call(bob, "POST", "/api/v1/mentions", json=long).status_code == 404  # no such article


class Waiting:
    """An assistant that answers when it is let."""

    def __init__(self):
        self.let, self.begun = threading.Event(), threading.Semaphore(0)

    def generation(self):
        return "the only one"

    def mentions(self, topic, sources=None):
        self.begun.release()
        assert self.let.wait(60)
        raise RagError("It was let.", "Nothing to do.")

    def warm_up(self):
        pass


def test_one_cannot_have_everything_worked_on_at_once(tmp_path):
    waiting, tokens = Waiting(), Tokens(tmp_path / "tokens.json")
    ada, bob = ({"authorization": f"Bearer {tokens.add(name, 'read')}"} for name in ("ada", "bob"))
    turns = Turns(at_once=AT_ONCE + 1)  # else they would wait for their turn
    with behind(waiting, principals=Principals(None, tokens), turns=turns) as url:

        def ask(who, topic="x") -> int:
            return httpx.post(f"{url}/api/v1/mentions", json={"topic": topic}, headers=who, timeout=60).status_code

        # Each for something else: what one asks twice at once is worked on once.
        threads = [threading.Thread(target=ask, args=(ada, f"x{n}")) for n in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for _ in threads:
            assert waiting.begun.acquire(timeout=60)
        refused = httpx.post(f"{url}/api/v1/mentions", json={"topic": "x"}, headers=ada, timeout=60)
        assert refused.status_code == 429 and refused.headers["retry-after"] == "1"
        other = threading.Thread(target=ask, args=(bob,))
        other.start()
        assert waiting.begun.acquire(timeout=60), "another person's is worked on"
        waiting.let.set()
        for thread in (*threads, other):
            thread.join()
        assert ask(ada) == 500


# ── two people ──────────────────────────────────────────────────────────────────────────────
def asked(address: str, who: dict[str, str], *words: str) -> dict:
    messages = [{"role": role, "content": text} for role, text in zip(["user", "assistant"] * 9, words, strict=False)]
    body = {"model": "unsaid", "messages": messages}
    return httpx.post(f"{address}/v1/chat/completions", json=body, headers=who, timeout=120).json()


FIRST, THEN = "What will the repair of the pier cost?", "And the lighthouse?"


@pytest.mark.parametrize("by", ["token", "proxy"])
def test_what_went_to_one_is_not_remembered_for_another(shared, letters, by):
    if by == "token":
        ada, bob = shared.token("ada"), shared.token("bob")
    else:
        gate = shared.token("gate", for_proxy=True)
        ada, bob = {**gate, "x-unsaid-user": "ada"}, {**gate, "x-unsaid-user": "bob"}
    said = asked(shared.address, ada, FIRST)["choices"][0]["message"]["content"]
    hers, his = (asked(shared.address, who, FIRST, said, THEN)["unsaid"] for who in (ada, bob))
    assert hers["standalone_question"] != THEN, "hers leans on what was answered before"
    assert his["standalone_question"] == letters.ask(THEN).standalone_question, "his knows nothing of that"
    assert asked(shared.address, bob, FIRST)["choices"][0]["message"]["content"] == said
    assert asked(shared.address, bob, FIRST, said, THEN)["unsaid"]["standalone_question"] == hers["standalone_question"]


def test_a_proxys_people_must_be_named(shared):
    gate = shared.token("gate", for_proxy=True, per_minute=2)
    assert shared.call(gate, "GET", "/v1/models").status_code == 401
    eve, bob = {**gate, "x-unsaid-user": "eve"}, {**gate, "x-unsaid-user": "bob"}
    statuses = [shared.call(who, "GET", "/v1/models").status_code for who in (eve, eve, eve, bob)]
    assert statuses == [200, 200, 429, 200]
    assert {line["who"] for line in shared.lines(5)} == {"stranger", "gate/eve", "gate/bob"}


# ── the audit log ───────────────────────────────────────────────────────────────────────────
def test_what_is_noted_holds_no_text(shared):
    ada, root = shared.token("ada"), shared.token("root", "admin")
    shared.call(ada, "POST", "/api/v1/ask", json={"question": SECRET})
    shared.call(ada, "GET", "/api/v1/articles/storm.txt?start=2&end=9")
    shared.call(ada, "DELETE", "/api/v1/articles/storm.txt")
    shared.call(root, "DELETE", "/api/v1/articles/zeppelin.txt")
    shared.call(root, "GET", "/zeppelin?Grünau")
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": SECRET}},
    }
    shared.call({**ada, "accept": "application/json, text/event-stream"}, "POST", "/mcp", json=call)
    shared.call(None, "GET", "/api/v1/health")
    shared.call({"host": "zeppelin.example"}, "GET", "/api/v1/health")
    lines = shared.lines(8)
    assert [(line["who"], line["role"], line["operation"], line["status"]) for line in lines] == [
        ("ada", "read", "POST /api/v1/ask", 200),
        ("ada", "read", "GET /api/v1/articles/{source}", 200),
        ("ada", "read", "DELETE /api/v1/articles/{source}", 403),
        ("root", "admin", "DELETE /api/v1/articles/{source}", 404),
        ("root", "admin", "-", 404),
        ("ada", "read", "POST /mcp ask", 200),
        ("stranger", "", "GET /api/v1/health", 401),
        ("stranger", "", "-", 400),
    ]
    assert all(set(line) == {"time", "who", "role", "operation", "status", "ms"} and line["ms"] >= 0 for line in lines)
    content = shared.audit.read_text().lower()
    assert not any(word in content for word in ("zeppelin", "nau", "storm", "unsaid_"))


@pytest.mark.parametrize(
    ("body", "tool"),
    [
        (b'{"method": "tools/call", "params": {"name": "ask"}}', "ask"),
        (b'{"method": "tools/list"}', ""), (b'{"method": "tools/call", "params": {"name": "Say what I say"}}', ""),
        (b'{"method": "tools/call", "params": []}', ""), (b"[" * 100_000, ""), (b"", ""), (b'"x"', ""),
    ],
)  # fmt: skip
def test_the_tool_of_a_message(body, tool):
    assert tool_of(body) == tool


def test_operations_are_found_whatever_the_name_of_an_article():
    assert operation("DELETE", "/api/v1/articles/a/b\n/c.txt").role == "admin"
    assert operation("POST", "/api/v1/rebuild/x") is None and operation("post", "/api/v1/ask") is None


# ── what is refused from the start ──────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "how",
    [
        {"host": "0.0.0.0", "names": ("my-machine",)}, {"host": "192.0.2.7"}, {"public_url": "https://docs.example.org"},
        {"root_path": "/unsaid"},
    ],
)  # fmt: skip
def test_nobody_is_served_beyond_this_computer_without_a_token(tmp_path, letters, how):
    from ui.api.serving import Doors, serve

    with pytest.raises(RagError, match="unsaid token add"):
        serve(letters, Doors(**how, tokens=tmp_path / "none.json"), [].append)


def test_the_systems_word_and_the_key_open_nothing_there(letters, tmp_path):
    """Of the same user as the server is this test; where others are served, that says nothing."""
    with behind(letters, principals=Principals(None, Tokens(tmp_path / "t.json"))) as url:
        assert httpx.get(f"{url}/api/v1/health").status_code == 401
        assert httpx.get(f"{url}/api/v1/health", headers={"authorization": f"Bearer {Access().key}"}).status_code == 401


def test_a_thousand_refusals_leave_nothing_behind(shared):
    """An exception that is kept and raised again gathers the frames of every time before."""
    import gc

    def frames() -> int:
        gc.collect()
        return sum(1 for thing in gc.get_objects() if type(thing).__name__ == "traceback")

    with httpx.Client() as client:
        client.get(f"{shared.address}/v1/models")
        before = frames()
        for _ in range(300):
            client.get(f"{shared.address}/v1/models")
        assert frames() < before + 100
