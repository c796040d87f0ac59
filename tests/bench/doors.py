"""What each door costs over Python, and whether all give the same: `python -m tests.bench.doors INDEX QUESTIONS.jsonl`.

The cost of a door is the time until its client has the answer, less the time that the answer itself says it took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
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


def standard_input(index: Path) -> mcp.StdioServerParameters:
    """`unsaid mcp` in a process of its own."""
    env = {**os.environ, "UNSAID_INDEX": str(index), "PYTHONPATH": str(ROOT)}
    return mcp.StdioServerParameters(command=sys.executable, args=["-m", "ui.cli", "mcp"], env=env, cwd=str(ROOT))


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
    index: Path, assistant: rag.Assistant, questions: list[str], client: httpx.Client, chat: openai.OpenAI
) -> None:
    """The same questions through every door."""

    def completed(question: str) -> dict:
        messages = [{"role": "user", "content": question}]
        return chat.chat.completions.create(model="unsaid", messages=messages).unsaid

    print("| door | same answers | median, ms | p95, ms |\n|---|---|---|---|")
    right, costs = measured(lambda q: json.loads(json.dumps(assistant.ask(q).to_dict())), questions)
    told("Python", costs, len(right), len(right))
    doors = {
        "REST": lambda q: client.post("/api/v1/ask", json={"question": q}).json(),
        "REST, as events": lambda q: events(client, q),
        "OpenAI's client": completed,
    }
    for name, ask in doors.items():
        answers, costs = measured(ask, questions)
        told(name, costs, sum(a == b for a, b in zip(answers, right, strict=True)), len(right))
    headers = {"authorization": client.headers["authorization"]}
    async with create_mcp_http_client(headers=headers) as http:
        web = streamable_http_client(f"{client.base_url}mcp", http_client=http)
        for name, server in (("MCP", standard_input(index)), ("MCP over HTTP", web)):
            answers, costs = await over_mcp(server, questions)
            told(name, costs, sum(a == b for a, b in zip(answers, right, strict=True)), len(right))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--only-load", action="store_true", help="leave the questions out")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines() if line]
    questions = [row["question"] for row in rows if not row.get("history")][:40]
    assistant = rag.Assistant(given.index)
    assistant.warm_up()
    address, key = served(assistant)
    client = httpx.Client(base_url=address, timeout=300, headers={"authorization": f"Bearer {key}"})
    chat = openai.OpenAI(base_url=f"{address}/v1", api_key=key, timeout=300)

    if not given.only_load:
        asyncio.run(compare(given.index, assistant, questions, client, chat))
    print(f"\n{HEAD}", flush=True)
    for asked in measured_load(assistant, address, key, given.requests):
        print(asked.line, flush=True)


if __name__ == "__main__":
    main()
