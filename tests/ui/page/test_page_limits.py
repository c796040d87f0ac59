"""What takes long, comes slowly or is too much: it ends, and what was left behind goes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import httpx
import psutil
import pytest
from running import served
from scripted import Scripted, quoted
from speaking import call, events, functions, person, tab_of, upload

from ui.web import connections

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def assistant():
    return Scripted({"a.txt": "The article speaks. It ends."})


@pytest.fixture(scope="module")
def url(assistant):
    patch = pytest.MonkeyPatch()
    patch.setattr(connections.Connection, "head_seconds", 1.0)
    patch.setattr(connections.Connection, "most", 40)
    with served(assistant) as address:
        yield address
    patch.undo()


def connected(url: str) -> socket.socket:
    host, _, port = url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def ended_after(connection: socket.socket, drip: bytes = b"") -> float:
    """Seconds until the server ends a connection on which only so much comes every fifth of a second."""
    begun = time.monotonic()
    connection.settimeout(0.2)
    while time.monotonic() - begun < 15:
        try:
            if connection.recv(65_536) == b"":
                return time.monotonic() - begun
        except TimeoutError:
            pass
        except OSError:
            return time.monotonic() - begun
        if drip:
            try:
                connection.sendall(drip)
            except OSError:
                return time.monotonic() - begun
    return float("inf")


@pytest.mark.parametrize(
    ("first", "drip"),
    [(b"", b""), (b"GET / HT", b""), (b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n", b"x-a: b\r\n"), (b"", b"\r\n")],
)
def test_a_head_that_does_not_come_ends_the_connection(url, first, drip):
    with connected(url) as connection:
        connection.sendall(first)
        assert ended_after(connection, drip) < 10


def test_the_next_head_has_its_time_too(url):
    with connected(url) as connection:
        connection.sendall(b"GET /x HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        time.sleep(0.3)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 404")
        connection.sendall(b"GET /x HTTP/1.1\r\n")
        assert ended_after(connection, b"x: y\r\n") < 10


def test_a_refused_body_is_not_waited_for(url):
    with connected(url) as connection:
        connection.sendall(b"POST /gradio_api/upload HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9000\r\n\r\n")
        assert ended_after(connection, b"x") < 10


def test_connections_have_a_number_and_it_is_served_again_when_they_are_gone(url):
    held = [connected(url) for _ in range(60)]
    try:
        time.sleep(0.3)
        begun = time.monotonic()
        while time.monotonic() - begun < 15:
            try:
                assert httpx.get(url, timeout=5).status_code == 200
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        else:
            pytest.fail("not served again")
    finally:
        for connection in held:
            connection.close()


def test_bodies_and_uploads_have_their_time():
    import asyncio

    async def never():
        await asyncio.sleep(60)

    async def drips():
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def tried():
        for receive in (never, drips):
            with pytest.raises(connections.Refused, match="too long to arrive"):
                await connections.whole_body(receive, 1_000_000, 0.2)
            timed = connections.Timed(receive, 0.2)
            while (await timed())["type"] != "http.disconnect":
                pass
            assert timed.expired
        with pytest.raises(connections.Refused, match="At most"):
            await connections.whole_body(drips, 3)

    with ThreadPoolExecutor() as elsewhere:  # a browser's own loop may be running in this thread
        elsewhere.submit(asyncio.run, tried()).result()


# ── uploads ─────────────────────────────────────────────────────────────────────────────────────
def test_uploads_have_a_limit_in_all(url):
    client = person(url)
    paths = []
    for number in range(14):  # 280 MB in steps that are allowed one by one
        reply = upload(client, f"{number}.txt", bytes([65 + number]) * 19_900_000)
        if reply.status_code != 200:
            break
        paths += reply.json()
    assert reply.status_code == 413
    assert "in several steps" in reply.text
    assert sum(Path(p).stat().st_size for p in paths) <= 256_000_000
    sizeless = client.post("/gradio_api/upload", content=iter([b"x"]), headers={"content-type": "multipart/form-data"})
    assert sizeless.status_code == 411


def wait_until_gone(path: str) -> bool:
    for _ in range(600):
        if not Path(path).exists():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def open_tab(client: httpx.Client) -> Iterator[None]:
    """As long as a browser has a tab of the page open."""
    with client.stream("GET", f"/gradio_api/heartbeat/{tab_of(client)}") as heartbeat:
        lines = heartbeat.iter_lines()  # held: where nobody reads on, httpx ends the connection
        assert next(lines)
        yield


def test_an_upload_goes_when_its_tab_is_closed(url):
    client, other = person(url), person(url)
    path, theirs = upload(client).json()[0], upload(other, "b.txt", b"Other.").json()[0]
    with open_tab(client):
        assert Path(path).exists()
    assert wait_until_gone(path)
    assert Path(theirs).exists()
    assert client.get(f"/gradio_api/file={path}").status_code == 404


def test_an_upload_goes_with_its_server_though_the_process_goes_on(url):
    """Where one process serves several pages, nothing that one of them held keeps another's files."""
    with served(Scripted({"a.txt": "One."})) as ended:
        path = upload(person(ended), "same.txt", b"The same. File.").json()[0]
        assert Path(path).exists()
    assert not Path(path).exists()
    client = person(url)
    with open_tab(client):
        assert upload(client, "same.txt", b"The same. File.").json() == [path]
        assert Path(path).exists()
    assert wait_until_gone(path)


def test_an_upload_goes_with_everything(url, assistant):
    client = person(url)
    path = upload(client, "c.txt", b"Third.").json()[0]
    config = client.get("/config").json()
    yes = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "un-yes")
    number = next(d["id"] for d in config["dependencies"] if [yes, "click"] in d["targets"])
    before = dict(assistant.documents)
    assert call(client, number, []).status_code == 200
    events(client, tab_of(client))
    assert assistant.documents == {}
    assistant.documents.update(before)
    assert client.get(f"/gradio_api/file={path}").status_code == 404
    assert not Path(path).exists()


PROGRAM = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from scripted import Scripted
from ui.command import err
from ui.server import serve
serve(Scripted({{"a.txt": "One. Two."}}), port=8790, say=err)
"""


def started(tmp_path):
    """The page in a process of its own, with its own folder for temporary files; gives process and address."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GRADIO_", "HF_"))}
    environment |= {"TMPDIR": str(tmp_path), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", PROGRAM.format(root=str(ROOT), here=str(Path(__file__).parent))]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    for line in process.stderr:
        if line.startswith("Unsaid is at"):
            return process, line.split()[3].partition("/?key=")[0]
    raise AssertionError("it did not start")


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_uploads_go_when_the_server_is_ended(tmp_path, number):
    process, address = started(tmp_path)
    try:
        path = upload(person(address)).json()[0]
        assert Path(path).is_relative_to(tmp_path)
        process.send_signal(number)
        process.wait(20)
    finally:
        process.kill()
        process.communicate()
    assert [p for p in tmp_path.rglob("*") if "unsaid" in p.name or p.name == "a.txt"] == []


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
def test_the_server_ends_in_the_middle_of_requests_too(tmp_path):
    """A signal that is taken for a request's failure leaves a server behind that no terminal belongs to."""
    process, address = started(tmp_path)

    def ask_on() -> None:
        client = person(address)
        try:
            while process.poll() is None:
                upload(client)
        except httpx.HTTPError:
            return

    try:
        with ThreadPoolExecutor(4) as browsers:
            for _ in range(4):
                browsers.submit(ask_on)
            time.sleep(1.5)
            process.send_signal(signal.SIGHUP)
            try:
                process.wait(20)
            finally:
                process.kill()
    finally:
        process.communicate()
    assert process.returncode == 128 + signal.SIGHUP


def test_nothing_that_is_asked_reaches_the_console(tmp_path):
    """Nor raw in a log: terminals obey escape sequences."""
    process, address = started(tmp_path)
    bad = "\x1b]0;owned\x07\x1b[31m\x9b31m"
    try:
        client = person(address)
        quoted_bad = "%1b%5b31mowned%9b31m"
        for path in (
            f"/gradio_api/custom_component/{quoted_bad}/client/x/{quoted_bad}",
            *(f"/{quoted_bad}", f"/static/{quoted_bad}", f"/gradio_api/file={quoted_bad}", f"/?key={quoted_bad}"),
        ):
            client.get(path)
            httpx.get(address + path)
        for function in functions(client):
            for value in (bad, {bad: bad}):
                call(client, function["id"], [value] * len(function["inputs"]), event_data=bad)
        for data in ([bad, None, None], [{bad: bad}, [bad], [bad]], [bad, [bad], [{bad: bad}]], [bad, bad, bad]):
            client.post("/gradio_api/call/ask", json={"data": data})
            client.post("/gradio_api/call/article", json={"data": data[:1]})
        client.post("/gradio_api/upload", files={"files": (bad, b"x")})
        client.post(
            "/gradio_api/upload",
            content=bad.encode(),
            headers={"content-type": f"multipart/form-data; boundary={quoted_bad}"},
        )
        with connected(address) as connection:
            connection.sendall(b"\x1b[31m \x9b HTTP/9\r\n\x1b: \x1b\r\n\r\n")
            time.sleep(0.5)
        time.sleep(2)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            said = "".join(process.communicate(timeout=20))
        except subprocess.TimeoutExpired:
            process.kill()
            said = "".join(process.communicate())
    assert [c for c in said if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160] == [], said[-3_000:]


# ── memory ──────────────────────────────────────────────────────────────────────────────────────
def by_name(client: httpx.Client) -> None:
    event = client.post("/gradio_api/call/ask", json={"data": ["How long?", None, []]}).json()["event_id"]
    assert "complete" in client.get(f"/gradio_api/call/ask/{event}").text


def on_the_page(client: httpx.Client) -> None:
    """The three steps of the button "Ask": put the question on the page, answer it, keep the conversation."""
    told: list[dict] = []
    for number, data in zip(steps(str(client.base_url)), (["How long?", [], None], [None], [True, None]), strict=True):
        assert call(client, number, data).status_code == 200
        told += events(client, tab_of(client))
        assert told[-1]["msg"] == "close_stream"
    done = [e["output"]["data"] for e in told if e["msg"] == "process_completed" and e["success"]]
    assert len(done) == 3
    assert "lasted ninety minutes" in str(done[-1]), "what the browser is to keep has the answer"


@cache
def steps(url: str) -> tuple[int, ...]:
    """The numbers of the functions that the button "Ask" calls, one after the other."""
    config = person(url).get("/config").json()
    ask = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "un-ask")
    found = [next(d["id"] for d in config["dependencies"] if [ask, "click"] in d["targets"])]
    while following := [d["id"] for d in config["dependencies"] if d["trigger_after"] == found[-1]]:
        found += following
    return tuple(found)


def grown(ask, url: str, questions: int, first: int) -> float:
    """MB by which this process, which serves the page, has grown since the first questions."""
    import gc

    client, sizes = person(url), []
    for number in range(questions):
        ask(client)
        if number + 1 in (first, questions):
            gc.collect()
            sizes.append(psutil.Process().memory_info().rss)
    return (sizes[-1] - sizes[0]) / 1e6


def long_articles() -> Scripted:
    return Scripted({f"{n}.txt": "The call lasted ninety minutes. " + "It was useful. " * 100 for n in range(4)})


def test_questions_leave_nothing_behind():
    with served(long_articles()) as url:
        assert grown(by_name, url, 160, 60) <= 6  # it was 12


@pytest.mark.long
@pytest.mark.parametrize("ask", [by_name, on_the_page])
def test_a_thousand_questions_leave_nothing_behind(ask):
    with served(long_articles()) as url:
        assert grown(ask, url, 1_000, 100) <= 30


# ── histories ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("size", [120_000, 5_000_000])
def test_a_long_history_costs_nobody_anything(size):
    from rag.asking.history import leaned_on

    scripted = Scripted({"a.txt": "The call lasted ninety minutes. It was useful."})
    earlier = quoted("x " * (size // 2), ())
    with served(scripted) as url:
        client = person(url)
        begun = time.monotonic()
        data = ["And then?", None, [earlier.to_dict()] * 2]
        event = client.post("/gradio_api/call/ask", json={"data": data}).json()["event_id"]
        assert "complete" in client.get(f"/gradio_api/call/ask/{event}").text
        assert time.monotonic() - begun < 10
    assert leaned_on([earlier]) == ()
