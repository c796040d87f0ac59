"""What `/api/v1` tells of all articles, and how articles come and go."""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import asdict

import httpx
import pytest
from behind_doors import LETTERS, behind

import rag


def same(reply: httpx.Response, value: object) -> bool:
    assert reply.status_code == 200, reply.text
    return reply.json() == json.loads(json.dumps(value))


def test_over_all_articles(client, letters):
    assert same(client.post("/mentions", json={"topic": "Tarnmouth"}), letters.mentions("Tarnmouth").to_dict())
    assert same(client.post("/unsaid", json={}), letters.unsaid().to_dict())
    declined = client.post("/unsaid", json={"kinds": ["declined"]})
    assert same(declined, letters.unsaid(kinds=["declined"]).to_dict()) and len(declined.json()["lines"]) == 1
    topics = ["pier", "lighthouse"]
    assert same(client.post("/coverage", json={"topics": topics}), letters.coverage(topics).to_dict())
    two = {"a": "storm.txt", "b": "minutes.txt"}
    assert same(client.post("/compare", json=two), letters.compare(**two).to_dict())


def test_the_articles(client, letters):
    listed = client.get("/articles").json()
    assert listed == json.loads(json.dumps({"articles": [asdict(a) for a in letters.articles()], "skipped": []}))
    assert [a["source"] for a in listed["articles"]] == ["minutes.txt", "storm.txt", "sub/ferry.txt"]
    whole = client.get("/articles/sub/ferry.txt").json()
    assert whole["text"] == LETTERS["sub/ferry.txt"] and whole == json.loads(
        json.dumps(asdict(letters.document("sub/ferry.txt")))
    )
    cited = client.post("/ask", json={"question": "How many boats sank?"}).json()["citations"][0]
    part = client.get(f"/articles/{cited['source']}", params={"start": cited["start"], "end": cited["end"]})
    assert part.json()["text"] == cited["quote"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/articles/none.txt", None, 404),
        ("DELETE", "/articles/none.txt", None, 404),
        ("GET", "/articles/%2e%2e/%2e%2e/etc/passwd", None, 404),
        ("GET", "/articles/storm.txt?start=-1", None, 422),
        ("POST", "/compare", {"a": "storm.txt", "b": "storm.txt"}, 422),
        ("POST", "/unsaid", {"kinds": ["sung"]}, 422),
        ("POST", "/mentions", {"topic": " "}, 422),
        ("POST", "/articles", {"name": "../x.txt", "text": "x"}, 422),
        ("POST", "/articles", {"name": "x.txt"}, 422),
        ("POST", "/articles", {"name": "x.txt", "base64": "%%%"}, 422),
        ("POST", "/articles", {"name": "x.exe", "text": "MZ"}, 422),
        ("GET", "/nothing", None, 404),
        ("PUT", "/ask", None, 405),
    ],
)
def test_problems_of_articles(client, method, path, body, status):
    reply = client.request(method, path, json=body)
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json" and reply.json()["cure"]


@pytest.fixture
def own(tmp_path, embedder):
    """The doors of an index of one's own, which may change."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text("The mill closed in 1911.")
    rag.build_index([tmp_path / "papers"], tmp_path / "index", embedder=embedder)
    with behind(rag.Assistant(tmp_path / "index", embedder=embedder)) as address:
        with httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
            yield client


def test_articles_come_and_go(own, tmp_path):
    added = own.post("/articles", json={"name": "two.md", "text": "# Weir\n\nThe weir was built in 1890."})
    assert added.status_code == 201 and added.json()["added"] == ["two.md"]
    sent = base64.b64encode("Die Brücke ist gesperrt.".encode("latin-1")).decode()
    assert own.post("/articles", json={"name": "drei.txt", "base64": sent}).json()["added"] == ["drei.txt"]
    assert "1890" in own.post("/ask", json={"question": "When was the weir built?"}).json()["text"]
    gone = own.delete("/articles/two.md")
    assert gone.status_code == 200 and gone.json()["removed"] == ["two.md"]
    assert own.get("/articles/two.md").status_code == 404
    (tmp_path / "papers" / "three.txt").write_text("The forge burned down.")
    assert own.post("/rebuild").json()["added"] == ["three.txt"]


def test_no_index_yet(tmp_path, embedder):
    with behind(rag.Assistant(tmp_path / "index", embedder=embedder)) as address:
        with httpx.Client(base_url=f"{address}/api/v1") as client:
            assert client.get("/health").json()["status"] == "empty"
            refused = client.post("/ask", json={"question": "Why?"})
            assert refused.status_code == 409 and "unsaid index" in refused.json()["cure"]
            assert client.post("/articles", json={"name": "a.txt", "text": "The mill closed."}).status_code == 201
            assert client.get("/health").json()["articles"] == 1


def test_a_damaged_index_is_a_problem_with_a_cure(tmp_path, embedder, letters):
    shutil.copytree(letters.index_dir, tmp_path / "index")
    for file in (tmp_path / "index").glob("generations/*/vectors.faiss"):
        file.chmod(0o600)
        file.write_bytes(b"x" * 100)
    with behind(rag.Assistant(tmp_path / "index", embedder=embedder)) as address:
        reply = httpx.post(f"{address}/api/v1/ask", json={"question": "Why?"})
    assert reply.status_code == 500 and reply.json()["type"] == "urn:unsaid:problem:index-damaged"
    assert "--replace" in reply.json()["cure"]


def test_health(client):
    told = client.get("/health").json()
    assert told["articles"] == 3 and told["status"] in ("ready", "loading") and told["lacks"] is None
