"""Speak to a served page as its own browser does, and as others do."""

from __future__ import annotations

import json

import httpx


def person(url: str, *, page: bool = True) -> httpx.Client:
    """The browser of the person who started the server, after the start page; `page=False`: a program of theirs."""
    client = httpx.Client(base_url=url, timeout=30)
    assert client.get("/").status_code == 200
    if page:
        client.headers.update({"origin": url, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"})
    return client


def functions(client: httpx.Client) -> list[dict]:
    """The page's functions, as its configuration names them."""
    return client.get("/config").json()["dependencies"]


def events(client: httpx.Client, tab: str) -> list[dict]:
    """What the queue tells a tab until there is nothing more to tell."""
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": tab}) as told:
        return [json.loads(line.removeprefix("data: ")) for line in told.iter_lines() if line.startswith("data: ")]


def tab_of(client: httpx.Client) -> str:
    """A name for the tab of a browser that has one."""
    return "tab" + next(iter(client.cookies.values()))[:20]


def call(client: httpx.Client, number: int, data: list, tab: str = "", **more) -> httpx.Response:
    """Have one of the page's functions called, by its number."""
    tab = tab or tab_of(client)
    return client.post(
        "/gradio_api/queue/join", json={"data": data, "fn_index": number, "session_hash": tab, "trigger_id": 1, **more}
    )


def upload(client: httpx.Client, name: str = "a.txt", content: bytes = b"Up. Loaded.") -> httpx.Response:
    return client.post("/gradio_api/upload", files={"files": (name, content)})


def file_function(client: httpx.Client) -> int:
    """The number of the function that takes dropped files."""
    config = client.get("/config").json()
    files = {c["id"] for c in config["components"] if c["type"] == "file"}
    return next(d["id"] for d in config["dependencies"] if files & set(d["inputs"]))
