"""What each door costs over Python, and whether all give the same: `python -m tests.bench.doors [INDEX QUESTIONS.jsonl]`.

The cost of a door is the time until its client has the answer, less the time that the answer itself says it took.
Without an index one is made of `../shared/eval/desk`, or of the seeds where that isn't there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import mcp
import openai
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

import rag
from tests.bench.load import HEAD
from tests.bench.load import measured as measured_load
from ui.api.app import create_api
from ui.web.access import Access
from ui.web.principals import Principals
from ui.web.serving import server

ROOT = Path(__file__).parents[2]
DESK = ROOT.parent / "shared" / "eval" / "desk"
ASKED = 40  # questions
COMMAND = "ask - --lines"
PLAIN = ("What was not discussed?", "Were sanctions discussed?", "Who spoke?", "How long was the call?", "And why?")


def served(assistant: rag.Assistant) -> tuple[str, str]:
    """The doors on a free port: their address and key."""
    access = Access()
    running = server(create_api(assistant, principals=Principals(access)))
    running.config.port = 0
    threading.Thread(target=running.run, daemon=True).start()
    while not running.started:
        time.sleep(0.02)
    return f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}", access.key


def timeless(answer: dict) -> str:
    return json.dumps({**answer, "timings": None}, sort_keys=True)


def measured(ask: Callable[[str], dict], questions: list[str]) -> tuple[list[str], list[float]]:
    """The answers and each one's cost in milliseconds."""
    answers, costs = [], []
    for question in questions:
        begun = time.perf_counter()
        answer = ask(question)
        costs.append((time.perf_counter() - begun - answer["timings"]["total"]) * 1_000)
        answers.append(timeless(answer))
    return answers, costs


def events(client: httpx.Client, question: str) -> dict:
    with client.stream("POST", "/api/v1/ask", json={"question": question, "stream": True}) as reply:
        lines = list(reply.iter_lines())
    return json.loads(lines[lines.index("event: answered") + 1].removeprefix("data: "))


def told(name: str, costs: list[float], same: int, of: int) -> None:
    p95 = sorted(costs)[int(0.95 * (len(costs) - 1))]
    print(f"| {name} | {same} of {of} | {statistics.median(costs):.1f} | {p95:.1f} |", flush=True)


def environment(index: Path) -> dict[str, str]:
    return {**os.environ, "UNSAID_INDEX": str(index), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def standard_input(index: Path) -> mcp.StdioServerParameters:
    """`unsaid mcp` in a process of its own."""
    command = ["-m", "ui.cli", "mcp"]
    return mcp.StdioServerParameters(command=sys.executable, args=command, env=environment(index), cwd=str(ROOT))


@contextmanager
def command_line(index: Path) -> Iterator[Callable[[str], dict]]:
    """`unsaid ask - --lines` in a process of its own: a question a line, and its answer as the next line of the output."""
    command = [sys.executable, "-m", "ui.cli", "ask", "-", "--lines", "--format", "json"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, env=environment(index), cwd=ROOT, **pipes) as asked:

        def ask(question: str) -> dict:
            asked.stdin.write(f"{question}\n")
            asked.stdin.flush()
            return json.loads(asked.stdout.readline())

        yield ask


async def over_mcp(server: Any, questions: list[str]) -> tuple[list[str], list[float]]:
    answers, costs = [], []
    async with mcp.Client(server) as client:
        await client.call_tool("ask", {"question": questions[0]})  # loads the models
        for question in questions:
            begun = time.perf_counter()
            got = (await client.call_tool("ask", {"question": question})).structured_content
            costs.append((time.perf_counter() - begun - got["timings"]["total"]) * 1_000)
            answers.append(timeless(got))
    return answers, costs


async def compare(
    index: Path,
    assistant: rag.Assistant,
    questions: list[str],
    client: httpx.Client,
    chat: openai.OpenAI,
    only: list[str] | None,
) -> None:
    """The same questions through every door, or through those that are named."""

    def completed(question: str) -> dict:
        messages = [{"role": "user", "content": question}]
        return chat.chat.completions.create(model="unsaid", messages=messages).unsaid

    print("| door | same answers | median, ms | p95, ms |\n|---|---|---|---|")
    right, costs = measured(lambda q: json.loads(json.dumps(assistant.ask(q).to_dict())), questions)
    told("Python", costs, len(right), len(right))

    def row(name: str, answers: list[str], costs: list[float]) -> None:
        told(name, costs, sum(a == b for a, b in zip(answers, right, strict=True)), len(right))

    doors = {
        "REST": lambda q: client.post("/api/v1/ask", json={"question": q}).json(),
        "REST, events": lambda q: events(client, q),
        "OpenAI's client": completed,
    }
    for name in [name for name in doors if not only or name in only]:
        row(name, *measured(doors[name], questions))
    async with create_mcp_http_client(headers={"authorization": client.headers["authorization"]}) as http:
        web = streamable_http_client(f"{str(client.base_url).rstrip('/')}/mcp", http_client=http)
        servers = {"MCP, standard input": standard_input(index), "MCP, HTTP": web}
        for name in [name for name in servers if not only or name in only]:
            row(name, *await over_mcp(servers[name], questions))
    if not only or COMMAND in only:
        with command_line(index) as ask:
            ask(questions[0])  # loads the models
            row(COMMAND, *measured(ask, questions))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, nargs="?")
    parser.add_argument("questions", type=Path, nargs="?")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--door", action="append", help="only this one, beside Python; may be repeated")
    parser.add_argument("--only-load", action="store_true", help="leave the questions out")
    parser.add_argument("--only-questions", action="store_true", help="leave the load out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = given.index or made(Path(folder) / "index")
        measure(index, asked_of(given.questions or DESK.with_suffix(".jsonl")), given)


def made(index: Path) -> Path:
    """An index of documents that there are."""
    rag.build_index([DESK if DESK.is_dir() else ROOT / "seeds"], index)
    return index


def asked_of(path: Path) -> list[str]:
    """The first questions of a set that stand alone."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line] if path.is_file() else []
    return [row["question"] for row in rows if not row.get("history")][:ASKED] or list(PLAIN)


def measure(index: Path, questions: list[str], given: argparse.Namespace) -> None:
    """Ask and print."""
    assistant = rag.Assistant(index)
    assistant.warm_up()
    address, key = served(assistant)
    client = httpx.Client(base_url=address, timeout=300, headers={"authorization": f"Bearer {key}"})
    chat = openai.OpenAI(base_url=f"{address}/v1", api_key=key, timeout=300)
    print(f"load of the machine: {os.getloadavg()[0]:.1f}\n", flush=True)
    if not given.only_load:
        asyncio.run(compare(index, assistant, questions, client, chat, given.door))
        print(f"\nload of the machine: {os.getloadavg()[0]:.1f}", flush=True)
    if given.only_questions:
        return
    print(f"\n{HEAD}", flush=True)
    for way in measured_load(assistant, address, key, given.requests):
        print(way.line, flush=True)
    print(f"\nload of the machine: {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
