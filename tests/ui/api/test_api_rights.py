"""A token's collections: through every door its holder sees these, and learns of nothing else."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import anyio
import httpx
import mcp
import pytest
from behind_doors import behind
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from tiny_embedder import TinyEmbedder

import rag
from rag.settings import Settings
from ui.api.operations import OPERATIONS
from ui.web.access import Access
from ui.web.principals import Principal, Principals
from ui.web.rights import Rights
from ui.web.tokens import Tokens

PAPERS = {
    "open/pier.txt": (
        "The council of Tarnmouth met on 10 May 2024. It agreed to repair the north pier for 40,000 euros. "
        "The council did not discuss the lighthouse. Jon Pike, the captain, declined to comment on the insurance."
    ),
    "open/storm.txt": "A storm hit Tarnmouth on 3 May 2024. Forty boats sank in the harbour. The cost is not yet known.",
    "vault/merger.txt": (
        "The Quillfeather merger was agreed on 1 May 2024. Ferdinand Ostrowsky pays 90 million euros for the north pier. "
        "Ostrowsky declined to comment on the harbour. Forty boats sank."
    ),
    "vault/pier.txt": "The lighthouse was discussed at length. Quillfeather will sell the lighthouse of Tarnmouth.",
    "vault/empty.txt": "",
}
SECRET = ("quillfeather", "ostrowsky", "merger", "vault", "90 million", "at length")
HIDDEN, MISSING = "vault/merger.txt", "vault/nobody.txt"


@dataclass
class Town:
    """The doors, and tokens of one who sees all, of one who sees what is open, and of one who sees nothing."""

    url: str
    all: dict[str, str]
    open: dict[str, str]
    nothing: dict[str, str]
    assistant: rag.Assistant
    alone: rag.Assistant
    tokens: Tokens

    def call(self, who: dict[str, str], method: str, path: str, **more) -> httpx.Response:
        return httpx.request(method, self.url + path, headers=who, timeout=120, **more)


def bare(folder) -> rag.Assistant:
    plain = {"reader": None, "understander": None, "judge": None, "rewriter": None}
    return rag.Assistant(folder, embedder=TinyEmbedder(), settings=Settings(draft=False), **plain)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    home = tmp_path_factory.mktemp("town").resolve()
    for name, text in PAPERS.items():
        for below in ("papers", "alone") if name.startswith("open") else ("papers",):
            (home / below / name).parent.mkdir(parents=True, exist_ok=True)
            (home / below / name).write_text(text, "utf-8")
    for below in ("papers", "alone"):
        rag.build_index([home / below], home / f"index-{below}", embedder=TinyEmbedder())
    tokens = Tokens(home / "tokens.json")

    def token(name, **more) -> dict[str, str]:
        return {"authorization": f"Bearer {tokens.add(name, 'read', per_minute=100_000, **more)}"}

    assistant = bare(home / "index-papers")
    with behind(assistant, principals=Principals(Access(same_user=lambda *_: False), tokens)) as url:
        yield Town(
            url,
            token("all"),
            token("open", collections=[str(home / "papers" / "open")]),
            token("nothing", collections=[str(home / "papers" / "nowhere")]),
            assistant,
            bare(home / "index-alone"),
            tokens,
        )


def plain(value) -> object:
    """A reply without what differs between any two."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "timings"}
    return [plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def leaked(text: str, asked: object = "") -> list[str]:
    asked_for = json.dumps(asked).lower()
    return [word for word in SECRET if word in text.lower() and word not in asked_for]


ASKED = (
    "Was the lighthouse discussed?",
    "What does Ostrowsky pay?",
    "What was not discussed?",
    "Who declined to comment?",
    "How many documents are there?",
    "Which documents mention the pier?",
    "How many boats sank?",
    "What is in pier.txt?",
    "Summarise the documents",
)
BODIES = [
    *(("/ask", {"question": question}, lambda of, q=question: of.ask(q)) for question in ASKED),
    *(
        ("/mentions", {"topic": t}, lambda of, t=t: of.mentions(t))
        for t in ("lighthouse", "Ostrowsky", "pier", "boats")
    ),
    ("/unsaid", {}, lambda of: of.unsaid()),
    ("/unsaid", {"speakers": ["Ostrowsky"]}, lambda of: of.unsaid(speakers=["Ostrowsky"])),
    ("/coverage", {}, lambda of: of.coverage()),
    ("/coverage", {"topics": ["pier", "merger"]}, lambda of: of.coverage(["pier", "merger"])),
    (
        "/compare",
        {"a": "open/pier.txt", "b": "open/storm.txt"},
        lambda of: of.compare("open/pier.txt", "open/storm.txt"),
    ),
]


@pytest.mark.parametrize(("path", "body", "right"), BODIES, ids=[f"{p} {json.dumps(b)}" for p, b, _ in BODIES])
def test_rest_answers_as_if_there_were_no_other_articles(town, path, body, right):
    expected = plain(json.loads(json.dumps(right(town.alone).to_dict())))
    for _ in range(2):  # the second time from what is kept
        everything = town.call(town.all, "POST", f"/api/v1{path}", json=body)
        theirs = town.call(town.open, "POST", f"/api/v1{path}", json=body)
        assert theirs.status_code == everything.status_code == 200
        assert plain(theirs.json()) == expected and not leaked(theirs.text, body)
        assert plain(everything.json()) == plain(json.loads(json.dumps(right(town.assistant).to_dict())))


def test_events_and_chat_do_too(town):
    for question in ASKED:
        events = town.call(town.open, "POST", "/api/v1/ask", json={"question": question, "stream": True}).text
        assert "event: answered" in events and not leaked(events, question)
        for more in ({}, {"stream": True}):
            messages = [{"role": "user", "content": question}]
            chat = town.call(
                town.open, "POST", "/v1/chat/completions", json={"model": "unsaid", "messages": messages, **more}
            )
            assert chat.status_code == 200 and not leaked(chat.text, question)


def test_what_there_is_is_what_is_theirs(town):
    listed = town.call(town.open, "GET", "/api/v1/articles")
    assert [a["source"] for a in listed.json()["articles"]] == ["open/pier.txt", "open/storm.txt"]
    assert listed.json()["skipped"] == [] and not leaked(listed.text)
    assert len(town.call(town.all, "GET", "/api/v1/articles").json()["skipped"]) == 1
    assert town.call(town.open, "GET", "/api/v1/health").json()["articles"] == 2
    for path in ("/v1/models", "/v1/models/unsaid", "/api/v1/openapi.json"):
        assert not leaked(town.call(town.open, "GET", path).text)
    assert town.call(town.open, "GET", "/api/v1/articles/open/pier.txt").json()["text"] == PAPERS["open/pier.txt"]


def test_a_hidden_article_is_refused_in_the_words_of_a_missing_one(town):
    calls = [
        ("GET", "/api/v1/articles/{}", None),
        ("GET", "/api/v1/articles/{}?start=0&end=5", None),
        *(("POST", f"/api/v1{path}", body) for path, body in (
            ("/ask", {"question": "Who pays?", "sources": ["{}"]}),
            ("/mentions", {"topic": "pier", "sources": ["open/pier.txt", "{}"]}),
            ("/unsaid", {"sources": ["{}"]}),
            ("/coverage", {"sources": ["{}"]}),
            ("/compare", {"a": "open/pier.txt", "b": "{}"}),
            ("/compare", {"a": "{}", "b": "open/pier.txt"}),
        )),
    ]  # fmt: skip
    for method, path, body in calls:
        replies = []
        for name in (HIDDEN, MISSING):
            sent = json.loads(json.dumps(body).replace("{}", name)) if body else None
            replies.append(town.call(town.open, method, path.replace("{}", name), json=sent))
        hidden, missing = replies
        assert hidden.status_code == missing.status_code == 404, (path, hidden.text)
        assert hidden.text.replace(HIDDEN, MISSING) == missing.text


def test_who_sees_nothing_is_told_so_everywhere(town):
    for of in OPERATIONS:
        path = of.path.replace("{source}", HIDDEN).replace("{name}", "unsaid")
        body = {"question": "Who?", "topic": "pier", "a": "x", "b": "y"}
        fields = {"/api/v1/ask": ["question"], "/api/v1/mentions": ["topic"], "/api/v1/compare": ["a", "b"]}
        sent = {name: body[name] for name in fields.get(of.path, [])} if of.method == "POST" else None
        reply = town.call(town.nothing, of.method, path, json=sent)
        assert reply.status_code < 500 and not leaked(reply.text, path), of
    refused = town.call(town.nothing, "POST", "/api/v1/ask", json={"question": "Who?"})
    assert refused.status_code == 409 and refused.json()["type"] == "urn:unsaid:problem:index-empty"
    assert str(town.assistant.index_dir) not in refused.text
    assert town.call(town.nothing, "GET", "/api/v1/health").json()["articles"] == 0


def test_what_one_was_told_is_not_told_to_another(town):
    """The same words of the same request, of one who sees all first."""
    body = {"topic": "boats"}
    full = town.call(town.all, "POST", "/api/v1/mentions", json=body)
    assert leaked(full.text)
    assert not leaked(town.call(town.open, "POST", "/api/v1/mentions", json=body).text)
    earlier = town.call(town.all, "POST", "/api/v1/ask", json={"question": "What does Ostrowsky pay?"}).json()
    earlier["citations"] = [{**c, "quote": "x"} for c in earlier["citations"]]
    earlier |= {"text": "[1]", "claims": [], "question": "Who?", "standalone_question": "Who?"}
    for question in ("Why?", "What else?", "Who said that?", "Show me more"):
        asked = {"question": question, "history": [earlier]}
        assert not leaked(town.call(town.open, "POST", "/api/v1/ask", json=asked).text, asked)


# ── agents ──────────────────────────────────────────────────────────────────────────────────
def talk(town: Town, who: dict[str, str], script):
    async def run():
        with anyio.fail_after(120):
            async with create_mcp_http_client(headers=who) as http:
                async with mcp.Client(streamable_http_client(f"{town.url}/mcp", http_client=http)) as client:
                    return await script(client)

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(anyio.run, run).result()


CALLS = (
    *(("ask", {"question": question}) for question in ASKED),
    ("search", {"query": "the north pier and the lighthouse"}),
    ("search", {"query": "Ostrowsky"}),
    ("mentions", {"topic": "lighthouse"}),
    ("unsaid", {}),
    ("documents", {}),
    ("document", {"source": "vault/merger.txt"}),
    ("document", {"source": "open/pier.txt"}),
    ("ask", {"question": "Who pays?", "sources": ["vault/merger.txt"]}),
)


def test_agents_see_what_is_theirs(town):
    async def script(client):
        told = [(await client.call_tool(name, arguments)) for name, arguments in CALLS]
        listed = (await client.list_resources()).resources
        texts = {r.name: (await client.read_resource(r.uri)).contents[0].text for r in listed}
        refused = []
        for name in (HIDDEN, MISSING):
            with pytest.raises(mcp.MCPError) as caught:
                await client.read_resource(f"unsaid://documents/{name}")
            refused.append(str(caught.value).replace(name, ""))
        return told, texts, refused

    told, texts, refused = talk(town, town.open, script)
    for (_, arguments), result in zip(CALLS, told, strict=True):
        assert not leaked(result.model_dump_json(), arguments), arguments
    assert texts == {name: text for name, text in PAPERS.items() if name.startswith("open")}
    assert refused[0] == refused[1]
    whole, every, _ = talk(town, town.all, script_of_all)
    assert set(every) == {name for name, text in PAPERS.items() if text}
    assert any(leaked(result.model_dump_json()) for result in whole)


async def script_of_all(client):
    told = [(await client.call_tool(name, arguments)) for name, arguments in CALLS]
    listed = (await client.list_resources()).resources
    return told, [r.name for r in listed], None


def test_agents_of_two_at_once_are_kept_apart(town):
    """Many calls beside each other: whose each is comes with its request."""

    async def both():
        async def lists(who, times):
            async with create_mcp_http_client(headers=who) as http:
                async with mcp.Client(streamable_http_client(f"{town.url}/mcp", http_client=http)) as client:
                    return [len((await client.list_resources()).resources) for _ in range(times)]

        found = {}

        async def note(name, who):
            found[name] = await lists(who, 10)

        with anyio.fail_after(120):
            async with anyio.create_task_group() as group:
                for n in range(4):
                    group.start_soon(note, f"all{n}", town.all)
                    group.start_soon(note, f"open{n}", town.open)
        return found

    with ThreadPoolExecutor(max_workers=1) as thread:
        found = thread.submit(anyio.run, both).result()
    assert {name: set(of) for name, of in found.items()} == {
        **{f"all{n}": {4} for n in range(4)},
        **{f"open{n}": {2} for n in range(4)},
    }


# ── the rights themselves ───────────────────────────────────────────────────────────────────
def test_nobody_who_was_not_let_in_gets_an_assistant(town):
    rights = Rights(town.assistant)
    with pytest.raises(LookupError):
        rights.now()
    with pytest.raises(KeyError):
        rights.by({})
    some = Principal("x", "x", "read", collections=("/nowhere",))
    assert rights.of(some) is rights.of(some) and rights.of(some) is not town.assistant
    assert rights.of(Principal("y", "y", "read")) is town.assistant
