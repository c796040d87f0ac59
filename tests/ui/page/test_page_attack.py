"""The chain by which another site read the person's files, link by link; each link alone must hold.

A site sent the browser to the file route with its own address; the server fetched that and gave it back
as a page of its own; from there a script called functions with any path, and read what Gradio copied.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from running import served
from scripted import Scripted
from speaking import call, events, file_function, functions, person, tab_of, upload

SECRET = "the word of this test is quaggamire"


@pytest.fixture(scope="module")
def evil():
    """A server that counts who asks for it; yields its address and what was asked."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<script>window.__hit = 1</script>")

        do_HEAD = do_GET

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


@pytest.fixture(scope="module")
def assistant():
    return Scripted({"a.txt": "The article speaks. It ends."})


@pytest.fixture(scope="module")
def url(assistant):
    with served(assistant) as address:
        yield address


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    return file


@pytest.mark.parametrize("form", ["file={}", "file/{}", "proxy={}", "file=//{}", "file={}?x", "stream/{}"])
def test_the_file_route_fetches_nothing(url, evil, form):
    address, asked = evil
    got = person(url).get("/gradio_api/" + form.format(address + "/x.png"), follow_redirects=False)
    assert got.status_code == 404
    assert "__hit" not in got.text
    assert asked == []


@pytest.mark.parametrize(
    "path", ["file=http://127.0.0.1:9/x", "file=/etc/passwd", "file=", "file/x", "file=a.txt", "file"]
)
@pytest.mark.parametrize("known", [True, False])
def test_every_reply_of_the_file_route_can_do_nothing(url, path, known):
    client = person(url) if known else httpx.Client(base_url=url)
    for reply in (client.get("/gradio_api/" + path), client.head("/gradio_api/" + path)):
        assert reply.status_code in (403, 404)
        assert reply.headers["content-disposition"] == "attachment"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["content-security-policy"].startswith("sandbox;")
        assert reply.headers["content-type"] == "application/octet-stream"


def test_an_upload_is_given_back_to_its_session_alone_and_only_to_be_saved(url):
    mine, other = person(url), person(url)
    path = upload(mine, "page.html", b"<script>window.__hit = 1</script>").json()[0]
    got = mine.get(f"/gradio_api/file={path}")
    assert got.status_code == 200
    assert got.content == b"<script>window.__hit = 1</script>"
    assert got.headers["content-disposition"] == "attachment"
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-security-policy"].startswith("sandbox;")
    assert other.get(f"/gradio_api/file={path}").status_code == 404
    for other_name in (path + "/", path.replace("/page", "//page"), str(Path(path).parent)):
        assert mine.get(f"/gradio_api/file={other_name}").status_code == 404


def files_of(path: object) -> list[object]:
    meta = {"_type": "gradio.FileData"}
    return [
        [{"path": path, "meta": meta}],
        {"path": path, "meta": meta},
        [{"path": path}],
        [{"path": None, "url": f"file://{path}", "meta": meta}],
        [{"path": "http://127.0.0.1:9/x", "meta": meta}],
        [path],
        path,
        [{"root": [{"path": path, "meta": meta}]}],
    ]


def test_no_path_but_that_of_an_upload_reaches_a_function(url, assistant, secret):
    client = person(url)
    number = file_function(client)
    for data in files_of(str(secret)):
        assert call(client, number, [data]).status_code in (400, 403), data
    mine = upload(client).json()[0]
    mixed = [{"path": p, "meta": {"_type": "gradio.FileData"}} for p in (mine, str(secret))]
    assert call(client, number, [mixed]).status_code == 403
    assert set(assistant.documents) == {"a.txt"}
    assert [p for p in Path(mine).parents[1].rglob("*") if p.is_file() and SECRET in p.read_text()] == []


def test_another_sessions_upload_is_not_ones_own(url, assistant):
    theirs = upload(person(url), "theirs.txt").json()[0]
    client = person(url)
    row = [{"path": theirs, "meta": {"_type": "gradio.FileData"}}]
    assert call(client, file_function(client), [row]).status_code == 403
    assert set(assistant.documents) == {"a.txt"}


def test_ones_own_upload_is_added_and_then_gone(url, assistant):
    client = person(url)
    path = upload(client, "new.txt", b"New. Words.").json()[0]
    row = [{"path": path, "url": f"{url}/gradio_api/file={path}", "meta": {"_type": "gradio.FileData"}}]
    assert call(client, file_function(client), [row]).status_code == 200
    assert events(client, tab_of(client))[-1]["msg"] == "close_stream"
    assert assistant.documents.pop("new.txt") == "New. Words."
    assert client.get(f"/gradio_api/file={path}").status_code == 404
    assert not Path(path).exists()


def test_no_function_takes_a_file_object_in_any_place(url, secret):
    """Whatever a component takes for JSON, Gradio looks for files in it: a kept conversation, an event, a history."""
    client = person(url)
    hidden = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    places = [hidden, [hidden], {"version": 1, "turns": [hidden]}, {"a": [[{"b": hidden}]]}]
    takes_files = file_function(client)
    ours = [f for f in functions(client) if f["backend_fn"] and f["id"] != takes_files]
    assert len(ours) > 20
    for function in ours:
        for place in places:
            for number in range(len(function["inputs"])):
                data = [None] * len(function["inputs"])
                data[number] = place
                assert call(client, function["id"], data).status_code == 403, function
        empty = [None] * len(function["inputs"])
        assert call(client, function["id"], empty, event_data=hidden).status_code == 403
    for data in (["q", [hidden], None], ["q", None, [hidden]], [hidden, None, None]):
        assert client.post("/gradio_api/call/ask", json={"data": data}).status_code == 403


def test_gradio_itself_checks_paths_too(assistant):
    """Behind the guard stands Gradio's own check, which does nothing before its `launch` was called."""
    from starlette.routing import Mount

    from ui.server import create_app

    app = create_app(assistant)
    blocks = next(r.app for r in app.routes if isinstance(r, Mount)).get_blocks()
    assert blocks.has_launched
    assert blocks.is_running


def test_private_functions_are_the_pages_alone(url, assistant):
    program = person(url, page=False)
    private = [f for f in functions(program) if f["api_visibility"] != "public" and f["backend_fn"]]
    assert len(private) > 20
    for function in private:
        data = [None] * len(function["inputs"])
        assert call(program, function["id"], data).status_code == 403
        if function["api_name"]:
            assert program.post(f"/gradio_api/call/{function['api_name']}", json={"data": data}).status_code == 404
            for way in ("run", "api"):
                body = {"data": data, "fn_index": function["id"]}
                assert program.post(f"/gradio_api/{way}/{function['api_name']}", json=body).status_code == 404
    assert set(assistant.documents) == {"a.txt"}, "nothing was deleted"


@pytest.mark.parametrize("number", [-1, 10_000, None, "0", 1.5, True, {}])
def test_functions_that_are_not_there_are_not_looked_for(url, number):
    assert call(person(url), number, []).status_code in (400, 404)


@pytest.mark.parametrize("data", [[], [1], ["q"] * 9, None, "q", {"0": "q"}])
def test_calls_of_the_wrong_length_are_refused_in_words(url, data):
    reply = person(url).post("/gradio_api/call/ask", json={"data": data})
    assert reply.status_code == 400
    assert reply.text == "data must be a list of 3 values."


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 100_000, b"\xff", b'{"data": []}'])
def test_bodies_that_are_no_call_are_refused(url, body):
    client = person(url)
    for path in ("/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/cancel"):
        assert client.post(path, content=body, headers={"content-type": "application/json"}).status_code == 400


def test_another_sessions_tab_is_closed_to_one(url):
    mine, other = person(url), person(url)
    there = next(f["id"] for f in functions(mine) if f["api_name"] == "articles")
    assert call(mine, there, [], tab="tab-1").status_code == 200
    assert call(other, there, [], tab="tab-1").status_code == 403
    assert other.get("/gradio_api/queue/data", params={"session_hash": "tab-1"}).status_code == 403
    assert other.get("/gradio_api/heartbeat/tab-1").status_code == 403
    body = {"session_hash": "tab-1", "fn_index": there, "event_id": "x"}
    assert other.post("/gradio_api/cancel", json=body).status_code == 403
    event = mine.post("/gradio_api/call/articles", json={"data": []}).json()["event_id"]
    assert other.get(f"/gradio_api/call/articles/{event}").status_code == 404
    assert "a.txt" in mine.get(f"/gradio_api/call/articles/{event}").text
